/// Looks into archives without unpacking them anywhere.
@NullMarked
package dev.gatewarden.controls.guards.upload.archive;

import org.jspecify.annotations.NullMarked;

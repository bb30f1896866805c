/// Tells what a file is from its bytes.
@NullMarked
package dev.gatewarden.controls.guards.upload.format;

import org.jspecify.annotations.NullMarked;

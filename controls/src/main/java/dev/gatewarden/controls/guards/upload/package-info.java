/// Guards that judge files by what they are.
@NullMarked
package dev.gatewarden.controls.guards.upload;

import org.jspecify.annotations.NullMarked;

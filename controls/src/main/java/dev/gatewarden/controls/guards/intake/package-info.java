/// Guards that judge before anything is known of the caller.
@NullMarked
package dev.gatewarden.controls.guards.intake;

import org.jspecify.annotations.NullMarked;

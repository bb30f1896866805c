/// Guards that judge how often somebody may call.
@NullMarked
package dev.gatewarden.controls.guards.limit;

import org.jspecify.annotations.NullMarked;

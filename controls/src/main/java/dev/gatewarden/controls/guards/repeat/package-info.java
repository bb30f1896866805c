/// Guards over requests that are sent again.
@NullMarked
package dev.gatewarden.controls.guards.repeat;

import org.jspecify.annotations.NullMarked;

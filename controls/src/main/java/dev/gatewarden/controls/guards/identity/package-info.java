/// Guards that prove who is calling.
@NullMarked
package dev.gatewarden.controls.guards.identity;

import org.jspecify.annotations.NullMarked;

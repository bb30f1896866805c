/// Guards that judge who may do what to which object and property.
@NullMarked
package dev.gatewarden.controls.guards.access;

import org.jspecify.annotations.NullMarked;

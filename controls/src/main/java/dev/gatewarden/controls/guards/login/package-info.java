/// Guards over the operations by which callers prove themselves to a service.
@NullMarked
package dev.gatewarden.controls.guards.login;

import org.jspecify.annotations.NullMarked;

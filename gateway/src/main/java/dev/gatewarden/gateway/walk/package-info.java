/// One request's walk through the rooms, as the transport drives it.
@NullMarked
package dev.gatewarden.gateway.walk;

import org.jspecify.annotations.NullMarked;

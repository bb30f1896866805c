/// Exactly what stands on the request path.
@NullMarked
package dev.gatewarden.gateway;

import org.jspecify.annotations.NullMarked;

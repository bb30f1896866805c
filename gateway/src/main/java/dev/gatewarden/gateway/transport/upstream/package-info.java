/// Sends what is cleared to a service and brings back its response.
@NullMarked
package dev.gatewarden.gateway.transport.upstream;

import org.jspecify.annotations.NullMarked;

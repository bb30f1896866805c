/// Room 1 and room 7: the Listener in front and the client behind, on Netty.
@NullMarked
package dev.gatewarden.gateway.transport;

import org.jspecify.annotations.NullMarked;

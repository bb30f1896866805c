/// Takes requests in over HTTP/1.1 and HTTP/2 and drives each one through its walk.
@NullMarked
package dev.gatewarden.gateway.transport.front;

import org.jspecify.annotations.NullMarked;

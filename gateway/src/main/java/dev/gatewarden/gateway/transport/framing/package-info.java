/// What makes the framing of a message sound: bytes that two readers could read differently are
/// refused (RFC 9112, RFC 9113).
@NullMarked
package dev.gatewarden.gateway.transport.framing;

import org.jspecify.annotations.NullMarked;

/// What one event loop owns, and the bytes on their way through it.
@NullMarked
package dev.gatewarden.gateway.transport.wire;

import org.jspecify.annotations.NullMarked;

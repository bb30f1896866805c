/// Requests that two readers could frame differently, services that lie, and what leaves in heads:
/// over sockets, byte by byte.
@NullMarked
package dev.gatewarden.acceptance.framing;

import org.jspecify.annotations.NullMarked;

package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.coding.ContentCoding;
import dev.gatewarden.core.coding.Decoded;
import dev.gatewarden.core.coding.Expansion;
import dev.gatewarden.core.decision.WouldWait;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.gateway.coding.Decoder;

/// Frees the body of a request of its content coding, within the bounds of its operation.
record Unpacking(Entrance.Listed here) {

  /// The plain body.
  ///
  /// @param most the most bytes it may have
  /// @throws WouldWait on an event loop where it takes long
  Decoded decode(ContentCoding coding, Bytes body, long most) {
    if (Decoder.isLong(coding, body.length()) && !Thread.currentThread().isVirtual()) {
      throw WouldWait.INSTANCE;
    }
    int ratio = here.service().codings(here.exchange().operation()).mostRatio();
    return Decoder.decode(coding, body, Expansion.of(most, ratio, body.length()));
  }
}

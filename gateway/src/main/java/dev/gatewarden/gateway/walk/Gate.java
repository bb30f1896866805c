package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Reply;
import dev.gatewarden.core.exchange.Peer;

/// The way in: what the transport asks for each request.
public interface Gate {

  /// Begins the walk of one request; never waits, consumes nothing.
  Walk begin(RequestHead head);

  /// Begins the walk of a request that came over a connection for another host: it is refused, and
  /// its caller may come again over one for its own.
  default Walk misdirected(RequestHead head) {
    return begin(head);
  }

  /// Records a request that never became one: refused by the Listener for its framing, size or
  /// time.
  ///
  /// @return what to answer before the connection closes
  Reply refuse(Reason reason, Peer peer);

  /// Whether bytes of callers are looked at before they are decoded; only tests that show what that
  /// is worth go without.
  default boolean framed() {
    return true;
  }
}

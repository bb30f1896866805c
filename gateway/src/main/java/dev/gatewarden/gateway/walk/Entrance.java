package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Reply;
import dev.gatewarden.core.exchange.Exchange;
import java.util.List;

/// What a request head turned out to be, behind rooms 2 and 3.
sealed interface Entrance {

  /// An operation answers for it.
  record Listed(Service service, Service.Place place, Exchange exchange) implements Entrance {}

  /// The gate's own operation answers: a preflight.
  record Own(Reason reason, Reply reply) implements Entrance {}

  /// It has no single reading, or no operation answers for it.
  record Refused(Reason reason, List<Reply.Line> headers) implements Entrance {}
}

package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Reply;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.exchange.Request;
import java.util.List;

/// What a request head turned out to be, behind rooms 2 and 3.
sealed interface Entrance {

  /// An operation answers for it.
  record Listed(Service service, Service.Place place, Exchange exchange) implements Entrance {}

  /// The gate answers at once: a preflight.
  record Own(Reason reason, Reply reply) implements Entrance {}

  /// An operation of the gate's own answers, once its body is read.
  record Owned(Service service, OwnRoute route, Request request) implements Entrance {}

  /// It has no single reading, or no operation answers for it.
  record Refused(Reason reason, List<Reply.Line> headers) implements Entrance {}
}

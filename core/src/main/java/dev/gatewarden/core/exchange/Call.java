package dev.gatewarden.core.exchange;

import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.Operation;
import java.util.List;

/// One Operation with its arguments and the objects it touches. An Exchange holds one or more: REST
/// one, GraphQL one per root field, a batch one
/// per item, a stream one per message.
///
/// @param operation the operation that is called; for REST the exchange's own
/// @param objects the objects the request names; empty before the Binder
/// @param body what one pass over the request body found; `Reading.NONE` before the Binder
/// @param seen the objects in the response, by binding; empty before RETURN
/// @param written what the request would write into objects; empty before the Binder
public record Call(
    Exchange exchange,
    Operation operation,
    List<ObjectUse> objects,
    Reading body,
    List<Seen> seen,
    List<Written> written) {

  /// A Call that writes nothing of note.
  public Call(
      Exchange exchange,
      Operation operation,
      List<ObjectUse> objects,
      Reading body,
      List<Seen> seen) {
    this(exchange, operation, objects, body, seen, List.of());
  }

  /// The objects that one binding finds in the response.
  public record Seen(ObjectBinding binding, List<ObjectFacts> each) {}

  /// The Call before anything but the head is known.
  public static Call carrier(Exchange exchange) {
    return new Call(exchange, exchange.operation(), List.of(), Reading.NONE, List.of());
  }

  /// The same Call of a later state of the Exchange.
  public Call in(Exchange exchange) {
    return new Call(exchange, operation, objects, body, seen, written);
  }

  /// The same Call with what the response shows of its objects.
  public Call seeing(Exchange answered, List<Seen> seen) {
    return new Call(answered, operation, objects, body, seen, written);
  }
}

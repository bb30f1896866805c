package dev.gatewarden.gateway.authzen;

import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.exchange.ExchangeId;
import dev.gatewarden.core.exchange.Headers;
import dev.gatewarden.core.exchange.ObjectFacts;
import dev.gatewarden.core.exchange.ObjectUse;
import dev.gatewarden.core.exchange.Peer;
import dev.gatewarden.core.exchange.Query;
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.core.exchange.Request;
import dev.gatewarden.core.exchange.Response;
import dev.gatewarden.core.exchange.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// What a question is about: an operation, and the object that it would touch.
///
/// @param binding the one by which the object is named; null where the operation names none
/// @param id the object's id in canonical form; empty without a binding
/// @param within the ids of parents by their type, in the same form
/// @param stated what the service says of the object, where it is believed; else null
/// @param fields the properties of the object that it is about besides
record Matter(
    AskedApi api,
    Operation operation,
    @Nullable ObjectBinding binding,
    String id,
    Map<String, String> within,
    @Nullable ObjectFacts stated,
    Fields fields) {
  private static final Headers NO_HEADERS =
      new Headers() {
        @Override
        public @Nullable String first(String name) {
          return null;
        }

        @Override
        public List<String> all(String name) {
          return List.of();
        }

        @Override
        public void each(BiConsumer<String, String> line) {}
      };

  /// The request that would ask for it, as far as guards look at one.
  Exchange exchange(ExchangeId name, Peer peer, Instant at) {
    Map<String, String> values = new HashMap<>();
    List<Query.Pair> pairs = new ArrayList<>();
    for (ObjectBinding each : operation.objects().list()) {
      each.within()
          .forEach(
              (type, place) -> {
                String parent = within.get(type);
                if (parent != null) {
                  put(place, parent, values, pairs);
                }
              });
    }
    if (binding != null && binding.id() != null) {
      put(binding.id(), id, values, pairs);
    }
    List<String> inPath = new ArrayList<>();
    for (String variable : operation.path().variables()) {
      inPath.add(values.getOrDefault(variable, ""));
    }
    Request request =
        new Request(
            operation.method(),
            peer.encrypted() ? "https" : "http",
            "",
            new Target(operation.path().text(), new Query("", pairs)),
            NO_HEADERS,
            peer,
            at);
    return new Exchange(name, request, operation, inPath);
  }

  private static void put(
      Selector place, String value, Map<String, String> values, List<Query.Pair> pairs) {
    if (place instanceof Selector.PathParameter(String name)) {
      values.put(name, value);
    } else if (place instanceof Selector.QueryParameter(String name)) {
      pairs.add(new Query.Pair(name, value));
    }
  }

  /// The call with its object.
  Call call(Exchange exchange) {
    List<ObjectUse> uses =
        binding == null ? List.of() : List.of(new ObjectUse(binding, id, within));
    return new Call(exchange, operation, uses, reads() ? Reading.NONE : fields, List.of());
  }

  private boolean reads() {
    return binding != null && binding.does().reads();
  }

  /// Whether what the service would answer is judged as well.
  boolean returns() {
    return stated != null || (reads() && !fields.marks().isEmpty());
  }

  /// The call as if the service had answered with what it says of the object.
  Call answered(Call call) {
    Exchange answered =
        call.exchange().answered(new Response(200, NO_HEADERS, reads() ? fields : Reading.NONE));
    return call.seeing(
        answered,
        binding == null || stated == null
            ? List.of()
            : List.of(new Call.Seen(binding, List.of(stated))));
  }
}

package dev.gatewarden.demo.shop;

import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.demo.http.Incoming;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Where orders are made, read, changed and cancelled.
final class OrdersDesk {

  private static final Answer ABSENT = Answer.problem(404, "no such order");
  private static final int PAGE = 20;
  private static final int MOST_NOTE = 500;
  private static final Pattern SKU = Pattern.compile("[A-Z0-9-]{3,20}");

  private final Shelves shelves;
  private final Set<Fault> faults;
  private final Clock clock;

  OrdersDesk(Shelves shelves, Set<Fault> faults, Clock clock) {
    this.shelves = shelves;
    this.faults = faults;
    this.clock = clock;
  }

  Answer answer(Incoming request, Caller caller) {
    return switch (request.method()) {
      case "GET", "HEAD" -> list(request, caller);
      case "POST" -> create(Json.read(request.body()), caller);
      default -> Answer.problem(405, "GET or POST");
    };
  }

  Answer answer(Incoming request, Caller caller, String name) {
    UUID id = uuid(name);
    Order order = id == null ? null : shelves.order(id);
    if (order == null) {
      return ABSENT;
    }
    return switch (request.method()) {
      case "GET", "HEAD" -> broken() || caller.mayRead(order) ? ok(order) : ABSENT;
      case "PATCH" ->
          broken() || caller.owns(order)
              ? change(order, Json.read(request.body()), caller)
              : ABSENT;
      case "DELETE" -> broken() || caller.owns(order) ? cancel(order) : ABSENT;
      default -> Answer.problem(405, "GET, PATCH or DELETE");
    };
  }

  /// Everything, for developers.
  Answer dump() {
    return page(shelves.orders());
  }

  private Answer list(Incoming request, Caller caller) {
    String status = value(request.target(), "status");
    String limit = value(request.target(), "limit");
    return page(
        shelves.orders().stream()
            .filter(order -> broken() || caller.owns(order))
            .filter(order -> status == null || order.status().equals(status))
            .limit(limit == null ? PAGE : Integer.parseInt(limit))
            .toList());
  }

  private Answer create(JsonNode json, Caller caller) {
    List<Order.Item> items = Json.items(json.path("items"));
    String note = json.path("note").asString("");
    if (!faults.contains(Fault.UNCHECKED) && !(sensible(items) && note.length() <= MOST_NOTE)) {
      return Answer.problem(400, "not an order");
    }
    UUID given = faults.contains(Fault.MASS_ASSIGNMENT) ? uuid(json.path("id").asString("")) : null;
    Order order =
        new Order(
            given == null ? UUID.randomUUID() : given,
            caller.subject(),
            caller.tenant(),
            "open",
            items,
            json.path("shipTo").asString(""),
            note,
            Shelves.price(items),
            0,
            clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    shelves.put(order);
    return Answer.json(201, Json.write(order).toString())
        .with("location", "/v1/orders/" + order.id());
  }

  private static boolean sensible(List<Order.Item> items) {
    return !items.isEmpty()
        && items.stream()
            .allMatch(
                item ->
                    item.quantity() >= 1
                        && item.quantity() <= 100
                        && SKU.matcher(item.sku()).matches());
  }

  private Answer change(Order order, JsonNode json, Caller caller) {
    boolean everything = faults.contains(Fault.MASS_ASSIGNMENT) || caller.administers();
    Order changed =
        shelves.change(
            order.id(),
            old -> {
              Order now = old;
              if (json.has("shipTo")) {
                now = now.withShipTo(json.path("shipTo").asString(""));
              }
              if (json.has("note")) {
                now = now.withNote(json.path("note").asString(""));
              }
              if (json.has("status") && everything) {
                now = now.withStatus(json.path("status").asString(""));
              }
              return now;
            });
    return changed == null ? ABSENT : ok(changed);
  }

  private Answer cancel(Order order) {
    return shelves.remove(order.id()) ? Answer.empty(204) : ABSENT;
  }

  private boolean broken() {
    return faults.contains(Fault.BOLA);
  }

  private static Answer ok(Order order) {
    return Answer.json(200, Json.write(order).toString());
  }

  private static Answer page(List<Order> orders) {
    ObjectNode json = Json.object();
    ArrayNode data = json.putArray("data");
    orders.forEach(order -> data.add(Json.write(order)));
    json.put("total", orders.size());
    return Answer.json(200, json.toString());
  }

  private static @Nullable UUID uuid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable String value(String target, String name) {
    int query = target.indexOf('?');
    if (query >= 0) {
      for (String pair : target.substring(query + 1).split("&", -1)) {
        if (pair.startsWith(name + "=")) {
          return pair.substring(name.length() + 1);
        }
      }
    }
    return null;
  }
}

package dev.gatewarden.acceptance.object;

import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.demo.http.Incoming;
import dev.gatewarden.demo.http.Loopback;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A service that numbers its orders from one, asks nobody who they are, and remembers what reached
/// it.
final class Warehouse implements Loopback.Service {
  private final Map<Integer, String> orders = new TreeMap<>();
  private final List<Incoming> seen = new CopyOnWriteArrayList<>();
  private volatile Function<Incoming, @Nullable Answer> special = _ -> null;

  Warehouse() {
    orders.put(1, order(1, "alice", "north", 10));
    orders.put(2, order(2, "bob", "north", 20));
    orders.put(3, order(3, "alice", "north", 10));
    orders.put(4, order(4, "carol", "south", 30));
  }

  static String order(int id, String owner, String org, int account) {
    return """
    {"id": %d, "customerId": "%s", "org": "%s", "accountId": %d, "shipTo": "ADR-%d", \
    "lines": [{"ticket": %d, "from": "ADR-9"}], "note": "%d"}\
    """
        .formatted(id, owner, org, account, id, 100 + id, id);
  }

  /// What is answered instead, until the next call; null where it answers as usual.
  void answering(Function<Incoming, @Nullable Answer> other) {
    special = other;
  }

  int reached() {
    return seen.size();
  }

  Incoming last() {
    return seen.getLast();
  }

  /// The last request that was no look-up of the gate's own.
  Incoming last(String method) {
    for (int i = seen.size() - 1; i >= 0; i--) {
      if (seen.get(i).method().equals(method)) {
        return seen.get(i);
      }
    }
    throw new IllegalStateException("no " + method);
  }

  @Override
  public Answer answer(Incoming request) {
    seen.add(request);
    Answer instead = special.apply(request);
    return instead == null ? usual(request) : instead;
  }

  private Answer usual(Incoming request) {
    String[] path = request.path().substring(1).split("/");
    String last = path[path.length - 1];
    if (request.method().equals("DELETE")) {
      return Answer.empty(204);
    }
    if (path[0].equals("addresses")) {
      return Answer.json(
          200, "{\"id\": \"" + last + "\", \"customerId\": \"alice\", \"org\": \"north\"}");
    }
    if (path[0].equals("tickets")) {
      return Answer.json(
          200, "{\"id\": " + last + ", \"customerId\": \"alice\", \"org\": \"north\"}");
    }
    if (path[0].equals("accounts") && path.length == 2) {
      String owner = last.equals("10") ? "alice" : last.equals("20") ? "bob" : "carol";
      String org = last.equals("30") ? "south" : "north";
      return Answer.json(
          200,
          "{\"id\": " + last + ", \"customerId\": \"" + owner + "\", \"org\": \"" + org + "\"}");
    }
    if (last.matches("[0-9]+")) {
      String order = orders.get(Integer.parseInt(last));
      return order == null
          ? Answer.problem(404, "no order " + last)
          : Answer.json(200, order)
              .with("etag", "\"v" + last + "\"")
              .with(
                  "link",
                  "</orders/%s/label>; rel=\"label\", </orders?after=%s>; rel=next"
                      .formatted(last, last));
    }
    return switch (request.method() + " " + last) {
      case "GET orders" -> Answer.json(200, "{\"data\": [" + all() + "]}");
      case "GET numbers" -> Answer.json(200, "{\"data\": [1, 3]}");
      case "POST orders" ->
          Answer.json(201, order(5, "alice", "north", 10))
              .with("location", "/orders/5")
              .with("content-location", "/orders/5");
      case "GET find" -> Answer.json(200, orders.getOrDefault(found(request), "{}"));
      default -> Answer.empty(204);
    };
  }

  private static int found(Incoming request) {
    String cookie = request.header("cookie");
    String text = request.header("x-order");
    if (cookie != null) {
      text = cookie.substring(cookie.indexOf("order=") + 6);
    }
    if (request.target().contains("?of=")) {
      text = request.target().substring(request.target().indexOf("?of=") + 4);
    }
    return text != null && text.matches("[0-9]+") ? Integer.parseInt(text) : 0;
  }

  private String all() {
    return String.join(", ", new ArrayList<>(orders.values()));
  }
}

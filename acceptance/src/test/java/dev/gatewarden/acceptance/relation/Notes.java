package dev.gatewarden.acceptance.relation;

import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.demo.http.Incoming;
import dev.gatewarden.demo.http.Loopback;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// A service that keeps notes and never asks whose they are, nor says it.
final class Notes implements AutoCloseable {
  final Map<String, String> kept = new ConcurrentHashMap<>();
  final List<Incoming> seen = new CopyOnWriteArrayList<>();
  private final AtomicInteger next = new AtomicInteger(1);
  private final Loopback server;

  Notes() throws IOException {
    server = Loopback.start(0, this::answer);
  }

  URI uri() {
    return server.uri();
  }

  private Answer answer(Incoming request) {
    seen.add(request);
    String path = request.path();
    String id = path.substring(path.lastIndexOf('/') + 1);
    String body = new String(request.body(), StandardCharsets.UTF_8);
    return switch (request.method()) {
      case "POST" -> {
        String made = "n" + next.getAndIncrement();
        kept.put(made, body);
        yield Answer.json(201, "{\"id\":\"" + made + "\"}");
      }
      case "PATCH" -> {
        kept.put(id, body);
        yield Answer.empty(204);
      }
      case "DELETE" -> {
        kept.remove(id);
        yield Answer.empty(204);
      }
      case "GET" -> path.equals("/notes") ? list() : note(id);
      default -> note(id);
    };
  }

  /// Everybody's notes: it never asks whose they are.
  private Answer list() {
    List<String> each = new ArrayList<>();
    new TreeMap<>(kept)
        .forEach((id, _) -> each.add("{\"id\":\"" + id + "\",\"text\":\"secret " + id + "\"}"));
    return Answer.json(
        200, "{\"total\":" + each.size() + ",\"data\":[" + String.join(",", each) + "]}");
  }

  private static Answer note(String id) {
    return Answer.json(200, "{\"id\":\"" + id + "\",\"text\":\"a secret of " + id + "\"}");
  }

  @Override
  public void close() {
    server.close();
  }
}

package dev.gatewarden.acceptance.policy;

import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.demo.http.Incoming;
import dev.gatewarden.demo.http.Loopback;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// A service that keeps orders of the tenant `t1` and documents in folders, and asks nobody who
/// they
/// are. Order `o-NAME` is that person's.
final class Office implements AutoCloseable {
  final List<String> done = new CopyOnWriteArrayList<>();
  private final AtomicInteger next = new AtomicInteger(1);
  private final Loopback server;

  Office() throws IOException {
    server = Loopback.start(0, this::answer);
  }

  URI uri() {
    return server.uri();
  }

  private Answer answer(Incoming request) {
    String path = request.path();
    String id = path.substring(path.lastIndexOf('/') + 1);
    if (!request.method().equals("GET")) {
      done.add(request.method() + " " + path);
    }
    if (path.endsWith("/orders")) {
      return Answer.json(
          200,
          "{\"data\":[" + order("o-alice") + "," + order("o-bob") + "," + order("o-carol") + "]}");
    }
    if (path.startsWith("/orders/")) {
      return request.method().equals("GET") ? Answer.json(200, order(id)) : Answer.empty(204);
    }
    if (path.equals("/folders")) {
      return Answer.json(201, "{\"id\":\"f" + next.getAndIncrement() + "\"}");
    }
    if (path.equals("/documents")) {
      String folder = request.text().replaceAll(".*\"folderId\":\"([^\"]*)\".*", "$1");
      return Answer.json(
          201, "{\"id\":\"d" + next.getAndIncrement() + "\",\"folderId\":\"" + folder + "\"}");
    }
    return Answer.json(200, "{\"id\":\"" + id + "\"}");
  }

  private static String order(String id) {
    return "{\"id\":\""
        + id
        + "\",\"customerId\":\""
        + id.replace("o-", "")
        + "\",\"tenantId\":\"t1\"}";
  }

  @Override
  public void close() {
    server.close();
  }
}

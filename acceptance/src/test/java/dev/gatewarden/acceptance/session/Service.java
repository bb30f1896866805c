package dev.gatewarden.acceptance.session;

import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.demo.http.Incoming;
import dev.gatewarden.demo.http.Loopback;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A service that remembers what reached it, and tries to set the gate's own cookie.
final class Service implements AutoCloseable {
  private final List<Incoming> seen = new CopyOnWriteArrayList<>();
  private final Loopback server;

  private Service() throws IOException {
    this.server =
        Loopback.start(
            0,
            request -> {
              seen.add(request);
              return Answer.json(200, "{\"ok\":true}")
                  .with("set-cookie", "__Host-web=planted; Path=/; Secure");
            });
  }

  static Service start() throws IOException {
    return new Service();
  }

  URI uri() {
    return server.uri();
  }

  List<Incoming> seen() {
    return seen;
  }

  Incoming last() {
    return seen.getLast();
  }

  @Override
  public void close() {
    server.close();
  }
}

package dev.gatewarden.acceptance;

import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.demo.http.Incoming;
import dev.gatewarden.demo.http.Loopback;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A service that remembers what reached it, and answers as it is told.
public final class Echo implements AutoCloseable {

  private final List<Incoming> seen = new CopyOnWriteArrayList<>();
  private final Loopback server;

  private Echo(Loopback.Service service) throws IOException {
    this.server =
        Loopback.start(
            0,
            request -> {
              seen.add(request);
              return service.answer(request);
            });
  }

  /// Answers with an empty page of orders.
  public static Echo start() throws IOException {
    return answering(_ -> Answer.json(200, "{\"data\":[]}"));
  }

  public static Echo answering(Loopback.Service service) throws IOException {
    return new Echo(service);
  }

  public URI uri() {
    return server.uri();
  }

  public List<Incoming> seen() {
    return seen;
  }

  public Incoming last() {
    return seen.getLast();
  }

  @Override
  public void close() {
    server.close();
  }
}

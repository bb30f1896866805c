package dev.gatewarden.demo.broken;

import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.demo.http.Incoming;
import dev.gatewarden.demo.http.Loopback;
import java.io.IOException;
import java.net.URI;

/// A broken API that runs on loopback, with a port of its own to put it back.
public final class BrokenServer implements AutoCloseable {

  private final BrokenApi<?> api;
  private final Loopback server;
  private final Loopback control;

  private BrokenServer(BrokenApi<?> api, Loopback server, Loopback control) {
    this.api = api;
    this.server = server;
    this.control = control;
  }

  /// @param port 0 takes any free one; the control port is any
  /// @throws IOException when the port is taken
  public static BrokenServer start(int port, BrokenApi<?> api) throws IOException {
    api.reset();
    Loopback server = Loopback.start(port, api::answer);
    try {
      if (api instanceof Issuing issuing) {
        issuing.reachedAt(server.uri());
      }
      return new BrokenServer(api, server, Loopback.start(0, request -> control(api, request)));
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  public URI uri() {
    return server.uri();
  }

  /// Where `POST /_reset` puts everything back, and, where the API signs tokens, `POST /_token`
  /// signs the claims that are sent.
  public URI control() {
    return control.uri();
  }

  public BrokenApi<?> api() {
    return api;
  }

  @Override
  public void close() {
    server.close();
    control.close();
  }

  private static Answer control(BrokenApi<?> api, Incoming request) {
    return switch (request.method() + " " + request.path()) {
      case "POST /_reset" -> {
        api.reset();
        yield Answer.empty(204);
      }
      case "POST /_token" ->
          api instanceof Issuing issuing
              ? Answer.of(200, "text/plain", issuing.signed(Ask.of(request).object()))
              : Answer.empty(404);
      default -> Answer.empty(404);
    };
  }
}

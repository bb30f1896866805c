package dev.gatewarden.gateway.decisionpoint.remote;

import com.sun.net.httpserver.HttpServer;
import dev.gatewarden.gateway.identity.JsonWriter;
import dev.gatewarden.gateway.identity.StrictJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

/// A decision point that speaks as the documentation of the real one says, with answers of the
/// test's own.
final class Twin implements AutoCloseable {
  private final HttpServer server;
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  volatile Function<Asked, Told> answers;

  /// What it was asked.
  record Asked(String path, String authorization, Map<String, Object> body) {
    @SuppressWarnings("unchecked")
    Map<String, Object> at(String... names) {
      Map<String, Object> here = body;
      for (String name : names) {
        here = (Map<String, Object>) here.getOrDefault(name, Map.of());
      }
      return here;
    }
  }

  /// What it answers.
  record Told(int status, String body) {
    static Told json(Map<String, ?> object) {
      return new Told(200, JsonWriter.write(object));
    }
  }

  Twin(Function<Asked, Told> answers) throws IOException {
    this.answers = answers;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          Map<String, Object> body = StrictJson.object(exchange.getRequestBody().readAllBytes());
          Asked question =
              new Asked(
                  exchange.getRequestURI().getPath(),
                  String.valueOf(exchange.getRequestHeaders().getFirst("authorization")),
                  body == null ? Map.of() : body);
          asked.add(question);
          Told told = this.answers.apply(question);
          byte[] bytes = told.body().getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("content-type", "application/json");
          exchange.getResponseHeaders().add("location", "http://127.0.0.1:1/elsewhere");
          exchange.sendResponseHeaders(told.status(), bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  List<Asked> asked() {
    return asked;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

package dev.gatewarden.acceptance.probing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/// Stands before a service and writes down what passes, as an archive (HAR 1.2).
final class HarProxy implements AutoCloseable {
  private static final Set<String> OWN =
      Set.of("host", "connection", "content-length", "upgrade", "http2-settings", "expect");

  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI behind;
  private final List<Object> entries = new ArrayList<>();

  private HarProxy(HttpServer server, URI behind) {
    this.server = server;
    this.behind = behind;
  }

  static HarProxy before(URI service) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    HarProxy proxy = new HarProxy(server, service);
    server.createContext("/", proxy::pass);
    server.start();
    return proxy;
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] sent = exchange.getRequestBody().readAllBytes();
      URI to = URI.create(behind + exchange.getRequestURI().toString());
      HttpRequest.Builder request =
          HttpRequest.newBuilder(to)
              .method(
                  exchange.getRequestMethod(),
                  sent.length == 0
                      ? HttpRequest.BodyPublishers.noBody()
                      : HttpRequest.BodyPublishers.ofByteArray(sent));
      List<Object> headers = new ArrayList<>();
      exchange
          .getRequestHeaders()
          .forEach(
              (name, values) ->
                  values.forEach(
                      value -> {
                        if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                          request.header(name, value);
                          headers.add(Map.of("name", name, "value", value));
                        }
                      }));
      HttpResponse<byte[]> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      write(exchange, to, headers, sent, response);
      response
          .headers()
          .map()
          .forEach(
              (name, values) -> {
                if (!OWN.contains(name) && !name.equals("transfer-encoding")) {
                  values.forEach(value -> exchange.getResponseHeaders().add(name, value));
                }
              });
      int length = response.body().length;
      exchange.sendResponseHeaders(response.statusCode(), length == 0 ? -1 : length);
      if (length > 0) {
        exchange.getResponseBody().write(response.body());
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void write(
      HttpExchange exchange,
      URI to,
      List<Object> headers,
      byte[] sent,
      HttpResponse<byte[]> response) {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("method", exchange.getRequestMethod());
    request.put("url", to.toString());
    request.put("headers", headers);
    if (sent.length > 0) {
      String type = exchange.getRequestHeaders().getFirst("Content-Type");
      request.put(
          "postData",
          Map.of(
              "mimeType",
              type == null ? "" : type,
              "text",
              new String(sent, StandardCharsets.UTF_8)));
    }
    entries.add(
        Map.of(
            "request",
            request,
            "response",
            Map.of(
                "status",
                response.statusCode(),
                "content",
                Map.of(
                    "mimeType",
                    response.headers().firstValue("content-type").orElse(""),
                    "text",
                    new String(response.body(), StandardCharsets.UTF_8)))));
  }

  /// What passed so far.
  synchronized String text() {
    return JsonMapper.shared()
        .writeValueAsString(Map.of("log", Map.of("version", "1.2", "entries", entries)));
  }

  @Override
  public void close() {
    server.stop(0);
    client.close();
  }
}

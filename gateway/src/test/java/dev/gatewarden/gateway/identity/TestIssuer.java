package dev.gatewarden.gateway.identity;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// An issuer on loopback that publishes its keys and counts who asks for them.
final class TestIssuer implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, Page> pages = new ConcurrentHashMap<>();
  private final AtomicInteger fetches = new AtomicInteger();
  private final Semaphore fetched = new Semaphore(0);

  record Page(int status, String body, Map<String, String> headers) {}

  TestIssuer(TestKey... keys) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
    publish(keys);
  }

  void publish(TestKey... keys) {
    page("/jwks", 200, jwks(keys));
  }

  void down() {
    page("/jwks", 503, "");
  }

  void page(String path, int status, String body) {
    pages.put(path, new Page(status, body, Map.of()));
  }

  void redirect(String path, String to) {
    pages.put(path, new Page(302, "", Map.of("location", to)));
  }

  static String jwks(TestKey... keys) {
    return JsonWriter.write(Map.of("keys", Arrays.stream(keys).map(TestKey::jwk).toList()));
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  URI jwksUri() {
    return URI.create(url() + "/jwks");
  }

  int fetches() {
    return fetches.get();
  }

  /// Waits until the key set was asked for so many times more.
  void awaitFetches(int count) throws InterruptedException {
    if (!fetched.tryAcquire(count, 10, TimeUnit.SECONDS)) {
      throw new AssertionError("the keys were not fetched");
    }
  }

  /// Claims of a good token, issued at a second and good for five minutes.
  Map<String, Object> claims(long issuedAt) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", url());
    claims.put("aud", List.of("https://api.example"));
    claims.put("sub", "alice");
    claims.put("client_id", "app");
    claims.put("scope", "orders:read orders:write");
    claims.put("jti", "t1");
    claims.put("iat", issuedAt);
    claims.put("exp", issuedAt + 300);
    return claims;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      Page page = pages.getOrDefault(path, new Page(404, "", Map.of()));
      byte[] body = page.body().getBytes(StandardCharsets.UTF_8);
      page.headers().forEach(exchange.getResponseHeaders()::set);
      if (path.equals("/jwks")) {
        fetches.incrementAndGet();
      }
      exchange.sendResponseHeaders(page.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
      if (path.equals("/jwks")) {
        fetched.release();
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

package dev.gatewarden.acceptance.soak;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A service of notes that breaks when it is told to. Where it breaks it has done nothing.
final class Flaky implements AutoCloseable {

  /// How it is with the service.
  enum Mood {
    WELL,
    /// It answers 503.
    BUSY,
    /// It closes the connection without a word.
    RUDE,
    /// It does not answer until its mood changes.
    ASLEEP
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Integer> paid = new ConcurrentHashMap<>();
  private volatile Mood mood = Mood.WELL;
  private volatile CountDownLatch awake = new CountDownLatch(0);

  Flaky() throws IOException {
    server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 256);
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  void feel(Mood next) {
    CountDownLatch before = awake;
    awake = new CountDownLatch(next == Mood.ASLEEP ? 1 : 0);
    mood = next;
    before.countDown();
  }

  /// How often it was paid with each key.
  Map<String, Integer> paid() {
    return paid;
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      switch (mood) {
        case WELL -> answer(exchange);
        case BUSY -> write(exchange, 503, "{}");
        case RUDE -> {}
        case ASLEEP -> {
          awake.await();
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (path.startsWith("/notes/")) {
      String id = path.substring("/notes/".length());
      String owner = id.substring(0, id.indexOf('-'));
      write(exchange, 200, "{\"id\":\"" + id + "\",\"owner\":\"" + owner + "\"}");
    } else if (path.equals("/payments")) {
      String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
      int times = paid.merge(String.valueOf(key), 1, Integer::sum);
      write(exchange, 201, "{\"key\":\"" + key + "\",\"times\":" + times + "}");
    } else {
      write(exchange, 200, "[]");
    }
  }

  private static void write(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    feel(Mood.WELL);
    server.stop(0);
    threads.shutdownNow();
  }
}

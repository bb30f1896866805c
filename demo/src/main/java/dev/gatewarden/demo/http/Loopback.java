package dev.gatewarden.demo.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A small HTTP/1.1 server on loopback, a virtual thread for each request.
public final class Loopback implements AutoCloseable {

  static {
    // Without it every answer waits for the other side's delayed acknowledgement.
    if (System.getProperty("sun.net.httpserver.nodelay") == null) {
      System.setProperty("sun.net.httpserver.nodelay", "true");
    }
  }

  private static final int MOST_BODY = 4 << 20;

  /// What answers.
  @FunctionalInterface
  public interface Service {
    Answer answer(Incoming request) throws IOException, InterruptedException;
  }

  private final HttpServer server;
  private final ExecutorService threads;

  private Loopback(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /// Starts a server on 127.0.0.1.
  ///
  /// @param port 0 takes any free one
  /// @throws IOException when the port is taken
  public static Loopback start(int port, Service service) throws IOException {
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 256);
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    server.setExecutor(threads);
    server.createContext("/", exchange -> serve(exchange, service));
    server.start();
    return new Loopback(server, threads);
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /// `http://127.0.0.1:9000`.
  public URI uri() {
    return URI.create("http://127.0.0.1:" + port());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static void serve(HttpExchange exchange, Service service) throws IOException {
    try (exchange) {
      Incoming request = read(exchange);
      Answer answer;
      try {
        answer =
            request.body().length > MOST_BODY
                ? Answer.problem(413, "too large")
                : service.answer(request);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        answer = Answer.problem(503, "stopping");
      } catch (IOException | RuntimeException e) {
        answer = Answer.problem(500, "the server failed").with("x-failure", e.getClass().getName());
      }
      write(exchange, answer);
    }
  }

  private static Incoming read(HttpExchange exchange) throws IOException {
    Map<String, List<String>> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
    return new Incoming(
        exchange.getRequestMethod(),
        exchange.getRequestURI().toString(),
        exchange.getRequestURI().getRawPath(),
        headers,
        exchange.getRequestBody().readNBytes(MOST_BODY + 1));
  }

  private static void write(HttpExchange exchange, Answer answer) throws IOException {
    answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    boolean bodiless = answer.body().length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(answer.status(), bodiless ? -1 : answer.body().length);
    if (!bodiless) {
      exchange.getResponseBody().write(answer.body());
    }
  }
}

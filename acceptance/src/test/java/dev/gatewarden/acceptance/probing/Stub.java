package dev.gatewarden.acceptance.probing;

import com.sun.net.httpserver.HttpServer;
import dev.gatewarden.acceptance.Cli;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

/// An API of a test's own on loopback, that writes down what it was asked.
final class Stub implements AutoCloseable {

  /// A request.
  ///
  /// @param headers the first of each name, in lower case
  record Asked(String method, String path, String query, Map<String, String> headers, String body) {
    String line() {
      return method + " " + path;
    }

    String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  /// An answer.
  record Said(int status, Map<String, String> headers, String body) {
    static Said of(int status) {
      return new Said(status, Map.of(), "");
    }

    static Said json(int status, String body) {
      return new Said(status, Map.of("Content-Type", "application/json"), body);
    }
  }

  private final HttpServer server;
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  private Stub(HttpServer server) {
    this.server = server;
  }

  static Stub of(Function<Asked, Said> answers) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    Stub stub = new Stub(server);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          Map<String, String> headers = new LinkedHashMap<>();
          exchange
              .getRequestHeaders()
              .forEach(
                  (name, values) ->
                      headers.put(name.toLowerCase(java.util.Locale.ROOT), values.getFirst()));
          URI uri = exchange.getRequestURI();
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          Asked ask =
              new Asked(
                  exchange.getRequestMethod(),
                  uri.getPath(),
                  uri.getQuery() == null ? "" : uri.getQuery(),
                  headers,
                  body);
          stub.asked.add(ask);
          Said said = answers.apply(ask);
          byte[] text = said.body().getBytes(StandardCharsets.UTF_8);
          said.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
          exchange.sendResponseHeaders(said.status(), text.length == 0 ? -1 : text.length);
          if (text.length > 0) {
            exchange.getResponseBody().write(text);
          }
          exchange.close();
        });
    server.start();
    return stub;
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  String authority() {
    return uri().getAuthority();
  }

  List<Asked> asked() {
    return List.copyOf(asked);
  }

  List<String> lines() {
    return asked.stream().map(Asked::line).toList();
  }

  /// `gatewarden probe` against it, with a contract and identities in a folder.
  Cli probe(Path folder, String contract, String identities, String... more) throws IOException {
    Files.writeString(folder.resolve("contract.yaml"), contract);
    Files.writeString(folder.resolve("identities.yaml"), identities);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "probe",
                "--contract",
                "contract.yaml",
                "--identities",
                "identities.yaml",
                "--target",
                uri().toString(),
                "--rate",
                "10000"));
    arguments.addAll(Arrays.asList(more));
    return Cli.run(folder, arguments.toArray(new String[0]));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

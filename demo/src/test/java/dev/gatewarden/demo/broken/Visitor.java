package dev.gatewarden.demo.broken;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Somebody who calls a broken API by plain HTTP, under a name and with credentials or without.
final class Visitor {

  /// What came back.
  record Seen(int status, HttpResponse<String> response) {
    String text() {
      return response.body();
    }

    JsonNode json() {
      return new JsonMapper().readTree(text());
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    boolean says(String words) {
      return text().contains(words);
    }

    /// The status, and a word where the body holds what it should not.
    String leaking(String words) {
      return status + (says(words) ? " leaks" : "");
    }
  }

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final BrokenServer server;
  private final Consumer<HttpResponse<String>> watching;
  private final Map<String, String> headers;

  /// @param watching sees every answer
  Visitor(BrokenServer server, Consumer<HttpResponse<String>> watching) {
    this(server, watching, Map.of());
  }

  private Visitor(
      BrokenServer server, Consumer<HttpResponse<String>> watching, Map<String, String> headers) {
    this.server = server;
    this.watching = watching;
    this.headers = new LinkedHashMap<>(headers);
  }

  URI uri() {
    return server.uri();
  }

  Visitor with(String name, String value) {
    Visitor other = new Visitor(server, watching, headers);
    other.headers.put(name, value);
    return other;
  }

  Visitor bearer(String token) {
    return with("Authorization", "Bearer " + token);
  }

  Seen get(String path) {
    return send("GET", path, null);
  }

  Seen post(String path, @Nullable String body) {
    return send("POST", path, body);
  }

  Seen send(String method, String path, @Nullable String body) {
    return of(CLIENT.sendAsync(request(method, path, body), BodyHandlers.ofString()));
  }

  /// Sends the same twice at once.
  List<Seen> both(String method, String path) {
    List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      sent.add(CLIENT.sendAsync(request(method, path, null), BodyHandlers.ofString()));
    }
    return sent.stream().map(this::of).toList();
  }

  /// Has the API sign claims for a test.
  String signed(String wishes) {
    HttpRequest request =
        HttpRequest.newBuilder(server.control().resolve("/_token"))
            .POST(BodyPublishers.ofString(wishes))
            .build();
    try {
      return CLIENT.send(request, BodyHandlers.ofString()).body();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpRequest request(String method, String path, @Nullable String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.uri() + path))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (body != null && !headers.containsKey("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    headers.forEach(request::header);
    return request.build();
  }

  private Seen of(CompletableFuture<HttpResponse<String>> sent) {
    HttpResponse<String> response = sent.join();
    watching.accept(response);
    return new Seen(response.statusCode(), response);
  }
}

package dev.gatewarden.acceptance.probing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// A client that writes down what it asks and what it is answered, as a browser's tools do.
final class HarRecorder {
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI base;
  private final Map<String, String> headers;
  private final List<Object> entries = new ArrayList<>();

  /// @param headers of every request
  HarRecorder(URI base, Map<String, String> headers) {
    this.base = base;
    this.headers = headers;
  }

  /// Asks, and gives back what was answered.
  ///
  /// @param json the body, or the empty text for none
  String ask(String method, String path, String json) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path));
    headers.forEach(request::header);
    if (!json.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    HttpResponse<String> response =
        client.send(
            request
                .method(
                    method,
                    json.isEmpty()
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(json))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    String type = response.headers().firstValue("content-type").orElse("");
    add(method, base.resolve(path).toString(), json, response.statusCode(), type, response.body());
    return response.body();
  }

  /// Writes down a request that somebody else answered.
  void add(String method, String url, String json, int status, String type, String body) {
    List<Object> sent = new ArrayList<>();
    headers.forEach((name, value) -> sent.add(Map.of("name", name, "value", value)));
    sent.add(Map.of("name", "User-Agent", "value", "Mozilla/5.0"));
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("method", method);
    request.put("url", url);
    request.put("httpVersion", "HTTP/1.1");
    request.put("headers", sent);
    if (!json.isEmpty()) {
      request.put("postData", Map.of("mimeType", "application/json", "text", json));
    }
    entries.add(
        Map.of(
            "startedDateTime",
            "2026-11-22T12:00:00.000Z",
            "request",
            request,
            "response",
            Map.of("status", status, "content", Map.of("mimeType", type, "text", body))));
  }

  /// The archive.
  String text() {
    return JsonMapper.shared()
        .writeValueAsString(
            Map.of(
                "log",
                Map.of(
                    "version",
                    "1.2",
                    "creator",
                    Map.of("name", "test", "version", "1"),
                    "entries",
                    entries)));
  }
}

package dev.gatewarden.demo.attack;

import java.net.http.HttpResponse;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// One answer as a client saw it.
public record Seen(int status, HttpResponse<String> response) {

  private static final JsonMapper JSON = new JsonMapper();

  static Seen of(HttpResponse<String> response) {
    return new Seen(response.statusCode(), response);
  }

  public String text() {
    return response.body();
  }

  /// The body; missing where it is no JSON.
  public JsonNode json() {
    try {
      return text().isEmpty() ? MissingNode.getInstance() : JSON.readTree(text());
    } catch (JacksonException e) {
      return MissingNode.getInstance();
    }
  }

  /// A header's first value, or the empty text.
  public String header(String name) {
    return response.headers().firstValue(name).orElse("");
  }

  public boolean ok() {
    return status >= 200 && status < 300;
  }
}

package dev.gatewarden.platform.inputs;

import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Arr;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.platform.discovery.Har;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a Postman request carries.
///
/// @param unknown variables of it that have no value
/// @param why the request cannot be read at all, or null
record PostmanBody(@Nullable Body body, Set<String> unknown, @Nullable String why) {
  private static final PostmanBody NONE = new PostmanBody(null, Set.of(), null);

  /// @param type what its `Content-Type` says, or the empty text
  static PostmanBody of(@Nullable Node node, Variables variables, String type) {
    if (!(node instanceof Obj body) || Variables.off(body)) {
      return NONE;
    }
    String mode = Json.scalar(body.get("mode"));
    return switch (mode == null ? "" : mode) {
      case "raw" -> raw(body, variables, type);
      case "urlencoded" ->
          form("application/x-www-form-urlencoded", body.get("urlencoded"), variables);
      case "formdata" -> form("multipart/form-data", body.get("formdata"), variables);
      case "file" ->
          new PostmanBody(
              new Body.Other(type.isEmpty() ? "application/octet-stream" : type), Set.of(), null);
      case "graphql" ->
          new PostmanBody(null, Set.of(), "it is GraphQL, which is not read out of collections");
      default -> NONE;
    };
  }

  private static PostmanBody raw(Obj body, Variables variables, String type) {
    String text = Json.scalar(body.get("raw"));
    if (text == null || text.isBlank()) {
      return NONE;
    }
    Variables.Filled filled = variables.fill(text, body.place());
    String json = filled.unknown().isEmpty() ? filled.text() : quoted(filled.text());
    Node value = read(body, json);
    if (value == null) {
      value = read(body, uncommented(json));
    }
    if (value == null) {
      return new PostmanBody(
          new Body.Other(type.isEmpty() ? "text/plain" : type), filled.unknown(), null);
    }
    return new PostmanBody(
        new Body.Value(type.isEmpty() ? "application/json" : type, value), filled.unknown(), null);
  }

  private static @Nullable Node read(Obj body, String json) {
    return Har.json(body.place().origin(), json.getBytes(StandardCharsets.UTF_8));
  }

  /// Without the comments that Postman leaves out when it sends.
  private static String uncommented(String text) {
    StringBuilder plain = new StringBuilder();
    boolean inside = false;
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      boolean line = !inside && text.startsWith("//", at);
      boolean block = !inside && text.startsWith("/*", at);
      if (line || block) {
        int end = text.indexOf(line ? "\n" : "*/", at + 2);
        at = end < 0 ? text.length() : end + (line ? 0 : 2);
      } else {
        int step = inside && c == '\\' && at + 1 < text.length() ? 2 : 1;
        plain.append(text, at, at + step);
        inside ^= c == '"';
        at += step;
      }
    }
    return plain.toString();
  }

  /// With quotes around variables that stand for a whole value, so that the rest can be read.
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder();
    boolean inside = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (inside && c == '\\' && i + 1 < text.length()) {
        quoted.append(c).append(text.charAt(++i));
        continue;
      }
      int end = inside ? -1 : Variables.end(text, i);
      if (end > i + 2) {
        quoted.append('"').append(text, i, end + 2).append('"');
        i = end + 1;
        continue;
      }
      inside ^= c == '"';
      quoted.append(c);
    }
    return quoted.toString();
  }

  private static PostmanBody form(String type, @Nullable Node node, Variables variables) {
    List<Body.Field> fields = new ArrayList<>();
    Set<String> unknown = new LinkedHashSet<>();
    if (node instanceof Arr(var _, List<Node> items)) {
      for (Node each : items) {
        if (each instanceof Obj field && !Variables.off(field)) {
          String name = Json.scalar(field.get("key"));
          String value = Json.scalar(field.get("value"));
          Variables.Filled filled = variables.fill(value == null ? "" : value, field.place());
          unknown.addAll(filled.unknown());
          if (name != null && !name.isEmpty()) {
            fields.add(
                new Body.Field(
                    name,
                    filled.unknown().isEmpty() ? filled.text() : "",
                    "file".equals(Json.scalar(field.get("type")))));
          }
        }
      }
    }
    return new PostmanBody(new Body.Form(type, fields), unknown, null);
  }

  /// Whether a text of a body is a variable without a value.
  static boolean open(String text) {
    return text.contains("{{") && text.contains("}}");
  }
}

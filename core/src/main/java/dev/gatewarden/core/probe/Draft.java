package dev.gatewarden.core.probe;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.PathTemplate;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request that is being written: an operation with its values, and who is to send it. Each
/// change
/// gives a new one.
///
/// @param path the value of each variable of the path, not yet encoded
/// @param query the pairs of the query, not yet encoded
/// @param headers without those of the credential
/// @param body what stands in the body, or null where none is sent
/// @param mediaType of the body, such as `application/json`; empty without a body
/// @param written the body as it is to be sent, in place of `body`; or null
/// @param raw the path as it is to be written, in place of the operation's own; or empty
/// @param bytes the body as it is to be sent where it is no text, in place of both; or null
public record Draft(
    Operation operation,
    String method,
    Identity as,
    Map<String, String> path,
    List<Pair> query,
    List<Pair> headers,
    @Nullable Node body,
    String mediaType,
    String raw,
    @Nullable String written,
    byte @Nullable [] bytes) {

  /// A name and a value.
  public record Pair(String name, String value) {}

  public Draft {
    path = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(path));
    query = List.copyOf(query);
    headers = List.copyOf(headers);
  }

  public static Draft of(Operation operation, Identity as) {
    return new Draft(
        operation,
        operation.method(),
        as,
        Map.of(),
        List.of(),
        List.of(),
        null,
        "",
        "",
        null,
        null);
  }

  public Draft as(Identity other) {
    return new Draft(
        operation, method, other, path, query, headers, body, mediaType, raw, written, bytes);
  }

  public Draft method(String other) {
    return new Draft(
        operation, other, as, path, query, headers, body, mediaType, raw, written, bytes);
  }

  public Draft path(String name, String value) {
    Map<String, String> others = new LinkedHashMap<>(path);
    others.put(name, value);
    return new Draft(
        operation, method, as, others, query, headers, body, mediaType, raw, written, bytes);
  }

  /// With the path written so, whatever its template says.
  public Draft raw(String text) {
    return new Draft(
        operation, method, as, path, query, headers, body, mediaType, text, written, bytes);
  }

  /// With this value alone under a name of the query.
  public Draft query(String name, String value) {
    return new Draft(
        operation,
        method,
        as,
        path,
        set(query, name, value),
        headers,
        body,
        mediaType,
        raw,
        written,
        bytes);
  }

  /// With one more pair in the query.
  public Draft alsoQuery(String name, String value) {
    List<Pair> others = new ArrayList<>(query);
    others.add(new Pair(name, value));
    return new Draft(
        operation, method, as, path, others, headers, body, mediaType, raw, written, bytes);
  }

  /// With these pairs in the query and these headers alone.
  public Draft pairs(List<Pair> others, List<Pair> lines) {
    return new Draft(
        operation, method, as, path, others, lines, body, mediaType, raw, written, bytes);
  }

  /// With this value alone under the name of a header.
  public Draft header(String name, String value) {
    return new Draft(
        operation,
        method,
        as,
        path,
        query,
        set(headers, name, value),
        body,
        mediaType,
        raw,
        written,
        bytes);
  }

  public Draft body(@Nullable Node other, String type) {
    return new Draft(operation, method, as, path, query, headers, other, type, raw, null, null);
  }

  /// With a body written so, whatever it is.
  public Draft written(String text, String type) {
    return new Draft(operation, method, as, path, query, headers, body, type, raw, text, null);
  }

  /// With a body of these bytes, whatever it is.
  ///
  /// @param type may be empty where a header says it
  public Draft bytes(byte[] content, String type) {
    return new Draft(
        operation, method, as, path, query, headers, body, type, raw, written, content.clone());
  }

  /// With the path and the query written so, percent-encoding and all.
  public Draft exactly(String target) {
    return new Draft(
        operation, method, as, path, List.of(), headers, body, mediaType, target, written, bytes);
  }

  /// With a value at a path of names and indexes in the body.
  public Draft member(List<String> at, Node value) {
    return body(Json.with(body, at, value), mediaType.isEmpty() ? "application/json" : mediaType);
  }

  private static List<Pair> set(List<Pair> pairs, String name, String value) {
    List<Pair> others = new ArrayList<>();
    for (Pair each : pairs) {
      if (!each.name().equalsIgnoreCase(name)) {
        others.add(each);
      }
    }
    others.add(new Pair(name, value));
    return others;
  }

  /// The path and the query as they are sent, below the API's base path; a credential's part of the
  /// query is left out.
  public String target() {
    StringBuilder text = new StringBuilder();
    if (!raw.isEmpty()) {
      text.append(raw);
    } else {
      for (PathTemplate.Segment segment : operation.path().segments()) {
        text.append('/');
        for (PathTemplate.Part part : segment.parts()) {
          switch (part) {
            case PathTemplate.Literal(String literal) -> encoded(literal, text);
            case PathTemplate.Variable(String name) ->
                encoded(path.getOrDefault(name, "{" + name + "}"), text);
          }
        }
      }
    }
    char before = text.indexOf("?") < 0 ? '?' : '&';
    for (Pair pair : query) {
      encoded(pair.name(), text.append(before));
      encoded(pair.value(), text.append('='));
      before = '&';
    }
    return text.toString();
  }

  /// Percent-encodes everything but the unreserved characters (RFC 3986, section 2.3).
  public static String encoded(String value) {
    StringBuilder text = new StringBuilder();
    encoded(value, text);
    return text.toString();
  }

  private static void encoded(String value, StringBuilder to) {
    for (byte each : value.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (each & 0xff);
      boolean plain = c < 128 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0);
      if (plain) {
        to.append(c);
      } else {
        to.append('%').append(Character.toUpperCase(Character.forDigit(c >> 4, 16)));
        to.append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
      }
    }
  }

  @Override
  public String toString() {
    return as + ": " + method + " " + target();
  }
}

package dev.gatewarden.demo.broken;

import dev.gatewarden.demo.http.Incoming;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A request taken apart.
///
/// @param query decoded, by name, in the order in which they came
/// @param variables of the path, decoded, by the name the template gives them
public record Ask(
    Incoming request, Map<String, List<String>> query, Map<String, String> variables) {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

  static Ask of(Incoming request) {
    int mark = request.target().indexOf('?');
    return new Ask(request, pairs(mark < 0 ? "" : request.target().substring(mark + 1)), Map.of());
  }

  Ask with(Map<String, String> found) {
    return new Ask(request, query, found);
  }

  /// A new empty object of JSON.
  public static ObjectNode json() {
    return JSON.createObjectNode();
  }

  public String method() {
    return request.method();
  }

  public @Nullable String header(String name) {
    return request.header(name);
  }

  /// A variable of the path.
  public String path(String name) {
    return variables.getOrDefault(name, "");
  }

  /// A variable of the path as a number; 0, which nothing is called, when it is none.
  public int id(String name) {
    return number(path(name));
  }

  /// A positive number as people write it; 0 when the text is none.
  public static int number(@Nullable String text) {
    return text != null && NUMBER.matcher(text).matches() ? Integer.parseInt(text) : 0;
  }

  /// The one value of a parameter, or null when it is not there.
  ///
  /// @throws Refused when it is there more than once
  public @Nullable String query(String name) {
    List<String> all = query.getOrDefault(name, List.of());
    if (all.size() > 1) {
      throw new Refused(400, name + " may be given once");
    }
    return all.isEmpty() ? null : all.getFirst();
  }

  /// A number of the query within bounds.
  ///
  /// @param otherwise when it is not there
  /// @throws Refused when it is something else
  public int query(String name, int least, int most, int otherwise) {
    String text = query(name);
    if (text == null) {
      return otherwise;
    }
    int number = text.equals("0") ? 0 : number(text);
    if (number < least || number > most || (number == 0 && !text.equals("0"))) {
      throw new Refused(400, name + " is a number from " + least + " to " + most);
    }
    return number;
  }

  /// The body, which is an object of JSON and says so.
  ///
  /// @throws Refused when it is not called so, or is something else
  public ObjectNode object(String type) {
    called(type);
    return object();
  }

  /// The body, which is an object of JSON, whatever it is called.
  public ObjectNode object() {
    JsonNode json = JSON.readTree(text());
    if (json instanceof ObjectNode object) {
      return object;
    }
    throw new Refused(400, "the body is no object");
  }

  /// The body as UTF-8, which it has to be: parsers of JSON alone take bytes that no UTF-8 has.
  private String text() {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(request.body())).toString();
    } catch (CharacterCodingException e) {
      throw new Refused(400, "the body is no UTF-8");
    }
  }

  /// The fields of a form, which says that it is one.
  public Map<String, List<String>> form() {
    called("application/x-www-form-urlencoded");
    return pairs(request.text());
  }

  /// The type of the body, without its parameters.
  public String type() {
    String type = header("content-type");
    return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  private void called(String type) {
    if (!type().equals(type)) {
      throw new Refused(415, "the body should be " + type);
    }
  }

  /// The value of a cookie, or null.
  public @Nullable String cookie(String name) {
    String cookies = header("cookie");
    if (cookies != null) {
      for (String cookie : cookies.split(";", -1)) {
        if (cookie.strip().startsWith(name + "=")) {
          return cookie.strip().substring(name.length() + 1);
        }
      }
    }
    return null;
  }

  /// Name and password of `Authorization: Basic` (RFC 7617), or null.
  public String @Nullable [] basic() {
    String value = header("authorization");
    if (value == null || !value.regionMatches(true, 0, "Basic ", 0, 6)) {
      return null;
    }
    try {
      byte[] pair = Base64.getDecoder().decode(value.substring(6).strip());
      String[] parts = new String(pair, StandardCharsets.UTF_8).split(":", 2);
      return parts.length == 2 ? parts : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  static Map<String, List<String>> pairs(String text) {
    Map<String, List<String>> pairs = new LinkedHashMap<>();
    for (String pair : text.split("&", -1)) {
      if (!pair.isEmpty()) {
        String[] parts = pair.split("=", 2);
        pairs
            .computeIfAbsent(decoded(parts[0]), _ -> new ArrayList<>())
            .add(parts.length == 2 ? decoded(parts[1]) : "");
      }
    }
    return pairs;
  }

  static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Refused(400, "a percent sign stands alone");
    }
  }
}

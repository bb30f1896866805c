package dev.gatewarden.gateway.binder.parameter;

import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.exchange.Detail;
import dev.gatewarden.core.schema.Schema;
import dev.gatewarden.core.schema.Violation;
import dev.gatewarden.gateway.binder.body.Visits;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Judges the value of one parameter: writes the text as the JSON value it stands for, and lets the
/// schema judge that.
public final class ParameterCheck {
  private static final ThreadLocal<JsonText> TEXT = ThreadLocal.withInitial(JsonText::new);
  private final Parameter parameter;
  private final Schema schema;
  private final Shape shape;

  /// What a parameter's text stands for.
  public enum Shape {
    /// A string.
    TEXT,
    /// A number, a boolean or null, as JSON writes it.
    SCALAR,
    /// Either: what reads as a scalar is one, if the schema takes it.
    EITHER,
    /// A list of strings.
    TEXTS,
    /// A list of numbers or booleans.
    SCALARS,
    /// A JSON document of its own (`content`).
    DOCUMENT
  }

  public ParameterCheck(Parameter parameter, Schema schema, Shape shape) {
    this.parameter = parameter;
    this.schema = schema;
    this.shape = shape;
  }

  Parameter parameter() {
    return parameter;
  }

  boolean takesMany() {
    return shape == Shape.TEXTS || shape == Shape.SCALARS;
  }

  /// Whether the schema takes one value that came as text.
  boolean takes(String value) {
    JsonText json = TEXT.get();
    if (shape == Shape.EITHER) {
      return JsonText.isScalar(value) && judge(json.raw(value)) || judge(json.quoted(value));
    }
    return judge(write(json, value, null));
  }

  /// Whether the schema takes the values of a list that came one by one.
  boolean takes(List<String> values) {
    return judge(write(TEXT.get(), "", values));
  }

  /// What is wrong with values that the schema does not take.
  List<Detail> explain(@Nullable String value, @Nullable List<String> values) {
    JsonText json = write(TEXT.get(), value == null ? "" : value, values);
    List<Violation> found = schema.explain(json.bytes, 0, json.length, Violation.Limits.DEFAULT);
    String where = where();
    if (found.isEmpty()) {
      return List.of(new Detail(where, "", "the value is not what the contract promises"));
    }
    return found.stream()
        .map(
            each ->
                new Detail(
                    where + each.instanceLocation(), each.keywordLocation(), each.sentence()))
        .toList();
  }

  /// `query/limit`
  String where() {
    return parameter.in().name().toLowerCase(Locale.ROOT) + "/" + parameter.name();
  }

  private boolean judge(JsonText json) {
    return schema.judge(json.bytes, 0, json.length, Visits.mine()) == Schema.VALID;
  }

  private JsonText write(JsonText json, String value, @Nullable List<String> values) {
    return switch (shape) {
      case TEXT, EITHER -> json.quoted(value);
      case SCALAR -> JsonText.isScalar(value) ? json.raw(value) : json.quoted(value);
      case DOCUMENT -> json.raw(value);
      case TEXTS, SCALARS ->
          json.list(values == null ? parts(value) : values, shape == Shape.SCALARS);
    };
  }

  /// The items of a list that came as one text (OpenAPI, "Style Values").
  private List<String> parts(String value) {
    if (value.isEmpty()) {
      return List.of();
    }
    return List.of(
        switch (parameter.style()) {
          case SPACE_DELIMITED -> value.split(" ", -1);
          case PIPE_DELIMITED -> value.split("\\|", -1);
          case SIMPLE, LABEL, MATRIX, FORM, DEEP_OBJECT, COOKIE -> value.split(",", -1);
        });
  }

  /// A JSON text that is written again and again in the same place.
  private static final class JsonText {
    byte[] bytes = new byte[256];
    int length;

    JsonText raw(String value) {
      length = 0;
      append(value);
      return this;
    }

    JsonText quoted(String value) {
      length = 0;
      quote(value);
      return this;
    }

    JsonText list(List<String> values, boolean scalars) {
      length = 0;
      put('[');
      for (int i = 0; i < values.size(); i++) {
        if (i > 0) {
          put(',');
        }
        if (scalars && isScalar(values.get(i))) {
          append(values.get(i));
        } else {
          quote(values.get(i));
        }
      }
      put(']');
      return this;
    }

    /// Whether the text is a JSON number or one of the three literals, so that it can stand
    /// unquoted and nothing else can be smuggled in.
    static boolean isScalar(String value) {
      if (value.isEmpty()) {
        return false;
      }
      char first = value.charAt(0);
      if (first == 't' || first == 'f' || first == 'n') {
        return value.equals("true") || value.equals("false") || value.equals("null");
      }
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        if (!(c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E')) {
          return false;
        }
      }
      return true;
    }

    private void quote(String value) {
      put('"');
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        if (c >= 0x80) {
          rest(value, i);
          break;
        }
        ascii(c);
      }
      put('"');
    }

    private void rest(String value, int from) {
      for (byte b : value.substring(from).getBytes(StandardCharsets.UTF_8)) {
        if (b < 0) {
          put(b);
        } else {
          ascii((char) b);
        }
      }
    }

    private void ascii(char c) {
      if (c == '"' || c == '\\') {
        put('\\');
        put(c);
      } else if (c < 0x20) {
        append("\\u00");
        put(Character.forDigit(c >> 4, 16));
        put(Character.forDigit(c & 15, 16));
      } else {
        put(c);
      }
    }

    private void append(String text) {
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c < 0x80) {
          put(c);
        } else {
          for (byte b : text.substring(i).getBytes(StandardCharsets.UTF_8)) {
            put(b);
          }
          return;
        }
      }
    }

    private void put(int b) {
      if (length == bytes.length) {
        bytes = java.util.Arrays.copyOf(bytes, length * 2);
      }
      bytes[length++] = (byte) b;
    }
  }
}

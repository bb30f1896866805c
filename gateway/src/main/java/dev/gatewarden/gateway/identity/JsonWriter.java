package dev.gatewarden.gateway.identity;

import dev.gatewarden.core.document.Json;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;

/// Writes plain values as JSON, members in the order of the map.
public final class JsonWriter {
  private JsonWriter() {}

  /// The JSON text of an object, in one line.
  public static String write(Map<String, ?> object) {
    StringBuilder to = new StringBuilder(256);
    value(object, to);
    return to.toString();
  }

  private static void value(Object value, StringBuilder to) {
    switch (value) {
      case Map<?, ?> map -> {
        String before = "{";
        for (Map.Entry<?, ?> member : map.entrySet()) {
          Json.quoted(Objects.requireNonNull(member.getKey()).toString(), to.append(before));
          value(Objects.requireNonNull(member.getValue()), to.append(':'));
          before = ",";
        }
        to.append(map.isEmpty() ? "{}" : "}");
      }
      case Collection<?> items -> {
        String before = "[";
        for (Object item : items) {
          value(Objects.requireNonNull(item), to.append(before));
          before = ",";
        }
        to.append(items.isEmpty() ? "[]" : "]");
      }
      case Number number -> to.append(number);
      case Boolean truth -> to.append(truth.booleanValue());
      default -> Json.quoted(value.toString(), to);
    }
  }
}

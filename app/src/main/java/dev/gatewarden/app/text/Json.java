package dev.gatewarden.app.text;

import dev.gatewarden.core.GatewardenBug;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes maps, lists, texts, numbers and truth values as indented JSON.
public final class Json {
  private Json() {}

  /// The JSON text, ending in a newline.
  public static String text(@Nullable Object value) {
    StringBuilder text = new StringBuilder();
    write(value, "", text);
    return text.append('\n').toString();
  }

  /// The JSON text in one line, without a newline.
  public static String line(@Nullable Object value) {
    StringBuilder text = new StringBuilder();
    line(value, text);
    return text.toString();
  }

  private static void line(@Nullable Object value, StringBuilder to) {
    switch (value) {
      case Map<?, ?> map -> {
        char before = '{';
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          dev.gatewarden.core.document.Json.quoted((String) entry.getKey(), to.append(before));
          line(entry.getValue(), to.append(':'));
          before = ',';
        }
        to.append(before == '{' ? "{}" : "}");
      }
      case List<?> list -> {
        char before = '[';
        for (Object item : list) {
          line(item, to.append(before));
          before = ',';
        }
        to.append(before == '[' ? "[]" : "]");
      }
      case null, default -> write(value, "", to);
    }
  }

  private static void write(@Nullable Object value, String indent, StringBuilder to) {
    switch (value) {
      case null -> to.append("null");
      case Map<?, ?> map -> object(map, indent, to);
      case List<?> list -> array(list, indent, to);
      case String text -> dev.gatewarden.core.document.Json.quoted(text, to);
      case Number number -> to.append(number);
      case Boolean truth -> to.append(truth);
      default -> throw new GatewardenBug("`" + value.getClass().getName() + "` is no JSON");
    }
  }

  private static void object(Map<?, ?> map, String indent, StringBuilder to) {
    if (map.isEmpty()) {
      to.append("{}");
      return;
    }
    String deeper = indent + "  ";
    String before = "{\n";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      to.append(before).append(deeper);
      dev.gatewarden.core.document.Json.quoted((String) entry.getKey(), to);
      to.append(": ");
      write(entry.getValue(), deeper, to);
      before = ",\n";
    }
    to.append('\n').append(indent).append('}');
  }

  private static void array(List<?> list, String indent, StringBuilder to) {
    boolean flat = list.stream().noneMatch(item -> item instanceof Map || item instanceof List);
    String deeper = indent + "  ";
    to.append('[');
    String before = flat ? "" : "\n" + deeper;
    for (Object item : list) {
      to.append(before);
      write(item, deeper, to);
      before = flat ? ", " : ",\n" + deeper;
    }
    if (!flat) {
      to.append('\n').append(indent);
    }
    to.append(']');
  }
}

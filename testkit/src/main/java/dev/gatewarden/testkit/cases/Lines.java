package dev.gatewarden.testkit.cases;

import dev.gatewarden.core.exchange.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Header lines in a list.
///
/// @param lines name and value, in order
public record Lines(List<Map.Entry<String, String>> lines) implements Headers {

  static Lines of(Words words) {
    List<Map.Entry<String, String>> lines = new ArrayList<>();
    for (String name : words.said().keySet()) {
      for (String value : words.texts(name)) {
        lines.add(Map.entry(name, value));
      }
    }
    return new Lines(List.copyOf(lines));
  }

  /// These lines with one more.
  public Lines and(String name, String value) {
    List<Map.Entry<String, String>> all = new ArrayList<>(lines);
    all.add(Map.entry(name, value));
    return new Lines(all);
  }

  @Override
  public @Nullable String first(String name) {
    List<String> all = all(name);
    return all.isEmpty() ? null : all.getFirst();
  }

  @Override
  public List<String> all(String name) {
    return lines.stream()
        .filter(line -> line.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .toList();
  }

  @Override
  public void each(BiConsumer<String, String> line) {
    lines.forEach(each -> line.accept(each.getKey(), each.getValue()));
  }
}

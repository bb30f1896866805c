package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.exchange.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Header lines of a test, in order.
record TestHeaders(List<String[]> lines) implements Headers {

  static TestHeaders of(String... namesAndValues) {
    List<String[]> lines = new ArrayList<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      lines.add(new String[] {namesAndValues[i], namesAndValues[i + 1]});
    }
    return new TestHeaders(lines);
  }

  @Override
  public @Nullable String first(String name) {
    List<String> all = all(name);
    return all.isEmpty() ? null : all.getFirst();
  }

  @Override
  public List<String> all(String name) {
    return lines.stream().filter(l -> l[0].equalsIgnoreCase(name)).map(l -> l[1]).toList();
  }

  @Override
  public void each(BiConsumer<String, String> line) {
    lines.forEach(l -> line.accept(l[0], l[1]));
  }
}

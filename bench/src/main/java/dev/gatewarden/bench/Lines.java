package dev.gatewarden.bench;

import dev.gatewarden.core.exchange.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Header lines without a transport.
record Lines(List<String> namesAndValues) implements Headers {

  static Lines of(String... namesAndValues) {
    return new Lines(List.of(namesAndValues));
  }

  @Override
  public @Nullable String first(String name) {
    for (int i = 0; i < namesAndValues.size(); i += 2) {
      if (namesAndValues.get(i).equalsIgnoreCase(name)) {
        return namesAndValues.get(i + 1);
      }
    }
    return null;
  }

  @Override
  public List<String> all(String name) {
    List<String> all = List.of();
    for (int i = 0; i < namesAndValues.size(); i += 2) {
      if (namesAndValues.get(i).equalsIgnoreCase(name)) {
        all = all.isEmpty() ? new ArrayList<>() : all;
        all.add(namesAndValues.get(i + 1));
      }
    }
    return all;
  }

  @Override
  public void each(BiConsumer<String, String> line) {
    for (int i = 0; i < namesAndValues.size(); i += 2) {
      line.accept(namesAndValues.get(i), namesAndValues.get(i + 1));
    }
  }
}

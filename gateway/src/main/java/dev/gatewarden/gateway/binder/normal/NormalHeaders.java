package dev.gatewarden.gateway.binder.normal;

import dev.gatewarden.core.exchange.Headers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Header fields of which some have another value than they came with.
///
/// @param changed by lower-case name; what comes more than once stays as it came, and is refused
///     for
///     that
record NormalHeaders(Headers came, Map<String, String> changed) implements Headers {

  @Override
  public @Nullable String first(String name) {
    String value = came.first(name);
    return value == null ? null : now(name, value);
  }

  @Override
  public List<String> all(String name) {
    List<String> values = came.all(name);
    return values.size() == 1 ? List.of(now(name, values.getFirst())) : values;
  }

  @Override
  public void each(BiConsumer<String, String> line) {
    came.each((name, value) -> line.accept(name, now(name, value)));
  }

  @Override
  public int count(String name) {
    return came.count(name);
  }

  private String now(String name, String value) {
    String other = changed.get(name.toLowerCase(Locale.ROOT));
    return other == null || came.count(name) > 1 ? value : other;
  }
}

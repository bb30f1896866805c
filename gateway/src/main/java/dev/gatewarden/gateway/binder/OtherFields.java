package dev.gatewarden.gateway.binder;

import dev.gatewarden.core.exchange.Headers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Header fields of which some have one other value in place of all they came with.
///
/// @param changed by lower-case name; an empty value where the field is gone
public record OtherFields(Headers came, Map<String, String> changed) implements Headers {

  @Override
  public @Nullable String first(String name) {
    String other = changed.get(name.toLowerCase(Locale.ROOT));
    return other == null ? came.first(name) : other.isEmpty() ? null : other;
  }

  @Override
  public List<String> all(String name) {
    String other = changed.get(name.toLowerCase(Locale.ROOT));
    return other == null ? came.all(name) : other.isEmpty() ? List.of() : List.of(other);
  }

  @Override
  public void each(BiConsumer<String, String> line) {
    came.each(
        (name, value) -> {
          if (!changed.containsKey(name.toLowerCase(Locale.ROOT))) {
            line.accept(name, value);
          }
        });
    changed.forEach(
        (name, value) -> {
          if (!value.isEmpty()) {
            line.accept(name, value);
          }
        });
  }

  @Override
  public int count(String name) {
    return all(name).size();
  }
}

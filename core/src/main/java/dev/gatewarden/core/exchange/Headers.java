package dev.gatewarden.core.exchange;

import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The header fields of a message; names are compared without regard to case (RFC 9110, section
/// 5.1).
public interface Headers {

  /// The first value of a field, or null when the field is absent.
  @Nullable String first(String name);

  /// All values of a field, in order; empty when the field is absent.
  List<String> all(String name);

  /// Each field line, in order.
  void each(BiConsumer<String, String> line);

  /// How many lines a field has.
  default int count(String name) {
    return all(name).size();
  }
}

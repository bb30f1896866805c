package dev.gatewarden.gateway.pipeline;

import java.util.function.BiConsumer;

/// Header lines on their way out, in order.
@FunctionalInterface
public interface HeaderLines {
  HeaderLines NONE = line -> {};

  /// Each line; names are lower case.
  void each(BiConsumer<String, String> line);
}

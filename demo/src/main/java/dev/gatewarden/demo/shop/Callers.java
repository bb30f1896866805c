package dev.gatewarden.demo.shop;

import org.jspecify.annotations.Nullable;

/// How the shop knows who calls.
@FunctionalInterface
public interface Callers {

  /// The caller of a token, or null when it is worth nothing.
  @Nullable Caller of(String token);
}

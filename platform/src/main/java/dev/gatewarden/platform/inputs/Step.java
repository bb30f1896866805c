package dev.gatewarden.platform.inputs;

import org.jspecify.annotations.Nullable;

/// A segment of an address, as somebody wrote it down.
///
/// @param value what stood there; the empty text where only a variable did that has no value
/// @param variable what its author calls it, where it was written as a variable; else null
record Step(String value, @Nullable String variable) {
  static Step of(String value) {
    return new Step(value, null);
  }
}

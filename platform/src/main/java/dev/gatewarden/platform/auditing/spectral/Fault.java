package dev.gatewarden.platform.auditing.spectral;

import java.util.List;

/// What a function says against a value.
///
/// @param below where, from the value on
/// @param error in lower case, without a full stop
record Fault(List<String> below, String error) {
  Fault {
    below = List.copyOf(below);
  }

  static Fault of(String error) {
    return new Fault(List.of(), error);
  }
}

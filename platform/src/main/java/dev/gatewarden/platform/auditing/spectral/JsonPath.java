package dev.gatewarden.platform.auditing.spectral;

import java.util.List;

/// A path of JSONPath-plus, read.
record JsonPath(String text, List<Step> steps) {
  JsonPath {
    steps = List.copyOf(steps);
  }

  /// @throws Malformed when it is not understood
  static JsonPath parse(String text) {
    return new JsonPath(text, new PathParser(new Cursor(text)).steps());
  }
}

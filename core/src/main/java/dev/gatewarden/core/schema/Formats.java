package dev.gatewarden.core.schema;

import org.jspecify.annotations.Nullable;

/// The formats that are judged, by name.
final class Formats {

  private Formats() {}

  /// The test behind a format, or null for one that promises nothing about a text.
  static StringRule.@Nullable TextTest test(String format) {
    return null;
  }
}

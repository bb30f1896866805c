package dev.gatewarden.core.document;

/// How large a document may be before it is refused.
///
/// @param bytes of its text
/// @param depth of nesting
/// @param nodes how many values it may hold, values repeated by a YAML alias counted each time
public record Bounds(int bytes, int depth, int nodes) {

  /// Room for the largest real contracts several times over: 64 MiB, 256 levels, eight million
  /// values.
  public static final Bounds DEFAULT = new Bounds(64 << 20, 256, 8_000_000);
}

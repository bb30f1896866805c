package dev.gatewarden.core.schema;

/// What one place of a document must obey.
abstract class Rule {

  /// Judges the value at an offset that is not white space.
  ///
  /// @return the offset behind the value, or the complement (`~`) of where the first violation
  ///     stands
  abstract int scan(Visit v, int at);
}

package dev.gatewarden.core.schema;

/// What one place of a document must obey.
abstract class Rule {

  /// What judges values of other types than this rule was made for; it refuses them, or lets
  /// another rule judge.
  Rule otherwise = this;

  /// Judges the value at an offset that is not white space.
  ///
  /// @return the offset behind the value, or the complement (`~`) of where the first violation
  ///     stands
  abstract int scan(Visit v, int at);
}

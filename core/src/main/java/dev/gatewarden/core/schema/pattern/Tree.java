package dev.gatewarden.core.schema.pattern;

import java.util.List;

/// A regular expression as it is built.
sealed interface Tree {

  /// One character of a set.
  record One(CharSet set) implements Tree {}

  /// Each part behind the other.
  record Sequence(List<Tree> parts) implements Tree {}

  /// One of the parts.
  record Choice(List<Tree> parts) implements Tree {}

  /// A part several times.
  ///
  /// @param most -1 for any number
  record Repeat(Tree part, int least, int most) implements Tree {}

  /// `^`.
  record Start() implements Tree {}

  /// `$`.
  record End() implements Tree {}

  /// `(?=…)` and `(?!…)`.
  record Ahead(Tree part, boolean negative) implements Tree {}
}

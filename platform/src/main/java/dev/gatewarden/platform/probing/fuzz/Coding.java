package dev.gatewarden.platform.probing.fuzz;

import dev.gatewarden.core.probe.Draft;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A way to write a request otherwise than plainly.
///
/// @param word as the corpus and messages name it
/// @param rule what it tries
/// @param meaning what a service that takes it has to have read
/// @param written the request in it, or null where it cannot be written so
record Coding(String word, Rule rule, Meaning meaning, Function<Draft, @Nullable Draft> written) {

  /// What it says to whoever reads it rightly.
  enum Meaning {
    /// The same as the plain request.
    SAME,
    /// Something else: only who decodes too much reads the same.
    OTHER,
    /// Nothing can be said.
    OPEN
  }

  static Coding same(String word, Function<Draft, @Nullable Draft> written) {
    return new Coding(word, Rule.CODED, Meaning.SAME, written);
  }

  static Coding other(String word, Function<Draft, @Nullable Draft> written) {
    return new Coding(word, Rule.FORGED, Meaning.OTHER, written);
  }

  static Coding odd(String word, Function<Draft, @Nullable Draft> written) {
    return new Coding(word, Rule.CODED, Meaning.OPEN, written);
  }

  /// One that has to be taken.
  static Coding right(String word, Function<Draft, @Nullable Draft> written) {
    return new Coding(word, Rule.RIGHT, Meaning.SAME, written);
  }

  /// One that has to be refused.
  static Coding wrong(String word, Rule rule, Function<Draft, @Nullable Draft> written) {
    return new Coding(word, rule, Meaning.OPEN, written);
  }
}

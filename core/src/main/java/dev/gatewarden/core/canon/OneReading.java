package dev.gatewarden.core.canon;

/// The answer to "what does this text mean": its one meaning, or that there is more than one.
public sealed interface OneReading<T> {

  /// There is one meaning.
  record Clear<T>(T value) implements OneReading<T> {}

  /// There is none, or more than one, and nobody guesses.
  record Refused<T>(Ambiguity why) implements OneReading<T> {}

  static <T> OneReading<T> of(T value) {
    return new Clear<>(value);
  }

  static <T> OneReading<T> refused(Ambiguity why) {
    return new Refused<>(why);
  }
}

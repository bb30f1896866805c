package dev.gatewarden.gateway.authzen;

/// What comes of reading a part of a question.
sealed interface Understood<T> {

  /// It means this.
  record Clear<T>(T value) implements Understood<T> {}

  /// It means nothing.
  ///
  /// @param message for whoever writes the service: lower case, without full stop
  record Wrong<T>(String message) implements Understood<T> {
    /// The same of another part.
    <U> Wrong<U> of() {
      return new Wrong<>(message);
    }
  }

  static <T> Understood<T> clear(T value) {
    return new Clear<>(value);
  }

  static <T> Understood<T> wrong(String message) {
    return new Wrong<>(message);
  }
}

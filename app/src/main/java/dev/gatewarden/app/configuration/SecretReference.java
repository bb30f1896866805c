package dev.gatewarden.app.configuration;

/// Where a secret is kept; the file never holds one itself.
///
/// @param name the environment variable, or the path of the file, relative to the configuration
public record SecretReference(Kind kind, String name) {

  /// The kind of place a secret is kept in.
  public enum Kind {
    /// An environment variable, `env:NAME`.
    ENV,
    /// The whole content of a file, without a line break at its end, `file:path`.
    FILE
  }

  /// The reference that a text writes.
  ///
  /// @throws IllegalArgumentException when the text is no reference; it never repeats the text,
  ///     which may be the secret itself
  public static SecretReference parse(String text) {
    if (text.startsWith("env:") && text.length() > 4) {
      return new SecretReference(Kind.ENV, text.substring(4));
    }
    if (text.startsWith("file:") && text.length() > 5) {
      return new SecretReference(Kind.FILE, text.substring(5));
    }
    throw new IllegalArgumentException(
        "a secret stands here in the clear; refer to it: `env:NAME` or `file:path`");
  }

  @Override
  public String toString() {
    return switch (kind) {
      case ENV -> "env:" + name;
      case FILE -> "file:" + name;
    };
  }
}

package dev.gatewarden.app.configuration;

/// One value that is in force, and where it comes from.
///
/// @param path the keys that lead to it, joined by dots
/// @param value as the file writes it; a secret only as its reference
/// @param origin `gatewarden.yaml:5:11`, or `default`
public record Setting(String path, String value, String origin) {
  /// The origin of what nobody wrote.
  public static final String DEFAULT = "default";
}

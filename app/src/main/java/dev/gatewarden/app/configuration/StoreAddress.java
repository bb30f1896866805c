package dev.gatewarden.app.configuration;

import org.jspecify.annotations.Nullable;

/// Where decisions are kept for `explain`.
///
/// @param sqlite the database file, or null when none is kept
public record StoreAddress(@Nullable Location sqlite) {

  /// The store that a text names.
  ///
  /// @throws IllegalArgumentException when the text names no store
  public static StoreAddress parse(String text) {
    if (text.equals("none")) {
      return new StoreAddress(null);
    }
    if (text.startsWith("sqlite:") && text.length() > 7) {
      return new StoreAddress(Location.parse(text.substring(7)));
    }
    throw new IllegalArgumentException(
        "`" + text + "` is no store; write `sqlite:data/gatewarden.db`, or `none`");
  }

  @Override
  public String toString() {
    return sqlite == null ? "none" : "sqlite:" + sqlite;
  }
}

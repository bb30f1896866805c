package dev.gatewarden.app.configuration;

import java.time.DateTimeException;
import java.time.ZoneId;

/// A time zone by its name, such as `Europe/Berlin`.
public record Zone(ZoneId id) {

  /// The zone of that name.
  ///
  /// @throws IllegalArgumentException when there is none
  public static Zone parse(String text) {
    try {
      return new Zone(ZoneId.of(text));
    } catch (DateTimeException unknown) {
      throw new IllegalArgumentException(
          "`" + Scalars.shortened(text) + "` is no time zone; write `Europe/Berlin` or `UTC`",
          unknown);
    }
  }

  @Override
  public String toString() {
    return id.getId();
  }
}

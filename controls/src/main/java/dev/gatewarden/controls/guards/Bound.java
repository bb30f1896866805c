package dev.gatewarden.controls.guards;

import dev.gatewarden.core.limit.DurationText;
import dev.gatewarden.core.limit.Size;
import java.time.Duration;

/// The limits within which a setting may lie; who binds the configuration adds where the value
/// stands.
public final class Bound {
  private Bound() {}

  /// Refuses a number outside of its bounds, both of which are allowed.
  ///
  /// @throws IllegalArgumentException with a message for the operator
  public static void within(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "`" + name + "` must lie between `" + least + "` and `" + most + "`");
    }
  }

  /// Refuses a size outside of its bounds, both of which are allowed.
  ///
  /// @throws IllegalArgumentException with a message for the operator
  public static void within(String name, Size value, Size least, Size most) {
    if (value.bytes() < least.bytes() || value.bytes() > most.bytes()) {
      throw new IllegalArgumentException(
          "`" + name + "` must lie between `" + least + "` and `" + most + "`");
    }
  }

  /// Refuses a length of time outside of its bounds, both of which are allowed.
  ///
  /// @throws IllegalArgumentException with a message for the operator
  public static void within(String name, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "`"
              + name
              + "` must lie between `"
              + DurationText.write(least)
              + "` and `"
              + DurationText.write(most)
              + "`");
    }
  }
}

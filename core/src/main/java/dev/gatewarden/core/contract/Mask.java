package dev.gatewarden.core.contract;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What stands in the place of a value that not everybody may see; in this order, each shows less
/// than the one before.
public enum Mask {
  /// The last four characters of a text, or digits of a number, of eight or more; else as `fixed`.
  LAST_FOUR,
  /// A digest keyed by a secret of the gate: equal values stay equal, and nobody can try values
  /// against it. Only for texts and numbers; else as `fixed`.
  HASH,
  /// A value of the same type that says nothing: asterisks, zero, false, an empty list or object.
  FIXED,
  /// `null`, whatever the schema says.
  NULL,
  /// Nothing: the member or item is cut.
  REMOVE,
  /// Nothing at all: the whole answer is kept back.
  REFUSE;

  /// As users write it.
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The mask of that name; null when there is none.
  public static @Nullable Mask of(String text) {
    for (Mask mask : values()) {
      if (mask.text().equals(text)) {
        return mask;
      }
    }
    return null;
  }
}

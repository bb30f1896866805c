package dev.gatewarden.core.coding;

/// What encoded bytes may become: counted while they are decoded, never taken from what they say.
public final class Expansion {
  /// What a few bytes may become whatever the ratio says: a short text repeats itself more than a
  /// long one.
  private static final long SMALL = 16 * 1024;

  private final long most;
  private long left;

  private Expansion(long most) {
    this.most = most;
    this.left = most;
  }

  /// @param most the most bytes there may be when all is decoded
  /// @param ratio how many bytes each encoded byte may become
  /// @param encoded how many encoded bytes there are
  public static Expansion of(long most, int ratio, long encoded) {
    return new Expansion(Math.min(most, Math.max(SMALL, encoded * ratio)));
  }

  /// Counts decoded bytes; false when they are too many.
  public boolean take(long bytes) {
    left -= bytes;
    return left >= 0;
  }

  /// How many bytes may still come; never negative.
  public long left() {
    return Math.max(0, left);
  }

  /// The most bytes there may be.
  public long most() {
    return most;
  }
}

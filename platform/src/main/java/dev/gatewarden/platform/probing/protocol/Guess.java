package dev.gatewarden.platform.probing.protocol;

import java.util.Random;

/// Texts and numbers of every kind that a schema without bounds permits.
public final class Guess {
  private static final int[] LETTERS = "abcXYZ019 -_.'\"éß漢🙂".codePoints().toArray();
  private static final int LONGEST = 2_000;

  private Guess() {}

  /// A text of a length between these, both included.
  public static String text(Random random, int least, int most) {
    int high = Math.max(least, Math.min(most, LONGEST));
    int usual = Math.min(high, least + 24);
    int length =
        switch (random.nextInt(8)) {
          case 0 -> least;
          case 1 -> high;
          default -> least + random.nextInt(usual - least + 1);
        };
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(LETTERS[random.nextInt(LETTERS.length)]);
    }
    return text.toString();
  }

  /// A whole number between these, both included, its bounds often among them.
  public static long whole(Random random, long least, long most) {
    long near = Math.clamp(0L, least, most);
    return switch (random.nextInt(6)) {
      case 0 -> least;
      case 1 -> most;
      case 2 -> near;
      default -> {
        long high = most - 1_000 > near ? near + 1_000 : most;
        yield high <= near ? near : random.nextLong(near, high);
      }
    };
  }
}

package dev.gatewarden.core.schema.format;

/// The rule for labels written from right to left (RFC 5893, section 2).
final class Bidi {

  private Bidi() {}

  /// Whether a name with this character is written from right to left.
  static boolean rightToLeft(int point) {
    byte direction = Character.getDirectionality(point);
    return right(direction) || direction == Character.DIRECTIONALITY_ARABIC_NUMBER;
  }

  static boolean rightToLeft(int[] points, int count) {
    for (int i = 0; i < count; i++) {
      if (rightToLeft(points[i])) {
        return true;
      }
    }
    return false;
  }

  /// Whether a label of such a name obeys the rule.
  static boolean holds(int[] points, int count) {
    byte first = Character.getDirectionality(points[0]);
    if (first == Character.DIRECTIONALITY_LEFT_TO_RIGHT) {
      return !rightToLeft(points, count);
    }
    return right(first) && ends(points, count) && inside(points, count);
  }

  private static boolean right(byte direction) {
    return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
        || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
  }

  private static boolean ends(int[] points, int count) {
    int last = count - 1;
    while (last > 0
        && Character.getDirectionality(points[last]) == Character.DIRECTIONALITY_NONSPACING_MARK) {
      last--;
    }
    byte direction = Character.getDirectionality(points[last]);
    return right(direction)
        || direction == Character.DIRECTIONALITY_EUROPEAN_NUMBER
        || direction == Character.DIRECTIONALITY_ARABIC_NUMBER;
  }

  private static boolean inside(int[] points, int count) {
    boolean european = false;
    boolean arabic = false;
    for (int i = 0; i < count; i++) {
      byte direction = Character.getDirectionality(points[i]);
      european |= direction == Character.DIRECTIONALITY_EUROPEAN_NUMBER;
      arabic |= direction == Character.DIRECTIONALITY_ARABIC_NUMBER;
      if (direction == Character.DIRECTIONALITY_LEFT_TO_RIGHT) {
        return false;
      }
    }
    return !(european && arabic);
  }
}

package dev.gatewarden.core.schema.pattern;

import java.util.Arrays;
import java.util.function.IntPredicate;

/// A set of code points as ranges that are sorted and do not touch: `{low, high, low, high, …}`,
/// both ends included.
record CharSet(int[] ranges) {
  static final CharSet NONE = new CharSet(new int[0]);
  static final CharSet DIGIT = of('0', '9');
  static final CharSet WORD = of('0', '9').or(of('A', 'Z')).or(of('_', '_')).or(of('a', 'z'));
  static final CharSet LINE_END = of('\n', '\n').or(of('\r', '\r')).or(of(0x2028, 0x2029));
  static final CharSet SPACE =
      of(9, 13)
          .or(of(0xFEFF, 0xFEFF))
          .or(LINE_END)
          .or(where(point -> Character.getType(point) == Character.SPACE_SEPARATOR));

  static CharSet of(int low, int high) {
    return new CharSet(new int[] {low, high});
  }

  /// Every code point that has a property.
  static CharSet where(IntPredicate property) {
    int[] found = new int[64];
    int size = 0;
    boolean inside = false;
    for (int point = 0; point <= Character.MAX_CODE_POINT + 1; point++) {
      boolean holds = point <= Character.MAX_CODE_POINT && property.test(point);
      if (holds != inside) {
        if (size + 1 >= found.length) {
          found = Arrays.copyOf(found, found.length * 2);
        }
        found[size++] = inside ? point - 1 : point;
        inside = holds;
      }
    }
    return new CharSet(Arrays.copyOf(found, size));
  }

  CharSet or(CharSet other) {
    int[][] all = new int[(ranges.length + other.ranges.length) / 2][];
    int count = 0;
    for (int[] one : new int[][] {ranges, other.ranges}) {
      for (int i = 0; i < one.length; i += 2) {
        all[count++] = new int[] {one[i], one[i + 1]};
      }
    }
    Arrays.sort(all, (a, b) -> Integer.compare(a[0], b[0]));
    int[] merged = new int[all.length * 2];
    int size = 0;
    for (int[] range : all) {
      if (size > 0 && range[0] <= merged[size - 1] + 1) {
        merged[size - 1] = Math.max(merged[size - 1], range[1]);
      } else {
        merged[size++] = range[0];
        merged[size++] = range[1];
      }
    }
    return new CharSet(Arrays.copyOf(merged, size));
  }

  CharSet not() {
    int[] rest = new int[ranges.length + 2];
    int size = 0;
    int next = 0;
    for (int i = 0; i < ranges.length; i += 2) {
      if (ranges[i] > next) {
        rest[size++] = next;
        rest[size++] = ranges[i] - 1;
      }
      next = ranges[i + 1] + 1;
    }
    if (next <= Character.MAX_CODE_POINT) {
      rest[size++] = next;
      rest[size++] = Character.MAX_CODE_POINT;
    }
    return new CharSet(Arrays.copyOf(rest, size));
  }

  boolean has(int point) {
    for (int i = 0; i < ranges.length && ranges[i] <= point; i += 2) {
      if (point <= ranges[i + 1]) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CharSet that && Arrays.equals(ranges, that.ranges);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(ranges);
  }
}

package dev.gatewarden.core.schema;

import java.util.Arrays;

/// A JSON document without some of its members and items: the original bytes between the gaps, one
/// comma cut with each, so that JSON stays JSON.
public final class GapCopy {
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  private final byte[] json;
  private final int to;
  private final byte[] out;
  private int length;

  private GapCopy(byte[] json, int from, int to) {
    this.json = json;
    this.to = to;
    this.out = new byte[to - from];
  }

  /// One gap: a member with its name, or an item.
  ///
  /// @param from the first byte of the name, or of the item
  /// @param to behind the last byte of the value
  public static long gap(int from, int to) {
    return (long) from << 32 | (Integer.MAX_VALUE - to);
  }

  /// The document without its gaps. Where the whole document is one, `null` is left, because a
  /// document cannot be empty.
  ///
  /// @param gaps made by `gap`, in any order, one inside another or not; the array is sorted
  public static byte[] without(byte[] json, int from, int to, long[] gaps) {
    Arrays.sort(gaps);
    int first = Scan.space(json, from, to);
    GapCopy copy = new GapCopy(json, from, to);
    int at = from;
    for (long gap : gaps) {
      int start = (int) (gap >>> 32);
      if (start <= first) {
        return NULL.clone();
      }
      if (start >= at) {
        copy.append(at, start);
        at = copy.behind(Integer.MAX_VALUE - (int) gap);
      }
    }
    copy.append(at, to);
    return Arrays.copyOf(copy.out, copy.length);
  }

  /// Where to go on behind a gap: the comma before it goes with it, else the comma behind it.
  private int behind(int end) {
    int last = length - 1;
    while (last >= 0 && isSpace(out[last])) {
      last--;
    }
    if (last >= 0 && out[last] == ',') {
      length = last;
      return end;
    }
    int at = end;
    while (at < to && isSpace(json[at])) {
      at++;
    }
    return at < to && json[at] == ',' ? at + 1 : end;
  }

  private void append(int from, int end) {
    System.arraycopy(json, from, out, length, end - from);
    length += end - from;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}

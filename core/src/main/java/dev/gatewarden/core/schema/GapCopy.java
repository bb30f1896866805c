package dev.gatewarden.core.schema;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A JSON document without some of its members and items, and with others masked: the original
/// bytes between, one comma cut with each gap, so that JSON stays JSON.
public final class GapCopy {
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  private final byte[] json;
  private final int to;
  private final byte[] out;
  private int length;

  /// Of each stretch that was copied: where it stands in the copy, and where in the original.
  private int[] copies = new int[16];

  private int[] originals = new int[16];
  private int stretches;

  private int masked;

  private GapCopy(byte[] json, int to, int room) {
    this.json = json;
    this.to = to;
    this.out = new byte[room];
  }

  /// A value that something else stands in for; one that ends where it begins is written between
  /// what stands there, before whatever begins at the same byte.
  ///
  /// @param from the first byte of the value
  /// @param to behind its last byte
  /// @param with one JSON value
  public record Mask(int from, int to, byte[] with) {}

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
    return edited(json, from, to, gaps, List.of());
  }

  /// The document without its gaps and with its masks. What a gap holds is gone, masked or not;
  /// what a mask covers is masked as a whole.
  ///
  /// @param gaps made by `gap`, in any order; the array is sorted
  /// @param masks in any order, one inside another or not
  public static byte[] edited(byte[] json, int from, int to, long[] gaps, List<Mask> masks) {
    return of(json, from, to, gaps, masks).bytes();
  }

  /// The document without its gaps and with all of its masks; null where a mask would be gone with
  /// a gap.
  ///
  /// @param gaps made by `gap`, in any order; the array is sorted
  /// @param masks in any order, none inside another
  public static byte @Nullable [] written(
      byte[] json, int from, int to, long[] gaps, List<Mask> masks) {
    GapCopy copy = of(json, from, to, gaps, masks);
    return copy.masked == masks.size() ? copy.bytes() : null;
  }

  /// The copy together with where its parts come from.
  static GapCopy of(byte[] json, int from, int to, long[] gaps, List<Mask> masks) {
    Arrays.sort(gaps);
    Mask[] covers = masks.toArray(Mask[]::new);
    Arrays.sort(
        covers,
        Comparator.comparingInt(Mask::from)
            .thenComparing(m -> m.from() == m.to() ? Integer.MIN_VALUE : -m.to()));
    int room = to - from + NULL.length;
    for (Mask cover : covers) {
      room += cover.with().length;
    }
    GapCopy copy = new GapCopy(json, to, room);
    copy.run(from, gaps, covers);
    return copy;
  }

  byte[] bytes() {
    return Arrays.copyOf(out, length);
  }

  /// Where a byte of the copy stands in the original.
  int original(int offset) {
    int low = 0;
    int high = stretches - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (copies[middle] <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return stretches == 0 ? offset : originals[low] + offset - copies[low];
  }

  private void run(int from, long[] gaps, Mask[] covers) {
    int first = Scan.space(json, from, to);
    int at = from;
    int gap = 0;
    int cover = 0;
    while (gap < gaps.length || cover < covers.length) {
      int start = gap < gaps.length ? (int) (gaps[gap] >>> 32) : Integer.MAX_VALUE;
      if (cover < covers.length && isBefore(covers[cover], start)) {
        Mask mask = covers[cover++];
        if (mask.from() >= at) {
          append(at, mask.from());
          put(mask);
          masked++;
          at = mask.to();
        }
        continue;
      }
      int end = Integer.MAX_VALUE - (int) gaps[gap++];
      if (start <= first) {
        length = 0;
        stretches = 0;
        masked = 0;
        put(new Mask(first, end, NULL));
        return;
      }
      if (start >= at) {
        append(at, start);
        at = behind(end);
      }
    }
    append(at, to);
  }

  private static boolean isBefore(Mask mask, int gap) {
    return mask.from() < gap || mask.from() == gap && mask.to() == gap;
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
    stretch(from);
    System.arraycopy(json, from, out, length, end - from);
    length += end - from;
  }

  private void put(Mask mask) {
    stretch(mask.from());
    System.arraycopy(mask.with(), 0, out, length, mask.with().length);
    length += mask.with().length;
  }

  private void stretch(int original) {
    if (stretches == copies.length) {
      copies = Arrays.copyOf(copies, stretches * 2);
      originals = Arrays.copyOf(originals, stretches * 2);
    }
    copies[stretches] = length;
    originals[stretches++] = original;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}

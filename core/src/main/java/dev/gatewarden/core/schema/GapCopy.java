package dev.gatewarden.core.schema;

import java.util.Arrays;

/// A document without some of its members and items: the original bytes between the gaps, valid
/// JSON always.
///
/// Reusable; what it holds stays valid until the next cut.
public final class GapCopy {
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  private byte[] bytes = new byte[256];
  private int length;
  private long[] order = new long[16];
  private int count;

  /// The remaining bytes; those from [#length()] on are stale.
  public byte[] bytes() {
    return bytes;
  }

  /// How many bytes remain.
  public int length() {
    return length;
  }

  /// Copies a valid document without the values under some labels: the member with its name, or the
  /// item, and one comma.
  ///
  /// A marked root becomes `null`, because a document cannot be empty.
  ///
  /// @param spans what the judgement of exactly these bytes marked
  /// @param labels bit `n` stands for label `n`
  /// @return how many values were cut
  public int cut(byte[] json, int from, int to, Spans spans, long labels) {
    sort(spans, labels);
    if (bytes.length < to - from + 4) {
      bytes = new byte[Math.max(to - from + 4, bytes.length * 2)];
    }
    length = 0;
    int kept = from;
    int cuts = 0;
    int i = 0;
    while (i < count) {
      int span = (int) order[i];
      int start = spans.startOf(span);
      if (spans.separatorOf(span) >= start) {
        append(NULL, 0, NULL.length);
        return 1;
      }
      int first = spans.separatorOf(span);
      int end = spans.endOf(span);
      int behind = Scan.space(json, end, to);
      cuts++;
      i++;
      while (i < count) {
        int next = (int) order[i];
        if (spans.startOf(next) < end) {
          i++;
        } else if (json[behind] == ',' && spans.separatorOf(next) == behind) {
          end = spans.endOf(next);
          behind = Scan.space(json, end, to);
          cuts++;
          i++;
        } else {
          break;
        }
      }
      boolean leading = json[first] != ',';
      copy(json, kept, leading ? first + 1 : first);
      kept = leading && json[behind] == ',' ? behind + 1 : behind;
    }
    copy(json, kept, to);
    return cuts;
  }

  private void copy(byte[] json, int from, int to) {
    append(json, from, to - from);
  }

  private void append(byte[] source, int from, int size) {
    System.arraycopy(source, from, bytes, length, size);
    length += size;
  }

  /// Brings the spans into the order of the text, what holds others before them.
  private void sort(Spans spans, long labels) {
    count = 0;
    for (int span = 0; span < spans.size(); span++) {
      if ((labels & 1L << spans.label(span)) != 0) {
        if (count == order.length) {
          order = Arrays.copyOf(order, count * 2);
        }
        order[count++] = (long) spans.startOf(span) << 32 | span;
      }
    }
    Arrays.sort(order, 0, count);
  }
}

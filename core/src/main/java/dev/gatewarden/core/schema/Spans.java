package dev.gatewarden.core.schema;

import java.util.Arrays;

/// Where the marked values of a document stand, by label; offsets are into the judged bytes.
public final class Spans {

  /// The label of fields that nothing declares, under [UnknownFields#OBSERVE].
  public static final int UNKNOWN = 62;

  /// The label of places that break the schema, when a broken document is read on. A place that has
  /// an extent is a value that was not read as its schema wants it, and marked values may stand in
  /// it.
  public static final int BROKEN = 63;

  private static final int LABELS = 64;
  private static final int WIDTH = 5;

  private int[] entries = new int[32 * WIDTH];
  private int size;
  private final int[] counts = new int[LABELS];
  private long present;
  private final Memo noted = new Memo();

  /// How many values carry a label.
  public int count(int label) {
    return counts[label];
  }

  /// How many spans there are of any label; they are numbered from 0.
  public int size() {
    return size;
  }

  /// The label of a span.
  public int label(int span) {
    return entries[span * WIDTH];
  }

  /// The number of the `i`-th span of a label, or -1.
  public int find(int label, int i) {
    if (i >= counts[label]) {
      return -1;
    }
    int left = i;
    for (int span = 0; span < size; span++) {
      if (entries[span * WIDTH] == label && left-- == 0) {
        return span;
      }
    }
    return -1;
  }

  /// The number of the first span of a label that is not before span `from`, or -1; walks a label
  /// in one pass.
  public int next(int label, int from) {
    for (int span = from; span < size; span++) {
      if (entries[span * WIDTH] == label) {
        return span;
      }
    }
    return -1;
  }

  /// Where the `i`-th value of a label begins, quotes included.
  public int start(int label, int i) {
    return startOf(at(label, i));
  }

  /// Where the `i`-th value of a label ends: the offset behind it.
  public int end(int label, int i) {
    return endOf(at(label, i));
  }

  /// Where the name before the value begins (its quote), or -1 for items of arrays and the root.
  public int nameStart(int label, int i) {
    return nameOf(at(label, i));
  }

  public int startOf(int span) {
    return entries[span * WIDTH + 3];
  }

  public int endOf(int span) {
    return entries[span * WIDTH + 4];
  }

  public int nameOf(int span) {
    return entries[span * WIDTH + 2];
  }

  /// The byte before the member or item: its comma, or the bracket that opens its object or array;
  /// for the root, which has neither, the end of the document.
  public int separatorOf(int span) {
    return entries[span * WIDTH + 1];
  }

  boolean add(int label, int separator, int name, int start, int end, int most) {
    if (size >= most) {
      return false;
    }
    int base = size * WIDTH;
    if (base == entries.length) {
      entries = Arrays.copyOf(entries, entries.length * 2);
    }
    entries[base] = label;
    entries[base + 1] = separator;
    entries[base + 2] = name;
    entries[base + 3] = start;
    entries[base + 4] = end;
    size++;
    counts[label]++;
    present |= 1L << label;
    return true;
  }

  /// Notes that a value has its span, for whoever reads the value again; false where it was noted
  /// before.
  boolean note(int label, int start) {
    if (noted.get(label, start) != Memo.NONE) {
      return false;
    }
    noted.put(label, start, start);
    return true;
  }

  void clear() {
    size = 0;
    noted.clear();
    while (present != 0) {
      counts[Long.numberOfTrailingZeros(present)] = 0;
      present &= present - 1;
    }
  }

  private int at(int label, int i) {
    int span = find(label, i);
    if (span < 0) {
      throw new IndexOutOfBoundsException("label " + label + " has " + counts[label] + " spans");
    }
    return span;
  }
}

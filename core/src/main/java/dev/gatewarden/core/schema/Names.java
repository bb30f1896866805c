package dev.gatewarden.core.schema;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;

/// A fixed set of names, found by their first and last eight bytes.
final class Names {
  private static final long K1 = 0x9E3779B97F4A7C15L;
  private static final long K2 = 0xC2B2AE3D27D4EB4FL;

  private final byte[][] names;
  private final int[] table;

  /// The names with the quote behind them as words of eight bytes, for [#stands]; the last word of
  /// each is masked.
  private final long[][] words;

  private final long[] masks;
  private final int shift;

  Names(Collection<String> texts) {
    names =
        texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    int bits = 2;
    while (1 << bits < names.length * 3) {
      bits++;
    }
    shift = 64 - bits;
    table = new int[1 << bits];
    words = new long[names.length][];
    masks = new long[names.length];
    for (int i = 0; i < names.length; i++) {
      wordsOf(i);
      int slot = slot(names[i], 0, names[i].length);
      while (table[slot] != 0) {
        slot = (slot + 1) & (table.length - 1);
      }
      table[slot] = i + 1;
    }
  }

  int size() {
    return names.length;
  }

  /// The number of a name that is in the set.
  int index(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return find(bytes, 0, bytes.length);
  }

  String text(int index) {
    return new String(names[index], StandardCharsets.UTF_8);
  }

  private void wordsOf(int index) {
    byte[] name = names[index];
    byte[] padded = Arrays.copyOf(name, name.length + 8 & ~7);
    padded[name.length] = '"';
    boolean plain = true;
    for (byte c : name) {
      plain &= c != '"' && c != '\\' && (c < 0 || c >= ' ');
    }
    long[] found = new long[plain ? padded.length / 8 : 0];
    for (int i = 0; i < found.length; i++) {
      found[i] = (long) Scan.LONG.get(padded, i * 8);
    }
    words[index] = found;
    masks[index] = -1L >>> 8 * (padded.length - name.length - 1);
  }

  /// Whether a name and a closing quote stand in the bytes, exactly as they are kept.
  boolean stands(int index, byte[] b, int from, int to) {
    if (index >= names.length || from + names[index].length >= to) {
      return false;
    }
    long[] expected = words[index];
    int last = expected.length - 1;
    if (last < 0 || from + expected.length * 8 > b.length) {
      return false;
    }
    for (int i = 0; i < last; i++) {
      if ((long) Scan.LONG.get(b, from + i * 8) != expected[i]) {
        return false;
      }
    }
    return ((long) Scan.LONG.get(b, from + last * 8) & masks[index]) == expected[last];
  }

  int length(int index) {
    return names[index].length;
  }

  /// Which name the bytes are, or -1.
  int find(byte[] b, int from, int to) {
    for (int slot = slot(b, from, to); table[slot] != 0; slot = (slot + 1) & (table.length - 1)) {
      int index = table[slot] - 1;
      byte[] name = names[index];
      if (name.length == to - from && Arrays.equals(name, 0, name.length, b, from, to)) {
        return index;
      }
    }
    return -1;
  }

  /// Which name the text between two quotes says, or -1; the text was scanned just now.
  int find(Visit v, int from, int to) {
    if (!v.escaped) {
      return find(v.bytes, from, to);
    }
    Scan.decode(v, from, to);
    return find(v.text, 0, v.textLength);
  }

  private int slot(byte[] b, int from, int to) {
    int length = to - from;
    long hash;
    if (length >= 8) {
      hash =
          (long) Scan.LONG.get(b, from) * K1 ^ Long.rotateLeft((long) Scan.LONG.get(b, to - 8), 29);
    } else {
      long word = 0;
      if (from + 8 <= b.length) {
        word = length == 0 ? 0 : (long) Scan.LONG.get(b, from) << (8 - length) * 8;
      } else {
        for (int i = from; i < to; i++) {
          word = word >>> 8 | (long) b[i] << 56;
        }
      }
      hash = word * K1;
    }
    return (int) ((hash ^ length) * K2 >>> shift);
  }
}

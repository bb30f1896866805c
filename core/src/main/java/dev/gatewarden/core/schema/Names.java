package dev.gatewarden.core.schema;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;

/// A fixed set of names, found by their first and last eight bytes.
final class Names {
  private static final long K1 = 0x9E3779B97F4A7C15L;
  private static final long K2 = 0xC2B2AE3D27D4EB4FL;

  /// A length no document has.
  private static final int NEVER = Integer.MAX_VALUE;

  private final byte[][] names;
  private final int[] table;

  /// Each name as it usually stands in a document, `"name":`, in words of eight bytes; the last
  /// word of each is masked.
  private final long[] words;

  /// Two numbers for each name: where its words begin, and how many bytes they stand for; behind
  /// the last name one that never stands.
  private final int[] shapes;

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
    shapes = new int[names.length * 2 + 2];
    words = wordsOf();
    for (int i = 0; i < names.length; i++) {
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

  private long[] wordsOf() {
    long[] found = new long[names.length * 2];
    int count = 0;
    for (int i = 0; i < names.length; i++) {
      byte[] name = names[i];
      int length = name.length + 3;
      byte[] padded = new byte[length + 7 & ~7];
      System.arraycopy(name, 0, padded, 1, name.length);
      padded[0] = '"';
      padded[length - 2] = '"';
      padded[length - 1] = ':';
      found = Arrays.copyOf(found, Math.max(found.length, count + padded.length / 8));
      shapes[i * 2] = count;
      shapes[i * 2 + 1] = plain(name) ? length : NEVER;
      for (int k = 0; k < padded.length; k += 8) {
        found[count++] = (long) Scan.LONG.get(padded, k);
      }
    }
    shapes[names.length * 2 + 1] = NEVER;
    return found;
  }

  private static boolean plain(byte[] name) {
    boolean plain = true;
    for (byte c : name) {
      plain &= c != '"' && c != '\\' && (c < 0 || c >= ' ');
    }
    return plain;
  }

  /// The offset behind a name, its closing quote and a colon where they stand exactly as they are
  /// kept; -1 when they do not, or too close to the end of the document. The number may be one
  /// beyond the last.
  int stands(int index, byte[] b, int from, int to) {
    int word = shapes[index * 2];
    int length = shapes[index * 2 + 1];
    if (length > to - from - 7) {
      return -1;
    }
    int end = from + length;
    int at = from;
    for (; at + 8 < end; at += 8) {
      if ((long) Scan.LONG.get(b, at) != words[word++]) {
        return -1;
      }
    }
    long mask = -1L >>> (-length << 3);
    return ((long) Scan.LONG.get(b, at) & mask) == words[word] ? end : -1;
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

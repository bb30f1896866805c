package dev.gatewarden.core.document;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The short texts of one document, each kept once: a contract says `type` and `string` ten
/// thousand times.
final class Names {
  private static final int LONGEST = 40;
  private static final String[] INDEXES = new String[256];

  static {
    for (int i = 0; i < INDEXES.length; i++) {
      INDEXES[i] = Integer.toString(i);
    }
  }

  private final @Nullable String[] kept = new @Nullable String[1 << 14];

  /// The text in ASCII bytes.
  String ascii(byte[] text, int from, int to) {
    int length = to - from;
    if (length > LONGEST) {
      return new String(text, from, length, StandardCharsets.ISO_8859_1);
    }
    int hash = length;
    for (int i = from; i < to; i++) {
      hash = hash * 31 + text[i];
    }
    int slot = (hash ^ hash >>> 15) & (kept.length - 1);
    String name = kept[slot];
    if (name == null || !same(name, text, from, length)) {
      name = new String(text, from, length, StandardCharsets.ISO_8859_1);
      kept[slot] = name;
    }
    return name;
  }

  private static boolean same(String name, byte[] text, int from, int length) {
    if (name.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (name.charAt(i) != text[from + i]) {
        return false;
      }
    }
    return true;
  }

  /// The token of an array position.
  static String index(int position) {
    return position < INDEXES.length ? INDEXES[position] : Integer.toString(position);
  }
}

package dev.gatewarden.core.schema;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The lexical grammar of JSON (RFC 8259) over bytes with an explicit limit.
final class Scan {
  static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long QUOTES = 0x2222222222222222L;
  private static final long BACKSLASHES = 0x5C5C5C5C5C5C5C5CL;
  private static final long SPACES = 0x2020202020202020L;
  private static final long K1 = 0x9E3779B97F4A7C15L;
  private static final long K2 = 0xD6E8FEB86659FD93L;

  private Scan() {}

  /// The first offset that is not white space.
  static int space(byte[] b, int from, int to) {
    int at = from;
    while (at < to) {
      byte c = b[at];
      if (c > ' ' || (c != ' ' && c != '\n' && c != '\r' && c != '\t')) {
        return at;
      }
      at++;
    }
    return at;
  }

  /// The first offset that is not white space, where there is seldom any.
  static int behind(byte[] b, int from, int to) {
    return from < to && b[from] > ' ' ? from : space(b, from, to);
  }

  /// Behind a name: the first byte of the value, or the complement of where a colon was missing.
  static int colon(byte[] b, int from, int to) {
    int at = from < to && b[from] == ':' ? from : space(b, from, to);
    if (at >= to || b[at] != ':') {
      return ~at;
    }
    at++;
    return at < to && b[at] > ' ' ? at : space(b, at, to);
  }

  /// The closing quote of the string whose first byte behind the opening quote is given.
  ///
  /// Leaves the length in code points and whether there are escapes in the visit.
  static int string(Visit v, int from) {
    byte[] b = v.bytes;
    int to = v.to;
    int at = from;
    for (int last = to - 8; at <= last; at += 8) {
      long special = special((long) LONG.get(b, at));
      if (special != 0) {
        at += Long.numberOfTrailingZeros(special) >>> 3;
        break;
      }
    }
    for (; at < to; at++) {
      byte c = b[at];
      if (c == '"') {
        v.points = at - from;
        v.escaped = false;
        return at - from <= v.bounds.stringBytes() ? at : v.broken(from, Keyword.MAX_STRING_BYTES);
      }
      if (c == '\\' || c < ' ') {
        return rich(v, from, at);
      }
    }
    return v.broken(to, Keyword.SYNTAX);
  }

  /// The high bit of each byte that is a quote, a backslash, a control character or not ASCII;
  /// exact up to the first: a byte only borrows from the next when it is one of these itself.
  private static long special(long word) {
    return (((word ^ QUOTES) - ONES) | ((word ^ BACKSLASHES) - ONES) | (word - SPACES) | word)
        & HIGHS;
  }

  /// A string with escapes or characters beyond ASCII.
  private static int rich(Visit v, int from, int start) {
    byte[] b = v.bytes;
    int to = v.to;
    int at = start;
    int points = at - from;
    boolean escaped = false;
    while (at < to) {
      byte c = b[at];
      int next;
      if (c == '"') {
        v.points = points;
        v.escaped = escaped;
        return at - from <= v.bounds.stringBytes() ? at : v.broken(from, Keyword.MAX_STRING_BYTES);
      } else if (c == '\\') {
        escaped = true;
        next = escape(b, at, to);
      } else if (c < 0) {
        next = utf8(b, at, to);
      } else {
        next = c < ' ' ? -1 : at + 1;
      }
      if (next < 0) {
        return v.broken(at, c < 0 || next == -2 ? Keyword.ENCODING : Keyword.SYNTAX);
      }
      points++;
      at = next;
    }
    return v.broken(to, Keyword.SYNTAX);
  }

  /// The offset behind an escape; -1 when it is none, -2 when it is half a surrogate pair.
  private static int escape(byte[] b, int at, int to) {
    if (at + 1 >= to) {
      return -1;
    }
    byte kind = b[at + 1];
    if (kind != 'u') {
      return "\"\\/bfnrt".indexOf(kind) < 0 ? -1 : at + 2;
    }
    int unit = hex(b, at + 2, to);
    if (unit < 0) {
      return -1;
    }
    if (unit < 0xD800 || unit > 0xDFFF) {
      return at + 6;
    }
    if (unit > 0xDBFF || at + 7 >= to || b[at + 6] != '\\' || b[at + 7] != 'u') {
      return -2;
    }
    int low = hex(b, at + 8, to);
    return low < 0xDC00 || low > 0xDFFF ? -2 : at + 12;
  }

  /// The value of four hexadecimal digits, or -1.
  static int hex(byte[] b, int at, int to) {
    if (at + 4 > to) {
      return -1;
    }
    int value = 0;
    for (int i = at; i < at + 4; i++) {
      int digit = Character.digit(b[i], 16);
      if (b[i] < 0 || digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  /// The offset behind one character of UTF-8 beyond ASCII (RFC 3629), or -1.
  static int utf8(byte[] b, int at, int to) {
    int lead = b[at] & 0xFF;
    if (lead < 0xC2 || lead > 0xF4) {
      return -1;
    }
    int length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (at + length > to) {
      return -1;
    }
    int second = b[at + 1] & 0xFF;
    int low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    int high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (second < low || second > high) {
      return -1;
    }
    for (int i = at + 2; i < at + length; i++) {
      if ((b[i] & 0xC0) != 0x80) {
        return -1;
      }
    }
    return at + length;
  }

  /// Decodes a string that was scanned before into the visit's text, as UTF-8.
  static void decode(Visit v, int from, int end) {
    byte[] b = v.bytes;
    byte[] text = v.textOf(end - from);
    int length = 0;
    int at = from;
    while (at < end) {
      byte c = b[at];
      if (c != '\\') {
        text[length++] = c;
        at++;
        continue;
      }
      int point = JsonText.escaped(b, at);
      at += b[at + 1] != 'u' ? 2 : point > 0xFFFF ? 12 : 6;
      length = JsonText.putUtf8(point, text, length);
    }
    v.textLength = length;
  }

  /// The offset behind `true`, `false` or `null`.
  static int literal(Visit v, int at, byte[] word) {
    int end = at + word.length;
    if (end > v.to) {
      return v.broken(at, Keyword.SYNTAX);
    }
    byte[] b = v.bytes;
    for (int i = 1; i < word.length; i++) {
      if (b[at + i] != word[i]) {
        return v.broken(at, Keyword.SYNTAX);
      }
    }
    return end;
  }

  /// A hash of bytes that nobody can steer who does not know the seed.
  static long hash(byte[] b, int from, int to, long seed) {
    long hash = seed ^ (to - from) * K1;
    int at = from;
    for (; at + 8 <= to; at += 8) {
      hash = mix(hash ^ (long) LONG.get(b, at), K2);
    }
    long tail = 0;
    for (; at < to; at++) {
      tail = tail << 8 | (b[at] & 0xFF);
    }
    return mix(hash ^ tail ^ K2, seed | 1);
  }

  static long mix(long a, long b) {
    return Math.multiplyHigh(a, b) ^ (a * b) ^ (a >>> 29);
  }
}

package dev.gatewarden.core.schema;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads single values out of judged JSON bytes, without a tree.
///
/// Every span is one that a judgement found: it is well formed, and its offsets include the quotes
/// of a string.
public final class JsonText {

  private JsonText() {}

  /// Whether the value is a string.
  public static boolean isString(byte[] json, int start, int end) {
    return end - start >= 2 && json[start] == '"';
  }

  /// Whether the value is a number.
  public static boolean isNumber(byte[] json, int start, int end) {
    return end > start && (json[start] == '-' || (json[start] >= '0' && json[start] <= '9'));
  }

  /// Whether the value is `null`.
  public static boolean isNull(byte[] json, int start, int end) {
    return end - start == 4 && json[start] == 'n';
  }

  /// Whether the value is a string that says exactly the given UTF-8, however it is escaped;
  /// allocates nothing.
  public static boolean says(byte[] json, int start, int end, byte[] expected) {
    if (!isString(json, start, end)) {
      return false;
    }
    int at = start + 1;
    int stop = end - 1;
    int i = 0;
    while (at < stop) {
      byte c = json[at];
      if (c != '\\') {
        if (i >= expected.length || expected[i++] != c) {
          return false;
        }
        at++;
        continue;
      }
      int point = escaped(json, at);
      at += json[at + 1] != 'u' ? 2 : point > 0xFFFF ? 12 : 6;
      int width = width(point);
      for (int k = 0; k < width; k++) {
        if (i >= expected.length || expected[i++] != utf8(point, width, k)) {
          return false;
        }
      }
    }
    return i == expected.length;
  }

  /// Whether two spans are strings that say the same; allocates nothing.
  public static boolean sameString(byte[] json, int start, int end, int otherStart, int otherEnd) {
    return isString(json, start, end)
        && isString(json, otherStart, otherEnd)
        && sameText(json, start + 1, end - 1, otherStart + 1, otherEnd - 1);
  }

  /// Whether the text between two quotes says the same as other text between quotes.
  static boolean sameText(byte[] b, int start, int end, int otherStart, int otherEnd) {
    int i = start;
    int k = otherStart;
    while (i < end && k < otherEnd) {
      if (b[i] != '\\' && b[k] != '\\') {
        if (b[i++] != b[k++]) {
          return false;
        }
        continue;
      }
      int point = point(b, i);
      if (point != point(b, k)) {
        return false;
      }
      i += length(b, i, point);
      k += length(b, k, point);
    }
    return i == end && k == otherEnd;
  }

  private static int point(byte[] b, int at) {
    if (b[at] == '\\') {
      return escaped(b, at);
    }
    int lead = b[at] & 0xFF;
    if (lead < 0x80) {
      return lead;
    }
    if (lead < 0xE0) {
      return (lead & 0x1F) << 6 | (b[at + 1] & 0x3F);
    }
    if (lead < 0xF0) {
      return (lead & 0x0F) << 12 | (b[at + 1] & 0x3F) << 6 | (b[at + 2] & 0x3F);
    }
    return (lead & 0x07) << 18
        | (b[at + 1] & 0x3F) << 12
        | (b[at + 2] & 0x3F) << 6
        | (b[at + 3] & 0x3F);
  }

  private static int length(byte[] b, int at, int point) {
    if (b[at] != '\\') {
      return width(point);
    }
    return b[at + 1] != 'u' ? 2 : point > 0xFFFF ? 12 : 6;
  }

  /// What a string says, and a number as it is written, so that `1.0` is not `1`; null for every
  /// other value. This is how ids, owners and tenants are read everywhere.
  public static @Nullable String plain(byte[] json, int start, int end) {
    if (isString(json, start, end)) {
      return decode(json, start, end);
    }
    return isNumber(json, start, end)
        ? new String(json, start, end - start, StandardCharsets.US_ASCII)
        : null;
  }

  /// The offset behind a value of a document that was judged to be JSON.
  public static int end(byte[] json, int start) {
    return Skip.over(json, start);
  }

  /// The offset behind a string of a document that was judged to be JSON.
  ///
  /// @param quote where it begins
  public static int endOfString(byte[] json, int quote) {
    return Skip.quote(json, quote + 1) + 1;
  }

  /// The text a string span says.
  public static String decode(byte[] json, int start, int end) {
    byte[] text = new byte[end - start];
    int length = 0;
    int at = start + 1;
    while (at < end - 1) {
      byte c = json[at];
      if (c != '\\') {
        text[length++] = c;
        at++;
        continue;
      }
      int point = escaped(json, at);
      at += length(json, at, point);
      length = putUtf8(point, text, length);
    }
    return new String(text, 0, length, StandardCharsets.UTF_8);
  }

  /// Whether two number spans are written alike, byte for byte: `1` and `1.0` are not.
  public static boolean sameLiteral(byte[] json, int start, int end, byte[] expected) {
    return Arrays.equals(json, start, end, expected, 0, expected.length);
  }

  /// Whether two number spans mean the same number: `1`, `1.0` and `10e-1` do; allocates nothing.
  public static boolean sameNumber(
      byte[] json, int start, int end, byte[] other, int otherStart, int otherEnd) {
    return isNumber(json, start, end)
        && isNumber(other, otherStart, otherEnd)
        && Decimal.same(json, start, end, other, otherStart, otherEnd);
  }

  /// The code point of the escape at an offset.
  static int escaped(byte[] b, int at) {
    return switch (b[at + 1]) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        int unit = Scan.hex(b, at + 2, b.length);
        yield unit >= 0xD800 && unit <= 0xDBFF
            ? Character.toCodePoint((char) unit, (char) Scan.hex(b, at + 8, b.length))
            : unit;
      }
      default -> b[at + 1];
    };
  }

  static int putUtf8(int point, byte[] to, int at) {
    int width = width(point);
    for (int k = 0; k < width; k++) {
      to[at + k] = utf8(point, width, k);
    }
    return at + width;
  }

  private static int width(int point) {
    return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }

  private static byte utf8(int point, int width, int k) {
    if (width == 1) {
      return (byte) point;
    }
    int bits = point >>> 6 * (width - 1 - k);
    if (k > 0) {
      return (byte) (0x80 | (bits & 0x3F));
    }
    return (byte) (bits | (width == 2 ? 0xC0 : width == 3 ? 0xE0 : 0xF0));
  }
}

package dev.gatewarden.core.canon.json;

import java.nio.charset.StandardCharsets;

/// The words of JSON (RFC 8259) over bytes with an explicit limit; every method answers -1 where
/// there is no such word.
final class JsonLexer {
  final byte[] bytes;
  final int to;

  JsonLexer(byte[] bytes, int to) {
    this.bytes = bytes;
    this.to = to;
  }

  /// The first place that is not white space.
  int space(int from) {
    int at = from;
    while (at < to
        && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
      at++;
    }
    return at;
  }

  boolean is(int at, char c) {
    return at < to && bytes[at] == c;
  }

  /// The closing quote of the string that opens at a place; its text is sound UTF-8 without half
  /// surrogate pairs.
  int quote(int open) {
    if (!is(open, '"')) {
      return -1;
    }
    int at = open + 1;
    while (at >= 0 && at < to) {
      byte b = bytes[at];
      if (b == '"') {
        return at;
      }
      at = b == '\\' ? escape(at) : b < 0 ? utf8(at) : b < ' ' ? -1 : at + 1;
    }
    return -1;
  }

  private int escape(int at) {
    if (at + 1 >= to) {
      return -1;
    }
    if (bytes[at + 1] != 'u') {
      return "\"\\/bfnrt".indexOf(bytes[at + 1]) < 0 ? -1 : at + 2;
    }
    int unit = unit(at);
    if (unit < 0 || (unit >= 0xDC00 && unit <= 0xDFFF)) {
      return -1;
    }
    if (unit < 0xD800 || unit > 0xDBFF) {
      return at + 6;
    }
    int low = is(at + 6, '\\') && is(at + 7, 'u') ? unit(at + 6) : -1;
    return low >= 0xDC00 && low <= 0xDFFF ? at + 12 : -1;
  }

  /// The code unit that an escape spells, or -1.
  private int unit(int at) {
    if (at + 6 > to) {
      return -1;
    }
    int unit = 0;
    for (int i = at + 2; i < at + 6; i++) {
      int digit = bytes[i] < 0 ? -1 : Character.digit(bytes[i], 16);
      if (digit < 0) {
        return -1;
      }
      unit = unit << 4 | digit;
    }
    return unit;
  }

  /// The place behind one character beyond ASCII (RFC 3629), or -1.
  private int utf8(int at) {
    int lead = bytes[at] & 0xFF;
    int length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    if (length == 0 || at + length > to) {
      return -1;
    }
    int second = bytes[at + 1] & 0xFF;
    int least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    int most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (second < least || second > most) {
      return -1;
    }
    for (int i = at + 2; i < at + length; i++) {
      if ((bytes[i] & 0xC0) != 0x80) {
        return -1;
      }
    }
    return at + length;
  }

  /// The text between two quotes, which `quote` found.
  String text(int open, int close) {
    for (int i = open + 1; i < close; i++) {
      if (bytes[i] == '\\') {
        return unescaped(open + 1, close);
      }
    }
    return new String(bytes, open + 1, close - open - 1, StandardCharsets.UTF_8);
  }

  private String unescaped(int from, int close) {
    StringBuilder text = new StringBuilder(close - from);
    int plain = from;
    int at = from;
    while (at < close) {
      if (bytes[at] != '\\') {
        at++;
        continue;
      }
      text.append(new String(bytes, plain, at - plain, StandardCharsets.UTF_8));
      char kind = (char) bytes[at + 1];
      switch (kind) {
        case 'u' -> text.append((char) unit(at));
        case 'b' -> text.append('\b');
        case 'f' -> text.append('\f');
        case 'n' -> text.append('\n');
        case 'r' -> text.append('\r');
        case 't' -> text.append('\t');
        default -> text.append(kind);
      }
      at += kind == 'u' ? 6 : 2;
      plain = at;
    }
    return text.append(new String(bytes, plain, close - plain, StandardCharsets.UTF_8)).toString();
  }

  /// The place behind the number that begins at a place, or -1.
  int number(int from) {
    int at = is(from, '-') ? from + 1 : from;
    int digits = digits(at);
    if (digits < 0 || (bytes[at] == '0' && digits > at + 1)) {
      return -1;
    }
    at = digits;
    if (is(at, '.')) {
      at = digits(at + 1);
    }
    if (at >= 0 && (is(at, 'e') || is(at, 'E'))) {
      at = digits(is(at + 1, '+') || is(at + 1, '-') ? at + 2 : at + 1);
    }
    return at;
  }

  private int digits(int from) {
    int at = from;
    while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    return at == from ? -1 : at;
  }

  /// The place behind `true`, `false` or `null`, or -1.
  int literal(int from) {
    String word =
        switch (from < to ? bytes[from] : 0) {
          case 't' -> "true";
          case 'f' -> "false";
          case 'n' -> "null";
          default -> "";
        };
    for (int i = 0; i < word.length(); i++) {
      if (!is(from + i, word.charAt(i))) {
        return -1;
      }
    }
    return word.isEmpty() ? -1 : from + word.length();
  }

  /// The place behind any value, or -1.
  int value(int from, int depth) {
    if (from >= to || depth < 0) {
      return -1;
    }
    return switch (bytes[from]) {
      case '"' -> {
        int close = quote(from);
        yield close < 0 ? -1 : close + 1;
      }
      case '{', '[' -> collection(from, depth);
      case 't', 'f', 'n' -> literal(from);
      default -> number(from);
    };
  }

  private int collection(int from, int depth) {
    boolean object = bytes[from] == '{';
    char end = object ? '}' : ']';
    int at = space(from + 1);
    if (is(at, end)) {
      return at + 1;
    }
    while (true) {
      if (object) {
        at = behindName(at);
        if (at < 0) {
          return -1;
        }
      }
      at = value(at, depth - 1);
      if (at < 0) {
        return -1;
      }
      at = space(at);
      if (is(at, end)) {
        return at + 1;
      }
      if (!is(at, ',')) {
        return -1;
      }
      at = space(at + 1);
    }
  }

  /// The first place of a member's value, given that of its name; or -1.
  int behindName(int open) {
    int close = quote(open);
    int colon = close < 0 ? -1 : space(close + 1);
    return colon >= 0 && is(colon, ':') ? space(colon + 1) : -1;
  }
}

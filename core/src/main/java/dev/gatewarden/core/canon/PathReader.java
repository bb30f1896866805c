package dev.gatewarden.core.canon;

import dev.gatewarden.core.GatewardenBug;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/// Reads a path (RFC 3986, section 3.3).
///
/// Refused, because servers disagree: dot segments, plain or encoded (some resolve them before
/// routing, some after, some never); empty segments (merged or kept); an encoded slash or any
/// backslash (separator or data); semicolons, plain or encoded (cut off with what follows, or
/// kept); what is percent-encoded twice; a segment that ends in a dot or begins or ends with white
/// space (cut off by some file systems and frameworks); text that is not NFC (equal to a person,
/// different to a computer); characters that some platforms turn into a dot, a slash or a percent
/// sign on the way, and invisible ones. Where a contract has parameters in the style `matrix`, bare
/// semicolons are read as theirs. A slash at the end is kept: whether a contract lists it is the
/// Router's question.
///
/// In the canonical path letters, digits, `-._~` and `!$&'()*,=:@` stand as they are, everything
/// else is percent-encoded in upper case; so is `+`, which some servers read as a space, and a
/// comma that came so, because lists are parted at the bare ones (RFC 3986, section 2.2).
public final class PathReader {
  private PathReader() {}

  /// The canonical path, or why there is none. An already canonical path without percent signs is
  /// returned as it is.
  public static OneReading<String> read(String raw) {
    return read(raw, raw.length(), false);
  }

  /// @param matrix whether a bare semicolon may stand in a segment, behind a name that no server
  ///     takes for a dot segment
  static OneReading<String> read(String raw, int to, boolean matrix) {
    if (to == 0 || raw.charAt(0) != '/') {
      return OneReading.refused(Ambiguity.NOT_ORIGIN_FORM);
    }
    boolean plain = true;
    for (int i = 1, begin = 1; i <= to; i++) {
      char c = i == to ? '/' : raw.charAt(i);
      if (c == '/') {
        Ambiguity why = plain ? segment(raw, begin, i, i == to) : null;
        if (why != null) {
          return OneReading.refused(why);
        }
        begin = i + 1;
      } else if (!Characters.isPath(c) && !(matrix && c == ';')) {
        if (c != '%' && c != '+') {
          return OneReading.refused(illegal(c));
        }
        plain = false;
      }
    }
    if (plain) {
      return OneReading.of(to == raw.length() ? raw : raw.substring(0, to));
    }
    return decoded(raw, to, matrix);
  }

  /// The text of a stretch of a canonical path.
  public static String decode(String canonical, int from, int to) {
    int percent = canonical.indexOf('%', from);
    if (percent < 0 || percent >= to) {
      return canonical.substring(from, to);
    }
    PercentBytes bytes = new PercentBytes(canonical, from, to, false);
    String text = bytes.text();
    if (text == null) {
      throw new GatewardenBug("a path was decoded that is not canonical");
    }
    return text;
  }

  /// The path segment that spells a text, percent-encoded as a canonical path has it.
  public static String encode(String text) {
    StringBuilder to = new StringBuilder(text.length() + 16);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (byte b : bytes) {
      write(b, to);
    }
    return to.toString();
  }

  private static Ambiguity illegal(char c) {
    return switch (c) {
      case '\\' -> Ambiguity.SEPARATOR_IN_SEGMENT;
      case ';' -> Ambiguity.PATH_PARAMETER;
      case '#' -> Ambiguity.FRAGMENT;
      default -> Ambiguity.ILLEGAL_CHARACTER;
    };
  }

  private static OneReading<String> decoded(String raw, int to, boolean matrix) {
    PercentBytes bytes = new PercentBytes(raw, 0, to, false);
    if (bytes.broken) {
      return OneReading.refused(Ambiguity.BROKEN_ESCAPE);
    }
    if (bytes.slash) {
      return OneReading.refused(Ambiguity.SEPARATOR_IN_SEGMENT);
    }
    String text = bytes.text();
    if (text == null) {
      return OneReading.refused(Ambiguity.NOT_UTF8);
    }
    Ambiguity why = judge(text, matrix);
    if (why != null) {
      return OneReading.refused(why);
    }
    StringBuilder canonical = new StringBuilder(to);
    for (int i = 0; i < to; i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        byte b = PercentBytes.at(raw, i);
        i += 2;
        if (b == ';') {
          return OneReading.refused(Ambiguity.PATH_PARAMETER);
        } else if (b == ',') {
          Characters.escape(b, canonical);
        } else {
          write(b, canonical);
        }
      } else if (c == '/' || c == ';') {
        canonical.append(c);
      } else {
        write((byte) c, canonical);
      }
    }
    return OneReading.of(canonical.toString());
  }

  private static @Nullable Ambiguity judge(String text, boolean matrix) {
    for (int i = 1, begin = 1; i <= text.length(); i++) {
      char c = i == text.length() ? '/' : text.charAt(i);
      if (c == '/') {
        Ambiguity why = segment(text, begin, i, i == text.length());
        if (why != null) {
          return why;
        }
        begin = i + 1;
      } else if (Character.isISOControl(c)) {
        return Ambiguity.CONTROL_CHARACTER;
      } else if (c == '\\') {
        return Ambiguity.SEPARATOR_IN_SEGMENT;
      } else if (c == ';' && !matrix) {
        return Ambiguity.PATH_PARAMETER;
      } else if (c == '%' && Characters.isEscape(text, i)) {
        return Ambiguity.DOUBLE_ENCODING;
      }
    }
    return Normalizer.isNormalized(text, Normalizer.Form.NFC)
        ? Lookalikes.fault(text)
        : Ambiguity.NOT_NORMALIZED;
  }

  private static @Nullable Ambiguity segment(String text, int from, int to, boolean last) {
    if (from == to) {
      return last ? null : Ambiguity.EMPTY_SEGMENT;
    }
    char end = text.charAt(to - 1);
    if (end == '.') {
      boolean dots = to - from == 1 || (to - from == 2 && text.charAt(from) == '.');
      return dots ? Ambiguity.DOT_SEGMENT : Ambiguity.TRIMMED_SEGMENT;
    }
    return isBlank(end) || isBlank(text.charAt(from)) ? Ambiguity.TRIMMED_SEGMENT : null;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || (c > 127 && (Character.isSpaceChar(c) || Character.isWhitespace(c)));
  }

  private static void write(byte b, StringBuilder to) {
    if (b >= 0 && Characters.isPath((char) b)) {
      to.append((char) b);
    } else {
      Characters.escape(b, to);
    }
  }
}

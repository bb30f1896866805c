package dev.gatewarden.core.schema.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The usual shapes of some formats, told with one look at the raw bytes of a string.
///
/// Each answers where the closing quote stands when the text up to it has the format and is plain
/// ASCII without escapes, or -1 when that takes a closer look; -1 says nothing about the text.
/// Eight bytes are looked at together where that serves.
public final class Glances {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGHS = 0x8080808080808080L;
  private static final long ONES = 0x0101010101010101L;
  private static final long HTTPS = 0x2F2F3A7370747468L;
  private static final long HTTP = 0x002F2F3A70747468L;
  private static final long SEVEN_BYTES = -1L >>> 8;

  /// Beside letters and digits: what may stand in a URI anywhere behind the scheme.
  private static final String URI_OTHERS = "!$&'()*+,-./;=?_~";

  private static final int LETTER_OR_DIGIT = 1;
  private static final int HYPHEN = 2;
  private static final int DOT = 4;
  private static final int ATOM = 8;

  private static final boolean[] IN_URI = new boolean[128];
  private static final byte[] KINDS = new byte[128];

  static {
    for (byte c = 0; c >= 0 && c < 127; c++) {
      boolean usual = Addresses.letterOrDigit(c);
      IN_URI[c] = usual || URI_OTHERS.indexOf(c) >= 0;
      boolean atom = usual || "!#$%&'*+-/=?^_`{|}~".indexOf(c) >= 0;
      KINDS[c] =
          (byte)
              ((usual ? LETTER_OR_DIGIT : 0)
                  | (atom ? ATOM : 0)
                  | (c == '-' ? HYPHEN : c == '.' ? DOT : 0));
    }
  }

  private Glances() {}

  /// A web address without user, port and fragment.
  public static int uri(byte[] b, int from, int to) {
    int last = to - 8;
    if (from > last) {
      return -1;
    }
    long head = (long) LONG.get(b, from);
    int at = head == HTTPS ? from + 8 : (head & SEVEN_BYTES) == HTTP ? from + 7 : to;
    while (at <= last) {
      long other = beyondPath((long) LONG.get(b, at));
      if (other == 0) {
        at += 8;
        continue;
      }
      at += Long.numberOfTrailingZeros(other) >>> 3;
      byte c = b[at];
      if (c == '"') {
        return at;
      }
      if (c < 0 || !IN_URI[c]) {
        return -1;
      }
      at++;
    }
    return -1;
  }

  /// The high bit of each byte that is no letter, no digit and none of `&'()*+,-./`; exact up to
  /// the first.
  private static long beyondPath(long word) {
    long plain = word & ~HIGHS;
    long folded = plain | ONES * 0x20;
    long letter = (folded + ONES * (0x80 - 'a')) & ~(folded + ONES * (0x7F - 'z'));
    long middle = (plain + ONES * (0x80 - '&')) & ~(plain + ONES * (0x7F - '9'));
    return (~(letter | middle) | word) & HIGHS;
  }

  /// A time of a day in any year, without a leap second.
  public static int dateTime(byte[] b, int from, int to) {
    if (to - from < 26 || b[from + 10] != 'T' || date(b, from) < 0) {
      return -1;
    }
    int clock = time(b, from + 11);
    if (clock < 0) {
      return -1;
    }
    int at = from + 19;
    if (b[at] == '.') {
      at++;
      int first = at;
      while (at < to && b[at] >= '0' && b[at] <= '9') {
        at++;
      }
      if (at == first || to - at < 7) {
        return -1;
      }
    }
    int quote = zone(b, at);
    return quote > 0 && b[quote] == '"' ? quote : -1;
  }

  /// Behind `Z` or an offset, or -1; six more bytes can be read.
  private static int zone(byte[] b, int at) {
    if (b[at] == 'Z') {
      return at + 1;
    }
    int hours = two(b, at + 1);
    int minutes = two(b, at + 4);
    boolean offset =
        (b[at] == '+' || b[at] == '-')
            && b[at + 3] == ':'
            && hours >= 0
            && hours <= 23
            && minutes >= 0
            && minutes <= 59;
    return offset ? at + 6 : -1;
  }

  /// A day.
  public static int date(byte[] b, int from, int to) {
    return to - from > 10 && b[from + 10] == '"' && date(b, from) >= 0 ? from + 10 : -1;
  }

  /// Zero for a day that exists; the last days of months are left to a closer look.
  private static int date(byte[] b, int at) {
    int century = two(b, at);
    int year = two(b, at + 2);
    int month = two(b, at + 5);
    int day = two(b, at + 8);
    boolean exists =
        (century | year) >= 0
            && month >= 1
            && month <= 12
            && day >= 1
            && (day <= 28 || (day <= 30 && month != 2))
            && b[at + 4] == '-'
            && b[at + 7] == '-';
    return exists ? 0 : -1;
  }

  private static int time(byte[] b, int at) {
    int hour = two(b, at);
    int minute = two(b, at + 3);
    int second = two(b, at + 6);
    boolean exists =
        (hour | minute | second) >= 0
            && hour <= 23
            && minute <= 59
            && second <= 59
            && b[at + 2] == ':'
            && b[at + 5] == ':';
    return exists ? 0 : -1;
  }

  /// Two digits, or a negative number.
  private static int two(byte[] b, int at) {
    int tens = b[at] - '0';
    int ones = b[at + 1] - '0';
    return (tens | ones | (9 - tens) | (9 - ones)) < 0 ? -1 : tens * 10 + ones;
  }

  /// RFC 4122, section 3.
  public static int uuid(byte[] b, int from, int to) {
    if (to - from <= 36
        || b[from + 36] != '"'
        || b[from + 8] != '-'
        || b[from + 13] != '-'
        || b[from + 18] != '-'
        || b[from + 23] != '-') {
      return -1;
    }
    // The hyphens of the second and third word are taken for digits: they were looked at.
    long second = (long) LONG.get(b, from + 9) ^ (long) ('-' ^ '0') << 32;
    long third =
        (long) LONG.get(b, from + 16) ^ (long) ('-' ^ '0') << 16 ^ (long) ('-' ^ '0') << 56;
    long digits =
        hexadecimal((long) LONG.get(b, from))
            & hexadecimal(second)
            & hexadecimal(third)
            & hexadecimal((long) LONG.get(b, from + 24))
            & hexadecimal((long) LONG.get(b, from + 28));
    return digits == HIGHS ? from + 36 : -1;
  }

  /// The high bit of each byte that is a hexadecimal digit.
  private static long hexadecimal(long word) {
    long plain = word & ~HIGHS;
    long folded = plain | ONES * 0x20;
    long letter = (folded + ONES * (0x80 - 'a')) & ~(folded + ONES * (0x7F - 'f'));
    long digit = (plain + ONES * (0x80 - '0')) & ~(plain + ONES * (0x7F - '9'));
    return (letter | digit) & ~word & HIGHS;
  }

  /// A mailbox whose local part is an atom with dots, at a short domain without two hyphens in a
  /// row.
  public static int email(byte[] b, int from, int to) {
    int at = from;
    int before = DOT;
    while (at < to && b[at] >= 0 && KINDS[b[at]] != 0) {
      int kind = KINDS[b[at]];
      if ((kind & before & DOT) != 0) {
        return -1;
      }
      before = kind;
      at++;
    }
    if (at >= to || b[at] != '@' || before == DOT || at - from > 64) {
      return -1;
    }
    int quote = domain(b, at + 1, to);
    return quote - at <= 63 ? quote : -1;
  }

  private static int domain(byte[] b, int from, int to) {
    int at = from;
    boolean usual = false;
    while (at < to && b[at] >= 0) {
      int kind = KINDS[b[at]] & (LETTER_OR_DIGIT | HYPHEN | DOT);
      if (kind == 0) {
        return usual && b[at] == '"' ? at : -1;
      }
      if (kind != LETTER_OR_DIGIT && !usual) {
        return -1;
      }
      usual = kind == LETTER_OR_DIGIT;
      at++;
    }
    return -1;
  }
}

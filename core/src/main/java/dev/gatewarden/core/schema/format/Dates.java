package dev.gatewarden.core.schema.format;

/// Dates, times and durations of RFC 3339.
public final class Dates {

  private Dates() {}

  /// `full-date` (section 5.6).
  public static boolean date(byte[] b, int from, int to) {
    if (to - from != 10 || b[from + 4] != '-' || b[from + 7] != '-') {
      return false;
    }
    int year = number(b, from, 4);
    int month = number(b, from + 5, 2);
    int day = number(b, from + 8, 2);
    return year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= days(year, month);
  }

  private static int days(int year, int month) {
    if (month == 2) {
      return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
    }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
  }

  /// `full-time` (section 5.6); a leap second only where it can be one in UTC.
  public static boolean time(byte[] b, int from, int to) {
    if (to - from < 9 || b[from + 2] != ':' || b[from + 5] != ':') {
      return false;
    }
    int hour = number(b, from, 2);
    int minute = number(b, from + 3, 2);
    int second = number(b, from + 6, 2);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) {
      return false;
    }
    int at = from + 8;
    if (b[at] == '.') {
      int digits = at + 1;
      at = digits(b, digits, to);
      if (at == digits) {
        return false;
      }
    }
    int offset = offset(b, at, to);
    if (offset == Integer.MIN_VALUE) {
      return false;
    }
    int utc = Math.floorMod(hour * 60 + minute - offset, 24 * 60);
    return second < 60 || utc == 23 * 60 + 59;
  }

  /// The offset in minutes, or the smallest number when there is none.
  private static int offset(byte[] b, int at, int to) {
    if (to - at == 1 && (b[at] | 0x20) == 'z') {
      return 0;
    }
    if (to - at != 6 || (b[at] != '+' && b[at] != '-') || b[at + 3] != ':') {
      return Integer.MIN_VALUE;
    }
    int hour = number(b, at + 1, 2);
    int minute = number(b, at + 4, 2);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59) {
      return Integer.MIN_VALUE;
    }
    return b[at] == '-' ? -(hour * 60 + minute) : hour * 60 + minute;
  }

  /// `date-time` (section 5.6).
  public static boolean dateTime(byte[] b, int from, int to) {
    return to - from > 11
        && (b[from + 10] | 0x20) == 't'
        && date(b, from, from + 10)
        && time(b, from + 11, to);
  }

  /// `duration` (appendix A): weeks alone, or units that follow each other without a gap.
  public static boolean duration(byte[] b, int from, int to) {
    if (to - from < 3 || b[from] != 'P') {
      return false;
    }
    int at = from + 1;
    if (b[to - 1] == 'W') {
      return digits(b, at, to) == to - 1;
    }
    if (b[at] != 'T') {
      at = units(b, at, to, "YMD");
    }
    if (at < 0 || at == to) {
      return at == to;
    }
    return b[at] == 'T' && at + 1 < to && units(b, at + 1, to, "HMS") == to;
  }

  /// Behind units of some kinds in their order, or -1.
  private static int units(byte[] b, int from, int to, String kinds) {
    int at = from;
    int last = -1;
    while (at < to && b[at] != 'T') {
      int end = digits(b, at, to);
      int kind = end == at || end >= to ? -1 : kinds.indexOf(b[end]);
      if (kind < 0 || (last >= 0 && kind != last + 1)) {
        return -1;
      }
      last = kind;
      at = end + 1;
    }
    return at == from ? -1 : at;
  }

  private static int digits(byte[] b, int from, int to) {
    int at = from;
    while (at < to && b[at] >= '0' && b[at] <= '9') {
      at++;
    }
    return at;
  }

  private static int number(byte[] b, int from, int count) {
    int value = 0;
    for (int i = from; i < from + count; i++) {
      if (b[i] < '0' || b[i] > '9') {
        return -1;
      }
      value = value * 10 + b[i] - '0';
    }
    return value;
  }
}

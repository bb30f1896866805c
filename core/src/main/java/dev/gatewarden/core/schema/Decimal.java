package dev.gatewarden.core.schema;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A number exactly as written: a sign and `0.d₁d₂… × 10^scale`, where neither the first nor the
/// last digit is zero.
///
/// Zero has no digits, scale 0 and no sign.
final class Decimal {
  final boolean negative;
  final byte[] digits;
  final int scale;

  private Decimal(boolean negative, byte[] digits, int scale) {
    this.negative = negative;
    this.digits = digits;
    this.scale = scale;
  }

  /// The number a literal of JSON says.
  static Decimal of(String literal) {
    byte[] b = literal.getBytes(StandardCharsets.US_ASCII);
    return of(b, 0, b.length);
  }

  static Decimal of(byte[] b, int start, int end) {
    Visit v = new Visit(0);
    v.digits = new byte[Math.max(1, end - start)];
    read(v, b, start, end);
    return new Decimal(v.negative, Arrays.copyOf(v.digits, v.digitCount), v.scale);
  }

  /// Whether two well-formed literals mean the same number; allocates nothing.
  static boolean same(byte[] b, int start, int end, byte[] other, int otherStart, int otherEnd) {
    int one = significant(b, start, end);
    int two = significant(other, otherStart, otherEnd);
    if (one < 0 || two < 0) {
      return one < 0 && two < 0;
    }
    if ((b[start] == '-') != (other[otherStart] == '-')
        || scale(b, start, end, one) != scale(other, otherStart, otherEnd, two)) {
      return false;
    }
    int i = one;
    int k = two;
    while (i >= 0 || k >= 0) {
      if ((i < 0 ? '0' : b[i]) != (k < 0 ? '0' : other[k])) {
        return false;
      }
      i = i < 0 ? i : following(b, i, end);
      k = k < 0 ? k : following(other, k, otherEnd);
    }
    return true;
  }

  /// The first digit that is not zero, or -1.
  private static int significant(byte[] b, int start, int end) {
    for (int i = start; i < end && (b[i] | 0x20) != 'e'; i++) {
      if (b[i] >= '1' && b[i] <= '9') {
        return i;
      }
    }
    return -1;
  }

  /// The digit behind another, or -1.
  private static int following(byte[] b, int at, int end) {
    int next = at + 1 < end && b[at + 1] == '.' ? at + 2 : at + 1;
    return next < end && (b[next] | 0x20) != 'e' ? next : -1;
  }

  /// The exponent for which the first significant digit stands right behind the point.
  private static long scale(byte[] b, int start, int end, int first) {
    int point = start;
    while (point < end && b[point] != '.' && (b[point] | 0x20) != 'e') {
      point++;
    }
    int mantissa = point;
    while (mantissa < end && (b[mantissa] | 0x20) != 'e') {
      mantissa++;
    }
    long exponent = mantissa < end ? exponent(b, mantissa + 1, end) : 0;
    return exponent + (first < point ? point - first : point + 1 - first);
  }

  /// Reads a well-formed literal into the visit's digits; false when its exponent is beyond any
  /// bound.
  static boolean read(Visit v, byte[] b, int start, int end) {
    if (v.digits.length < end - start) {
      v.digits = new byte[end - start];
    }
    int at = start;
    v.negative = b[at] == '-';
    if (v.negative || b[at] == '+') {
      at++;
    }
    int count = 0;
    int scale = 0;
    boolean fraction = false;
    for (; at < end && b[at] != 'e' && b[at] != 'E'; at++) {
      if (b[at] == '.') {
        fraction = true;
        continue;
      }
      if (count > 0 || b[at] != '0') {
        v.digits[count++] = (byte) (b[at] - '0');
        scale += fraction ? 0 : 1;
      } else if (fraction) {
        scale--;
      }
    }
    long exponent = at < end ? exponent(b, at + 1, end) : 0;
    while (count > 0 && v.digits[count - 1] == 0) {
      count--;
    }
    v.digitCount = count;
    if (count == 0) {
      v.scale = 0;
      v.negative = false;
      return true;
    }
    v.scale = (int) Math.max(-2_000_000, Math.min(2_000_000, scale + exponent));
    return Math.abs(exponent) <= 1_000_000;
  }

  /// The exponent of a number, held within ±10⁹.
  static long exponent(byte[] b, int start, int end) {
    int at = start;
    boolean minus = b[at] == '-';
    if (minus || b[at] == '+') {
      at++;
    }
    long value = 0;
    for (; at < end; at++) {
      value = Math.min(1_000_000_000L, value * 10 + b[at] - '0');
    }
    return minus ? -value : value;
  }

  /// How the number just read compares with this one: negative, zero or positive.
  int compare(Visit v) {
    if (v.negative != negative) {
      return v.negative ? -1 : 1;
    }
    int magnitude = magnitude(v);
    return negative ? -magnitude : magnitude;
  }

  private int magnitude(Visit v) {
    return magnitude(v.digits, v.digitCount, v.scale);
  }

  /// Whether this number is less than another, the same, or more.
  int compareTo(Decimal other) {
    if (negative != other.negative) {
      return negative ? -1 : 1;
    }
    int magnitude = other.magnitude(digits, digits.length, scale);
    return negative ? -magnitude : magnitude;
  }

  private int magnitude(byte[] found, int count, int foundScale) {
    if (count == 0 || digits.length == 0) {
      return Integer.compare(count, digits.length);
    }
    if (foundScale != scale) {
      return Integer.compare(foundScale, scale);
    }
    return Arrays.compare(found, 0, count, digits, 0, digits.length);
  }

  Decimal negated() {
    return new Decimal(digits.length > 0 && !negative, digits, scale);
  }

  /// The least whole number of at most 18 digits that is not below this one (or is above it);
  /// beyond them, the edge.
  long least(boolean above) {
    if (scale > 18) {
      return negative ? -Long.MAX_VALUE : Long.MAX_VALUE;
    }
    long whole = 0;
    for (int i = 0; i < scale; i++) {
      whole = whole * 10 + (i < digits.length ? digits[i] : 0);
    }
    boolean fraction = digits.length > Math.max(0, scale);
    if (negative) {
      return -whole + (above && !fraction ? 1 : 0);
    }
    return whole + (fraction || above ? 1 : 0);
  }

  /// The digits as one whole number, where they fit into 17; the last of them counts `10^lowest()`.
  long unscaled() {
    long value = 0;
    for (byte digit : digits) {
      value = value * 10 + digit;
    }
    return value;
  }

  int lowest() {
    return scale - digits.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Decimal that
        && negative == that.negative
        && scale == that.scale
        && Arrays.equals(digits, that.digits);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(digits) * 31 + scale;
  }
}

package dev.gatewarden.core.schema;

/// The grammar of numbers in JSON (RFC 8259, section 6).
final class Numbers {
  private static final int SAFE_DIGITS = 18;

  private Numbers() {}

  /// The offset behind the number, or the complement of where it breaks.
  ///
  /// Leaves in the visit whether it is a whole literal that fits into a long, and that long.
  static int end(Visit v, int from) {
    byte[] b = v.bytes;
    int to = v.to;
    int at = b[from] == '-' ? from + 1 : from;
    int first = at;
    long value = 0;
    while (at < to && b[at] >= '0' && b[at] <= '9') {
      value = value * 10 + (b[at] - '0');
      at++;
    }
    if (at == first || (b[first] == '0' && at - first > 1)) {
      return v.broken(at, Keyword.SYNTAX);
    }
    if (at < to && (b[at] == '.' || (b[at] | 0x20) == 'e')) {
      v.small = false;
      return broken(v, from, at);
    }
    v.small = at - first <= SAFE_DIGITS;
    v.value = b[from] == '-' ? -value : value;
    return at - from <= v.bounds.numberDigits() ? at : v.broken(from, Keyword.MAX_NUMBER);
  }

  /// A number with a fraction or an exponent, from the byte that begins it.
  private static int broken(Visit v, int from, int start) {
    byte[] b = v.bytes;
    int to = v.to;
    int at = start;
    if (b[at] == '.') {
      at = digits(b, at + 1, to);
      if (at == start + 1) {
        return v.broken(at, Keyword.SYNTAX);
      }
    }
    if (at < to && (b[at] | 0x20) == 'e') {
      int exponent = at + 1;
      int first =
          exponent < to && (b[exponent] == '+' || b[exponent] == '-') ? exponent + 1 : exponent;
      at = digits(b, first, to);
      if (at == first) {
        return v.broken(at, Keyword.SYNTAX);
      }
      if (Math.abs(Decimal.exponent(b, exponent, at)) > v.bounds.exponent()) {
        return v.broken(from, Keyword.MAX_NUMBER);
      }
    }
    return at - from <= v.bounds.numberDigits() ? at : v.broken(from, Keyword.MAX_NUMBER);
  }

  private static int digits(byte[] b, int from, int to) {
    int at = from;
    while (at < to && b[at] >= '0' && b[at] <= '9') {
      at++;
    }
    return at;
  }
}

package dev.gatewarden.core.schema.format;

/// Reads code points of well-formed UTF-8.
final class Utf8 {

  private Utf8() {}

  static int point(byte[] b, int at) {
    int lead = b[at];
    if (lead >= 0) {
      return lead;
    }
    int length = lead >= -16 ? 4 : lead >= -32 ? 3 : 2;
    int point = lead & (0x7F >> length);
    for (int i = 1; i < length; i++) {
      point = point << 6 | (b[at + i] & 0x3F);
    }
    return point;
  }

  static int length(int point) {
    return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
}

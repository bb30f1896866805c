package dev.gatewarden.gateway.identity;

import org.jspecify.annotations.Nullable;

/// Base64url as JOSE wants it (RFC 7515, section 2; RFC 4648, section 5): no padding, no white
/// space, and no bits left over, so that each text has one reading and each byte string one text.
public final class Base64Url {
  private static final byte[] VALUES = new byte[128];
  private static final java.util.Base64.Encoder ENCODER =
      java.util.Base64.getUrlEncoder().withoutPadding();

  static {
    java.util.Arrays.fill(VALUES, (byte) -1);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (int i = 0; i < 64; i++) {
      VALUES[alphabet.charAt(i)] = (byte) i;
    }
  }

  private Base64Url() {}

  public static String encode(byte[] bytes) {
    return ENCODER.encodeToString(bytes);
  }

  public static byte @Nullable [] decode(String text) {
    return decode(text, 0, text.length());
  }

  /// The bytes behind a stretch of text, or null when it is not strict base64url.
  static byte @Nullable [] decode(String text, int from, int to) {
    int rest = (to - from) & 3;
    if (rest == 1) {
      return null;
    }
    byte[] bytes = new byte[(int) ((to - from) * 3L / 4)];
    int count = 0;
    int bits = 0;
    int held = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      int value = c < 128 ? VALUES[c] : -1;
      if (value < 0) {
        return null;
      }
      bits = bits << 6 | value;
      held += 6;
      if (held >= 8) {
        held -= 8;
        bytes[count++] = (byte) (bits >> held);
        bits &= (1 << held) - 1;
      }
    }
    return bits == 0 ? bytes : null;
  }
}

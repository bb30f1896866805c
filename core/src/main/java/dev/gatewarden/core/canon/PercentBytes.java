package dev.gatewarden.core.canon;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The bytes behind a percent-encoded stretch of ASCII (RFC 3986, section 2.1).
final class PercentBytes {
  final byte[] bytes;
  final int length;

  /// A percent sign is not followed by two hexadecimal digits.
  final boolean broken;

  /// A slash is percent-encoded.
  final boolean slash;

  PercentBytes(String raw, int from, int to, boolean plusIsSpace) {
    byte[] out = new byte[to - from];
    int count = 0;
    boolean hadBroken = false;
    boolean hadSlash = false;
    for (int i = from; i < to; i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        int high = i + 2 < to ? Characters.hex(raw.charAt(i + 1)) : -1;
        int low = i + 2 < to ? Characters.hex(raw.charAt(i + 2)) : -1;
        if (high < 0 || low < 0) {
          hadBroken = true;
          break;
        }
        c = (char) (high << 4 | low);
        hadSlash |= c == '/';
        i += 2;
      } else if (c == '+' && plusIsSpace) {
        c = ' ';
      }
      out[count++] = (byte) c;
    }
    bytes = out;
    length = count;
    broken = hadBroken;
    slash = hadSlash;
  }

  /// The byte of the escape at a place; there must be one.
  static byte at(String raw, int percent) {
    return (byte)
        (Characters.hex(raw.charAt(percent + 1)) << 4 | Characters.hex(raw.charAt(percent + 2)));
  }

  /// The text, or null when the bytes are not UTF-8 (RFC 3629: no overlong forms, no surrogates).
  @Nullable String text() {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, 0, length))
          .toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}

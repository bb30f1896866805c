package dev.gatewarden.core.exchange;

import java.nio.charset.StandardCharsets;

/// A stretch of bytes that somebody else owns: valid while the Exchange is judged, copied by who
/// keeps it longer.
///
/// @param from the first byte
/// @param to behind the last byte; what lies behind it in the array may be anything
public record Bytes(byte[] array, int from, int to) {
  public static final Bytes NONE = new Bytes(new byte[0], 0, 0);

  public static Bytes of(byte[] all) {
    return new Bytes(all, 0, all.length);
  }

  public int length() {
    return to - from;
  }

  public byte[] copy() {
    return java.util.Arrays.copyOfRange(array, from, to);
  }

  public String utf8() {
    return new String(array, from, to - from, StandardCharsets.UTF_8);
  }

  /// Nothing of the content: bodies are never printed.
  @Override
  public String toString() {
    return "Bytes[" + length() + "]";
  }
}

package dev.gatewarden.core.canon.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// JSON that is being written.
final class JsonOut {
  byte[] bytes;
  int length;

  JsonOut(int expected) {
    bytes = new byte[Math.max(32, expected)];
  }

  void put(char ascii) {
    room(1);
    bytes[length++] = (byte) ascii;
  }

  void put(byte[] from, int start, int end) {
    room(end - start);
    System.arraycopy(from, start, bytes, length, end - start);
    length += end - start;
  }

  void ascii(String text) {
    put(text.getBytes(StandardCharsets.ISO_8859_1), 0, text.length());
  }

  /// A text in quotes with no escape but those that must be (RFC 8785, section 3.2.2.2).
  void quoted(String text) {
    put('"');
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int plain = 0;
    for (int i = 0; i < utf8.length; i++) {
      byte b = utf8[i];
      if (b >= ' ' && b != '"' && b != '\\' || b < 0) {
        continue;
      }
      put(utf8, plain, i);
      plain = i + 1;
      escape(b);
    }
    put(utf8, plain, utf8.length);
    put('"');
  }

  private void escape(byte b) {
    put('\\');
    switch (b) {
      case '"', '\\' -> put((char) b);
      case '\b' -> put('b');
      case '\t' -> put('t');
      case '\n' -> put('n');
      case '\f' -> put('f');
      case '\r' -> put('r');
      default -> {
        ascii("u00");
        put(Character.forDigit(b >> 4, 16));
        put(Character.forDigit(b & 15, 16));
      }
    }
  }

  byte[] copy() {
    return Arrays.copyOf(bytes, length);
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}

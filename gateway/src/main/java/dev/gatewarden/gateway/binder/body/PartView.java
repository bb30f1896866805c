package dev.gatewarden.gateway.binder.body;

import dev.gatewarden.core.exchange.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes the parts of a body as the JSON they are judged as.
final class PartView {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);

  private byte[] bytes;
  private int length;
  private boolean more;

  PartView(int expected) {
    this.bytes = new byte[expected];
  }

  void begin(char bracket) {
    put(bracket);
    more = false;
  }

  void end(char bracket) {
    put(bracket);
    more = true;
  }

  /// Begins a value of a list.
  void item() {
    if (more) {
      put(',');
    }
    more = true;
  }

  /// Begins a member of an object.
  void member(String name) {
    item();
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    text(text, 0, text.length);
    put(':');
  }

  /// A string of that text, which is UTF-8 or no JSON comes of it.
  void text(byte[] from, int start, int stop) {
    put('"');
    room(stop - start);
    for (int i = start; i < stop; i++) {
      byte b = from[i];
      if (b == '"' || b == '\\') {
        put('\\');
        put(b);
      } else if (b >= 0 && b < 0x20) {
        put('\\');
        put('u');
        put('0');
        put('0');
        put(HEX[b >> 4]);
        put(HEX[b & 15]);
      } else {
        put(b);
      }
    }
    put('"');
  }

  /// JSON that was judged to be JSON.
  void raw(byte[] from, int start, int stop) {
    room(stop - start);
    System.arraycopy(from, start, bytes, length, stop - start);
    length += stop - start;
  }

  /// A string as long as a file is.
  void file(int size) {
    put('"');
    room(size);
    Arrays.fill(bytes, length, length + size, (byte) 'x');
    length += size;
    put('"');
  }

  Bytes done() {
    room(16);
    return new Bytes(bytes, 0, length);
  }

  private void put(int b) {
    room(1);
    bytes[length++] = (byte) b;
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more + 16));
    }
  }
}

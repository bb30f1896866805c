package dev.gatewarden.gateway.recorder;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One JSON object on one line, written byte by byte into a buffer that is used again.
public final class JsonLine {
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };
  private byte[] bytes = new byte[1024];
  private int length;
  private boolean first = true;
  private long lastDay = -1;
  private String lastDate = "";

  /// Begins a new line.
  public JsonLine begin() {
    length = 0;
    first = true;
    put((byte) '{');
    return this;
  }

  /// Ends the line with a newline.
  public JsonLine end() {
    put((byte) '}');
    put((byte) '\n');
    return this;
  }

  /// A member with a text; left out where the text is null or empty.
  public JsonLine text(String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      name(name);
      quoted(value);
    }
    return this;
  }

  /// A member with a whole number.
  public JsonLine number(String name, long value) {
    name(name);
    digits(value);
    return this;
  }

  /// A member with an instant in UTC to the millisecond (RFC 3339).
  ///
  /// @param millis since the epoch, not before it
  public JsonLine instant(String name, long millis) {
    name(name);
    room(26);
    long day = millis / 86_400_000;
    int rest = (int) (millis % 86_400_000);
    if (day != lastDay) {
      lastDay = day;
      lastDate = java.time.LocalDate.ofEpochDay(day).toString();
    }
    bytes[length++] = '"';
    for (int i = 0; i < lastDate.length(); i++) {
      bytes[length++] = (byte) lastDate.charAt(i);
    }
    bytes[length++] = 'T';
    two(rest / 3_600_000);
    bytes[length++] = ':';
    two(rest / 60_000 % 60);
    bytes[length++] = ':';
    two(rest / 1000 % 60);
    bytes[length++] = '.';
    bytes[length++] = (byte) ('0' + rest / 100 % 10);
    two(rest % 100);
    bytes[length++] = 'Z';
    bytes[length++] = '"';
    return this;
  }

  private void two(int number) {
    bytes[length++] = (byte) ('0' + number / 10);
    bytes[length++] = (byte) ('0' + number % 10);
  }

  /// Begins a member that is an array of texts or objects; left out by who has none.
  public JsonLine beginArray(String name) {
    name(name);
    put((byte) '[');
    first = true;
    return this;
  }

  /// One text of an array.
  public JsonLine item(String value) {
    if (!first) {
      put((byte) ',');
    }
    first = false;
    quoted(value);
    return this;
  }

  /// One text of an array, a reason's code, without the text being made.
  public JsonLine item(String control, String name) {
    if (!first) {
      put((byte) ',');
    }
    first = false;
    put((byte) '"');
    plain(control);
    put((byte) '.');
    plain(name);
    put((byte) '"');
    return this;
  }

  public JsonLine endArray() {
    put((byte) ']');
    first = false;
    return this;
  }

  /// Begins a member that is an object.
  public JsonLine beginObject(String name) {
    name(name);
    put((byte) '{');
    first = true;
    return this;
  }

  /// Begins one object of an array.
  public JsonLine beginObject() {
    if (!first) {
      put((byte) ',');
    }
    put((byte) '{');
    first = true;
    return this;
  }

  public JsonLine endObject() {
    put((byte) '}');
    first = false;
    return this;
  }

  byte[] array() {
    return bytes;
  }

  int length() {
    return length;
  }

  private void name(String name) {
    if (!first) {
      put((byte) ',');
    }
    first = false;
    ascii(name);
    put((byte) ':');
  }

  private void ascii(String text) {
    put((byte) '"');
    plain(text);
    put((byte) '"');
  }

  @SuppressWarnings("deprecation") // the bytes of ASCII, without a copy
  private void plain(String text) {
    room(text.length());
    text.getBytes(0, text.length(), bytes, length);
    length += text.length();
  }

  private void quoted(String text) {
    put((byte) '"');
    room(text.length() * 6);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x20 && c < 0x7F && c != '"' && c != '\\') {
        bytes[length++] = (byte) c;
      } else {
        escaped(c);
      }
    }
    put((byte) '"');
  }

  /// Everything beyond plain ASCII as an escape: a log line never carries a control character, and
  /// every reader agrees on the rest.
  private void escaped(char c) {
    bytes[length++] = '\\';
    if (c == '"' || c == '\\') {
      bytes[length++] = (byte) c;
      return;
    }
    bytes[length++] = 'u';
    for (int shift = 12; shift >= 0; shift -= 4) {
      bytes[length++] = HEX[c >>> shift & 15];
    }
  }

  private void digits(long value) {
    room(20);
    if (value < 0) {
      bytes[length++] = '-';
      value = -value;
    }
    int from = length;
    do {
      bytes[length++] = (byte) ('0' + value % 10);
      value /= 10;
    } while (value > 0);
    for (int i = from, j = length - 1; i < j; i++, j--) {
      byte swap = bytes[i];
      bytes[i] = bytes[j];
      bytes[j] = swap;
    }
  }

  private void put(byte b) {
    room(1);
    bytes[length++] = b;
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}

package dev.gatewarden.gateway.binder.shape;

import dev.gatewarden.core.exchange.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/// A JSON text that is written again and again in the same place.
public final class JsonBytes {
  /// What may be kept between two messages.
  private static final int MOST_KEPT = 1 << 16;

  private byte[] bytes = new byte[256];
  private int length;

  public byte[] array() {
    return bytes;
  }

  public int length() {
    return length;
  }

  /// A copy that nobody writes over.
  public Bytes copy() {
    return Bytes.of(Arrays.copyOf(bytes, length));
  }

  /// Begins anew.
  public JsonBytes clear() {
    length = 0;
    if (bytes.length > MOST_KEPT) {
      bytes = new byte[MOST_KEPT];
    }
    return this;
  }

  /// Writes one text as the value it stands for.
  ///
  /// @param texts whether what might be a string is one
  public void write(String text, Shape shape, boolean texts) {
    if (!(texts && shape.ambiguous()) && shape.bare(text)) {
      append(text);
    } else {
      quote(text);
    }
  }

  /// Writes a piece as the value it stands for.
  public void write(Piece piece, Shape shape, boolean texts) {
    switch (piece) {
      case Piece.Text(String text) -> write(text, shape, texts);
      case Piece.Document(String json) -> append(json);
      case Piece.Nil() -> append("null");
      case Piece.Items(var each) -> {
        put('[');
        for (int i = 0; i < each.size(); i++) {
          if (i > 0) {
            put(',');
          }
          write(each.get(i), shape.items(), texts);
        }
        put(']');
      }
      case Piece.Members(Map<String, Piece> byName) -> {
        put('{');
        boolean first = true;
        for (Map.Entry<String, Piece> member : byName.entrySet()) {
          if (!first) {
            put(',');
          }
          first = false;
          quote(member.getKey());
          put(':');
          write(member.getValue(), shape.property(member.getKey()), texts);
        }
        put('}');
      }
    }
  }

  /// Writes a text as it is.
  public void append(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        put(c);
      } else {
        for (byte b : text.substring(i).getBytes(StandardCharsets.UTF_8)) {
          put(b);
        }
        return;
      }
    }
  }

  /// Writes a string.
  public void quote(String text) {
    put('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        rest(text.substring(i).getBytes(StandardCharsets.UTF_8));
        break;
      }
      ascii(c);
    }
    put('"');
  }

  /// Writes bytes of a text, UTF-8 or not, as a string: whoever judges it tells.
  public void quote(Bytes text) {
    put('"');
    for (int i = text.from(); i < text.to(); i++) {
      byte b = text.array()[i];
      if (b < 0) {
        put(b);
      } else {
        ascii((char) b);
      }
    }
    put('"');
  }

  private void rest(byte[] utf8) {
    for (byte b : utf8) {
      if (b < 0) {
        put(b);
      } else {
        ascii((char) b);
      }
    }
  }

  private void ascii(char c) {
    if (c == '"' || c == '\\') {
      put('\\');
      put(c);
    } else if (c < 0x20) {
      append("\\u00");
      put(Character.forDigit(c >> 4, 16));
      put(Character.forDigit(c & 15, 16));
    } else {
      put(c);
    }
  }

  private void put(int b) {
    if (length == bytes.length) {
      bytes = Arrays.copyOf(bytes, length * 2);
    }
    bytes[length++] = (byte) b;
  }
}

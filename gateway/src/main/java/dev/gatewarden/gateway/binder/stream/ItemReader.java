package dev.gatewarden.gateway.binder.stream;

import dev.gatewarden.core.exchange.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Takes items out of the framing of their stream.
///
/// Of an event, what is not its data passes only with it, and only as far as the standard knows it:
/// comments are nobody's data, and could hold anything.
public final class ItemReader {
  private static final byte SEPARATOR = 0x1E;
  private static final int BEHIND = 16;
  private static final int LONGEST_NAME = 1024;
  private static final Bytes ALIVE = Bytes.of(":\n\n".getBytes(StandardCharsets.US_ASCII));
  private static final Bytes BLANK = Bytes.of("\n".getBytes(StandardCharsets.US_ASCII));

  private ItemReader() {}

  /// @param raw one item as `ItemScanner` found it
  public static Item read(Framing framing, Bytes raw) {
    return switch (framing) {
      case LINES -> line(raw);
      case SEQUENCE -> text(raw);
      case EVENTS -> new Event().read(raw);
    };
  }

  private static Item line(Bytes raw) {
    int end = raw.to();
    while (end > raw.from() && isSpace(raw.array()[end - 1])) {
      end--;
    }
    return end == raw.from()
        ? new Item.Silence(BLANK)
        : new Item.Document(Framing.LINES, within(raw, raw.from(), end), "");
  }

  private static Item text(Bytes raw) {
    int from = raw.from();
    int end = raw.to();
    while (from < end && (raw.array()[from] == SEPARATOR || isSpace(raw.array()[from]))) {
      from++;
    }
    while (end > from && isSpace(raw.array()[end - 1])) {
      end--;
    }
    return from == end
        ? new Item.Silence(Bytes.NONE)
        : new Item.Document(Framing.SEQUENCE, within(raw, from, end), "\u001e");
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\t' || b == '\r' || b == '\n';
  }

  private static Bytes within(Bytes raw, int from, int to) {
    if (raw.array().length - to >= BEHIND) {
      return new Bytes(raw.array(), from, to);
    }
    byte[] copy = new byte[to - from + BEHIND];
    System.arraycopy(raw.array(), from, copy, 0, to - from);
    return new Bytes(copy, 0, to - from);
  }

  /// One event, read as the standard says (HTML, section 9.2.6).
  private static final class Event {
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private String type = "";
    private String id = "";
    private String retry = "";
    private boolean hasData;

    private Item read(Bytes raw) {
      byte[] bytes = raw.array();
      for (int at = raw.from(); at < raw.to(); ) {
        int end = at;
        while (end < raw.to() && bytes[end] != '\r' && bytes[end] != '\n') {
          end++;
        }
        line(bytes, at, end);
        at = end + 1;
        if (end + 1 < raw.to() && bytes[end] == '\r' && bytes[end + 1] == '\n') {
          at++;
        }
      }
      if (!hasData) {
        return new Item.Silence(
            retry.isEmpty() ? ALIVE : Bytes.of((retry + "\n").getBytes(StandardCharsets.UTF_8)));
      }
      int length = data.size();
      data.write(new byte[BEHIND], 0, BEHIND);
      return new Item.Document(
          Framing.EVENTS, new Bytes(data.toByteArray(), 0, length), type + id + retry);
    }

    private void line(byte[] bytes, int from, int to) {
      int colon = from;
      while (colon < to && bytes[colon] != ':') {
        colon++;
      }
      int value = Math.min(colon + 1, to);
      if (value < to && bytes[value] == ' ') {
        value++;
      }
      if (colon == from || colon - from > 5) {
        return;
      }
      switch (new String(bytes, from, colon - from, StandardCharsets.ISO_8859_1)) {
        case "data" -> {
          if (hasData) {
            data.write('\n');
          }
          hasData = true;
          data.write(bytes, value, to - value);
        }
        case "event" -> type = field("event", bytes, value, to);
        case "id" -> id = field("id", bytes, value, to);
        case "retry" -> retry = isDigits(bytes, value, to) ? field("retry", bytes, value, to) : "";
        default -> {}
      }
    }

    private static String field(String name, byte[] bytes, int from, int to) {
      return to - from > LONGEST_NAME
          ? ""
          : name + ": " + new String(bytes, from, to - from, StandardCharsets.UTF_8) + "\n";
    }

    private static boolean isDigits(byte[] bytes, int from, int to) {
      for (int i = from; i < to; i++) {
        if (bytes[i] < '0' || bytes[i] > '9') {
          return false;
        }
      }
      return to > from;
    }
  }
}

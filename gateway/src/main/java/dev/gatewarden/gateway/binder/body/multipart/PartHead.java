package dev.gatewarden.gateway.binder.body.multipart;

import dev.gatewarden.core.canon.ContentType;
import dev.gatewarden.core.canon.Disposition;
import dev.gatewarden.gateway.binder.body.multipart.Part.Line;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads the header lines of one part.
///
/// Lines end in CRLF and are not folded, no name stands twice, and a transfer encoding that would
/// make readers differ over the content (RFC 7578, section 4.7) is refused.
final class PartHead {
  private static final int MOST_LINES = 16;
  private static final int MOST_BYTES = 4096;

  private final byte[] a;
  private final int end;
  private final List<Line> lines = new ArrayList<>(2);
  private int at;
  private @Nullable Disposition disposition;
  private @Nullable ContentType type;

  /// @param from the first byte of the head
  /// @param end where the part ends at the latest
  PartHead(byte[] a, int from, int end) {
    this.a = a;
    this.at = from;
    this.end = Math.min(end, from + MOST_BYTES);
  }

  /// The part whose content lies between its head and the end that the boundary gives.
  ///
  /// @throws Unreadable when there is no one reading of the head
  Part read(int contentEnd) throws Unreadable {
    for (int count = 0; !blank(); count++) {
      if (count == MOST_LINES) {
        throw new Unreadable("a part has more than " + MOST_LINES + " header lines");
      }
      line();
    }
    Disposition called = disposition;
    if (called == null) {
      throw new Unreadable("a part has no name");
    }
    if (at > contentEnd) {
      throw new Unreadable("a part has no end to its head");
    }
    transfer(contentEnd - at);
    return new Part(called, type, List.copyOf(lines), at, contentEnd);
  }

  private boolean blank() throws Unreadable {
    if (at + 1 >= end) {
      throw new Unreadable("a part has no end to its head");
    }
    if (a[at] == '\r' && a[at + 1] == '\n') {
      at += 2;
      return true;
    }
    return false;
  }

  private void line() throws Unreadable {
    int colon = at;
    while (colon < end && isToken(a[colon])) {
      colon++;
    }
    if (colon == at || colon == end || a[colon] != ':') {
      throw new Unreadable("a header line of a part has no name");
    }
    int stop = colon + 1;
    while (stop < end && a[stop] != '\r') {
      if (a[stop] >= 0 && a[stop] < ' ' || a[stop] == 0x7F) {
        throw new Unreadable("a header line of a part holds a control character");
      }
      stop++;
    }
    if (stop + 1 >= end || a[stop + 1] != '\n') {
      throw new Unreadable("a header line of a part does not end in CRLF");
    }
    String name =
        new String(a, at, colon - at, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    keep(name, text(colon + 1, stop));
    at = stop + 2;
  }

  private String text(int from, int to) throws Unreadable {
    int start = from;
    int stop = to;
    while (start < stop && a[start] == ' ') {
      start++;
    }
    while (stop > start && a[stop - 1] == ' ') {
      stop--;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(a, start, stop - start))
          .toString();
    } catch (CharacterCodingException other) {
      throw new Unreadable("a header line of a part is no UTF-8");
    }
  }

  private void keep(String name, String value) throws Unreadable {
    if (name.equals("content-disposition")) {
      if (disposition != null) {
        throw new Unreadable("a part is named twice");
      }
      disposition = Disposition.read(value);
      if (disposition == null) {
        throw new Unreadable("a part's `Content-Disposition` has more than one reading");
      }
    } else if (name.equals("content-type")) {
      if (type != null) {
        throw new Unreadable("a part has two types");
      }
      type = ContentType.read(value);
      if (type == null) {
        throw new Unreadable("a part's `Content-Type` has more than one reading");
      }
      if (type.type().startsWith("multipart/") || type.type().startsWith("message/")) {
        throw new Unreadable("a part holds parts of its own");
      }
    } else {
      for (Line line : lines) {
        if (line.name().equals(name)) {
          throw new Unreadable("a part has a header line twice");
        }
      }
      lines.add(new Line(name, value));
    }
  }

  /// `binary` and `8bit` say that the content is what it is, and a length that it has it; some
  /// clients always send them.
  private void transfer(int length) throws Unreadable {
    for (int i = lines.size() - 1; i >= 0; i--) {
      Line line = lines.get(i);
      if (line.name().equals("content-transfer-encoding")) {
        if (!line.value().equalsIgnoreCase("binary") && !line.value().equalsIgnoreCase("8bit")) {
          throw new Unreadable("a part has a `Content-Transfer-Encoding`");
        }
        lines.remove(i);
      } else if (line.name().equals("content-length")) {
        if (!line.value().equals(Integer.toString(length))) {
          throw new Unreadable("a part has another length than it says");
        }
        lines.remove(i);
      } else if (line.name().equals("content-encoding")) {
        throw new Unreadable("a part has a `Content-Encoding`");
      }
    }
  }

  private static boolean isToken(byte b) {
    return b >= '0' && b <= '9'
        || b >= 'a' && b <= 'z'
        || b >= 'A' && b <= 'Z'
        || b == '-'
        || b == '_';
  }
}

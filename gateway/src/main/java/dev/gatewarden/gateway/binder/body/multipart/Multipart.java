package dev.gatewarden.gateway.binder.body.multipart;

import dev.gatewarden.core.canon.ContentType;
import dev.gatewarden.core.exchange.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes a multipart body apart (RFC 2046, section 5.1.1, and RFC 7578).
///
/// Wherever the boundary stands it must be a delimiter line: readers that look for it at the
/// beginning of a line, after a bare line feed or anywhere at all find the same parts. There is
/// nothing before the first part or behind the last, and no padding behind a boundary.
public final class Multipart {
  private static final int LONGEST_BOUNDARY = 70;

  private final byte[] a;
  private final int from;
  private final int to;
  private final byte[] delimiter;
  private final int most;

  private Multipart(Bytes body, byte[] delimiter, int most) {
    this.a = body.array();
    this.from = body.from();
    this.to = body.to();
    this.delimiter = delimiter;
    this.most = most;
  }

  /// The parts of a body, in order.
  ///
  /// @param most how many parts there may be
  /// @throws Unreadable when it has no one reading, or more parts
  public static List<Part> read(Bytes body, @Nullable ContentType type, int most)
      throws Unreadable {
    String boundary = type == null ? null : type.parameter("boundary");
    if (boundary == null || !isBoundary(boundary)) {
      throw new Unreadable("the body's type names no boundary");
    }
    byte[] delimiter = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    return new Multipart(body, delimiter, most).parts();
  }

  /// RFC 2046, section 5.1.1: `bchars`, and no space at the end; nor anywhere else, since readers
  /// differ about it.
  private static boolean isBoundary(String boundary) {
    if (boundary.isEmpty() || boundary.length() > LONGEST_BOUNDARY) {
      return false;
    }
    for (int i = 0; i < boundary.length(); i++) {
      char c = boundary.charAt(i);
      if (!(c >= '0' && c <= '9'
          || c >= 'a' && c <= 'z'
          || c >= 'A' && c <= 'Z'
          || "'()+_,-./:=?".indexOf(c) >= 0)) {
        return false;
      }
    }
    return true;
  }

  private List<Part> parts() throws Unreadable {
    if (!stands(from)) {
      throw new Unreadable("the body does not begin with its boundary");
    }
    List<Part> parts = new ArrayList<>();
    int at = from + delimiter.length;
    while (!last(at)) {
      if (at + 1 >= to || a[at] != '\r' || a[at + 1] != '\n') {
        throw new Unreadable("something stands behind a boundary");
      }
      if (parts.size() == most) {
        throw new Unreadable("the body has more than " + most + " parts");
      }
      int head = at + 2;
      int next = find(head);
      if (next < 0) {
        throw new Unreadable("the last part has no end");
      }
      int end = next - 2;
      if (end < head || a[end] != '\r' || a[end + 1] != '\n') {
        throw new Unreadable("a boundary does not stand at the beginning of a line");
      }
      parts.add(new PartHead(a, head, end).read(end));
      at = next + delimiter.length;
    }
    return parts;
  }

  /// Whether the closing delimiter ends here, and the body with it.
  private boolean last(int at) throws Unreadable {
    if (at + 1 >= to || a[at] != '-' || a[at + 1] != '-') {
      return false;
    }
    int rest = to - at - 2;
    if (rest == 0 || rest == 2 && a[at + 2] == '\r' && a[at + 3] == '\n') {
      return true;
    }
    throw new Unreadable("something stands behind the last boundary");
  }

  /// The next place where the boundary stands, or -1.
  private int find(int start) {
    int most = to - delimiter.length;
    byte last = delimiter[delimiter.length - 1];
    int back = delimiter.length - 1;
    for (int i = start; i <= most; i++) {
      if (a[i] == '-' && a[i + back] == last && stands(i)) {
        return i;
      }
    }
    return -1;
  }

  private boolean stands(int at) {
    return to - at >= delimiter.length
        && Arrays.equals(a, at, at + delimiter.length, delimiter, 0, delimiter.length);
  }
}

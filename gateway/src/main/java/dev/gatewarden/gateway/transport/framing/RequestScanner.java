package dev.gatewarden.gateway.transport.framing;

import static java.nio.charset.StandardCharsets.US_ASCII;

/// Follows the framing of the requests of one connection.
public final class RequestScanner extends MessageScanner {
  private static final byte[] HTTP = "HTTP/".getBytes(US_ASCII);
  private static final byte[] CONNECT = "CONNECT".getBytes(US_ASCII);
  private static final byte[] OPTIONS = "OPTIONS".getBytes(US_ASCII);
  private static final int LONGEST_METHOD = 32;

  private final int maxTarget;

  private boolean oldVersion;
  private boolean hostSeen;
  private boolean chunked;
  private boolean transferCoding;
  private long length;
  private int absoluteFrom;
  private int absoluteTo;

  /// @param maxHead bytes of a head, from the method to the empty line
  /// @param maxFields header lines
  /// @param maxTarget bytes of the request target
  public RequestScanner(int maxHead, int maxFields, int maxTarget) {
    super(maxHead, maxFields);
    this.maxTarget = maxTarget;
  }

  @Override
  boolean moreFollows() {
    return true;
  }

  @Override
  void head(byte[] a, int from, int to) {
    hostSeen = false;
    chunked = false;
    transferCoding = false;
    length = -1;
    absoluteFrom = -1;
    int end = lineEnd(a, from);
    requestLine(a, from, end);
    if (refusal() != null) {
      return;
    }
    fieldLines(a, end + 2);
    if (refusal() == null) {
      settle();
    }
  }

  private void settle() {
    if (!hostSeen) {
      refuse(Framing.HOST, 0);
    } else if (transferCoding && length >= 0) {
      refuse(Framing.LENGTHS, 0);
    } else if (transferCoding && oldVersion) {
      refuse(Framing.TRANSFER_CODING_VERSION, 0);
    } else if (chunked) {
      bodyChunked();
    } else {
      bodyFixed(Math.max(0, length));
    }
  }

  private void requestLine(byte[] a, int from, int end) {
    int space = from;
    while (space < end && Chars.token(a[space])) {
      space++;
    }
    if (space == from || space == end || a[space] != ' ') {
      refuse(Framing.REQUEST_LINE, from);
      return;
    }
    int targetTo = space + 1;
    while (targetTo < end && Chars.target(a[targetTo])) {
      targetTo++;
    }
    if (targetTo - space - 1 > maxTarget) {
      refuse(Framing.TARGET_TOO_LONG, from);
    } else if (targetTo == space + 1 || targetTo == end) {
      refuse(Framing.REQUEST_LINE, from);
    } else if (a[targetTo] != ' ') {
      refuse(Framing.TARGET, from);
    } else if (version(a, targetTo + 1, end)) {
      method(a, from, space, targetTo);
    }
  }

  private boolean version(byte[] a, int from, int end) {
    boolean shaped =
        end - from == 8
            && starts(a, from, HTTP)
            && Chars.digit(a[from + 5])
            && a[from + 6] == '.'
            && Chars.digit(a[from + 7]);
    if (!shaped) {
      refuse(Framing.REQUEST_LINE, from);
      return false;
    }
    if (a[from + 5] != '1' || a[from + 7] > '1') {
      refuse(Framing.VERSION, from);
      return false;
    }
    oldVersion = a[from + 7] == '0';
    return true;
  }

  private void method(byte[] a, int from, int space, int targetTo) {
    int targetFrom = space + 1;
    if (space - from > LONGEST_METHOD
        || space - from == CONNECT.length && starts(a, from, CONNECT)) {
      refuse(Framing.METHOD, from);
    } else if (a[targetFrom] == '*') {
      boolean server =
          targetTo == targetFrom + 1 && space - from == OPTIONS.length && starts(a, from, OPTIONS);
      if (!server) {
        refuse(Framing.TARGET, from);
      }
    } else if (a[targetFrom] != '/') {
      absolute(a, targetFrom, targetTo);
    }
  }

  private void absolute(byte[] a, int from, int to) {
    int host;
    if (to - from > 7 && Chars.same(a, from, from + 7, "http://")) {
      host = from + 7;
    } else if (to - from > 8 && Chars.same(a, from, from + 8, "https://")) {
      host = from + 8;
    } else {
      refuse(Framing.TARGET, from);
      return;
    }
    int end = host;
    while (end < to && a[end] != '/' && a[end] != '?') {
      end++;
    }
    absoluteFrom = host;
    absoluteTo = end;
    if (!Authorities.valid(a, host, end)) {
      refuse(Framing.TARGET, from);
    }
  }

  @Override
  void field(byte[] a, int from, int colon, int valueFrom, int valueTo) {
    switch (colon - from) {
      case 4 -> {
        if (Chars.same(a, from, colon, "host")) {
          host(a, valueFrom, valueTo);
        }
      }
      case 6 -> {
        if (Chars.same(a, from, colon, "expect")
            && !Chars.same(a, valueFrom, valueTo, "100-continue")) {
          refuse(Framing.EXPECTATION, from);
        }
      }
      case 14 -> {
        if (Chars.same(a, from, colon, "content-length")) {
          contentLength(a, valueFrom, valueTo);
        }
      }
      case 17 -> {
        if (Chars.same(a, from, colon, "transfer-encoding")) {
          transferEncoding(a, valueFrom, valueTo);
        }
      }
      default -> {}
    }
  }

  private void host(byte[] a, int from, int to) {
    if (hostSeen || !Authorities.valid(a, from, to)) {
      refuse(Framing.HOST, from);
    } else if (absoluteFrom >= 0 && !Authorities.same(a, from, to, a, absoluteFrom, absoluteTo)) {
      refuse(Framing.AUTHORITY, from);
    }
    hostSeen = true;
  }

  private void contentLength(byte[] a, int from, int to) {
    if (length >= 0) {
      refuse(Framing.LENGTHS, from);
      return;
    }
    length = Lengths.read(a, from, to);
    if (length < 0) {
      refuse(length == Lengths.TOO_LONG ? Framing.LENGTH_TOO_LONG : Framing.LENGTH, from);
    }
  }

  private void transferEncoding(byte[] a, int from, int to) {
    if (transferCoding) {
      refuse(Framing.LENGTHS, from);
      return;
    }
    transferCoding = true;
    chunked = Chars.same(a, from, to, "chunked");
    if (!chunked) {
      refuse(Framing.TRANSFER_CODING, from);
    }
  }

  @Override
  Framing tooLong(byte[] a, int length) {
    return tooLongAlready(a, length) ? Framing.TARGET_TOO_LONG : Framing.HEAD_TOO_LONG;
  }

  @Override
  boolean tooLongAlready(byte[] a, int length) {
    int most = LONGEST_METHOD + maxTarget + 16;
    if (length <= most) {
      return false;
    }
    for (int i = 0; i < most; i++) {
      if (a[i] == '\n') {
        return false;
      }
    }
    return true;
  }

  private static boolean starts(byte[] a, int from, byte[] with) {
    for (int i = 0; i < with.length; i++) {
      if (a[from + i] != with[i]) {
        return false;
      }
    }
    return true;
  }
}

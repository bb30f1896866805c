package dev.gatewarden.testkit.wire;

/// One frame of HTTP/2 as it stands on the wire (RFC 9113, section 4.1).
///
/// @param stream 0 for the connection
public record Frame(int type, int flags, int stream, byte[] payload) {
  public static final int DATA = 0;
  public static final int HEADERS = 1;
  public static final int PRIORITY = 2;
  public static final int RST_STREAM = 3;
  public static final int SETTINGS = 4;
  public static final int PING = 6;
  public static final int GOAWAY = 7;
  public static final int WINDOW_UPDATE = 8;
  public static final int CONTINUATION = 9;

  /// `END_STREAM`; of settings and pings `ACK`.
  public static final int ENDS = 1;

  public static final int ACK = 1;
  public static final int END_HEADERS = 4;

  public boolean ends() {
    return (type == DATA || type == HEADERS) && (flags & ENDS) != 0;
  }

  /// The error code of `RST_STREAM` or `GOAWAY`.
  public int code() {
    int at = type == GOAWAY ? 4 : 0;
    return (payload[at] & 0xff) << 24
        | (payload[at + 1] & 0xff) << 16
        | (payload[at + 2] & 0xff) << 8
        | payload[at + 3] & 0xff;
  }

  /// The status that an answer's head begins with: `200` has a number of its own; any other may
  /// stand there as digits.
  public int status() {
    int at = 0;
    // Changes of the table's size may stand in front.
    while ((payload[at] & 0xe0) == 0x20) {
      at++;
    }
    int first = payload[at] & 0xff;
    int[] known = {200, 204, 206, 304, 400, 404, 500};
    if (first >= 0x88 && first <= 0x8e) {
      return known[first - 0x88];
    }
    for (int i = at; i + 3 <= Math.min(16, payload.length); i++) {
      int status = 0;
      for (int j = i; j < i + 3; j++) {
        int digit = payload[j] - '0';
        status = digit < 0 || digit > 9 || status < 0 ? -1 : status * 10 + digit;
      }
      if (status >= 100) {
        return status;
      }
    }
    throw new AssertionError("no status");
  }
}

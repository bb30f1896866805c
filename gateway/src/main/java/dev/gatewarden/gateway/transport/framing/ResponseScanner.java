package dev.gatewarden.gateway.transport.framing;

/// Follows the framing of the responses of one connection to an upstream; at most one is awaited at
/// a time.
public final class ResponseScanner extends MessageScanner {
  private boolean awaited;
  private boolean bodiless;
  private boolean upgrading;
  private boolean transferCoding;
  private boolean oldVersion;
  private long length;
  private int status;
  private int informational;

  public ResponseScanner(int maxHead, int maxFields) {
    super(maxHead, maxFields);
    awaitNothing();
  }

  /// A request has been sent.
  ///
  /// @param head whether it was a HEAD, whose response has no body whatever it declares
  /// @param upgrade whether it asked to switch protocols
  public void await(boolean head, boolean upgrade) {
    awaited = true;
    bodiless = head;
    upgrading = upgrade;
    informational = 0;
    awaitHead();
  }

  /// Whether the response was read to its end, so that the connection may carry another request.
  public boolean settled() {
    return !awaited;
  }

  @Override
  boolean moreFollows() {
    if (status >= 200) {
      awaited = false;
      return false;
    }
    return true;
  }

  @Override
  void head(byte[] a, int from, int to) {
    transferCoding = false;
    length = -1;
    int end = lineEnd(a, from);
    if (!statusLine(a, from, end)) {
      refuse(Framing.MALFORMED, from);
      return;
    }
    fieldLines(a, end + 2);
    if (refusal() == null) {
      settle();
    }
  }

  private void settle() {
    boolean framed = transferCoding || length > 0;
    if (transferCoding && (length >= 0 || oldVersion)) {
      refuse(Framing.LENGTHS, 0);
    } else if (status == 101) {
      if (upgrading && !framed) {
        bodyOpen();
      } else {
        refuse(Framing.MALFORMED, 0);
      }
    } else if (status < 200 || status == 204) {
      bodilessStatus(framed);
    } else if (bodiless || status == 304) {
      bodyNone();
    } else if (transferCoding) {
      bodyChunked();
    } else if (length >= 0) {
      bodyFixed(length);
    } else {
      bodyOpen();
    }
  }

  private void bodilessStatus(boolean framed) {
    // More of them than anybody sends would hold the exchange open for ever.
    if (framed || status < 200 && ++informational > 16) {
      refuse(Framing.LENGTHS, 0);
    } else {
      bodyNone();
    }
  }

  private boolean statusLine(byte[] a, int from, int end) {
    boolean shaped =
        end - from >= 12
            && a[from] == 'H'
            && a[from + 1] == 'T'
            && a[from + 2] == 'T'
            && a[from + 3] == 'P'
            && a[from + 4] == '/'
            && a[from + 5] == '1'
            && a[from + 6] == '.'
            && (a[from + 7] == '1' || a[from + 7] == '0')
            && a[from + 8] == ' '
            && Chars.digit(a[from + 9])
            && Chars.digit(a[from + 10])
            && Chars.digit(a[from + 11])
            && (end - from == 12 || a[from + 12] == ' ');
    if (!shaped) {
      return false;
    }
    oldVersion = a[from + 7] == '0';
    status = (a[from + 9] - '0') * 100 + (a[from + 10] - '0') * 10 + a[from + 11] - '0';
    return status >= 100 && status < 600;
  }

  @Override
  void field(byte[] a, int from, int colon, int valueFrom, int valueTo) {
    if (Chars.same(a, from, colon, "content-length")) {
      boolean again = length >= 0;
      length = Lengths.read(a, valueFrom, valueTo);
      if (again || length < 0) {
        refuse(Framing.LENGTHS, from);
      }
    } else if (Chars.same(a, from, colon, "transfer-encoding")) {
      if (transferCoding || !Chars.same(a, valueFrom, valueTo, "chunked")) {
        refuse(Framing.TRANSFER_CODING, from);
      }
      transferCoding = true;
    }
  }
}

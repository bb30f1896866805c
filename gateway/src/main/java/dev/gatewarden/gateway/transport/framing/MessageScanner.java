package dev.gatewarden.gateway.transport.framing;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Follows the framing of one direction of an HTTP/1.1 connection, byte by byte, before anything
/// decodes it: what two readers could frame
/// differently is refused (RFC 9112). Pure; the split of the bytes into reads makes no difference.
public abstract sealed class MessageScanner permits RequestScanner, ResponseScanner {
  private static final int HEAD = 0;
  private static final int FIXED = 1;
  private static final int SIZE = 2;
  private static final int SIZE_LF = 3;
  private static final int DATA = 4;
  private static final int DATA_CR = 5;
  private static final int DATA_LF = 6;
  private static final int TRAILERS = 7;
  private static final int OPEN = 8;
  private static final int NOTHING = 9;

  private static final int TEXT = 0;
  private static final int CR = 1;
  private static final int CRLF = 2;
  private static final int CRLF_CR = 3;

  private static final byte[] EMPTY = new byte[0];

  private final int maxHead;
  private final int maxFields;

  private int state = HEAD;
  private int line = TEXT;
  private byte[] kept = EMPTY;
  private int keptLength;
  private long left;
  private int digits;
  private @Nullable Framing refusal;
  private boolean refusedInHead;

  int fields;

  MessageScanner(int maxHead, int maxFields) {
    this.maxHead = maxHead;
    this.maxFields = maxFields;
  }

  /// Goes on with the next bytes.
  ///
  /// @return `to` when they are sound; otherwise where the refused part begins, and `refusal` says
  ///     why
  public final int scan(byte[] a, int from, int to) {
    int at = from;
    while (at < to) {
      int start = at;
      at =
          switch (state) {
            case HEAD, TRAILERS -> lines(a, at, to);
            case FIXED -> fixed(at, to);
            case SIZE -> size(a, at, to);
            case SIZE_LF -> sizeEnd(a, at);
            case DATA -> data(at, to);
            case DATA_CR -> expect(a[at], '\r', DATA_LF, at);
            case DATA_LF -> dataEnd(a, at);
            case OPEN -> to;
            default -> refuse(Framing.MALFORMED, at);
          };
      if (refusal != null) {
        return start;
      }
    }
    return to;
  }

  /// How many of the next bytes are content that needs no look; they count as scanned.
  public final int skip(int available) {
    if (state == OPEN) {
      return available;
    }
    if (state != FIXED && state != DATA) {
      return 0;
    }
    // The last byte is left to `scan`, which moves on to the next state.
    int skipped = (int) Math.min(available, left - 1);
    left -= skipped;
    return skipped;
  }

  /// Why the bytes were refused; null while they are sound.
  public final @Nullable Framing refusal() {
    return refusal;
  }

  /// Whether the refused part is a head, so that no request (or response) of it exists.
  public final boolean refusedInHead() {
    return refusedInHead;
  }

  /// Whether a part of a head has arrived and the rest has not.
  public final boolean midHead() {
    return state == HEAD && keptLength > 0;
  }

  /// Whether the end of the connection would cut a message off.
  public final boolean midBody() {
    return state != HEAD && state != OPEN && state != NOTHING;
  }

  abstract void head(byte[] a, int from, int to);

  abstract void field(byte[] a, int from, int colon, int valueFrom, int valueTo);

  /// What follows the message: another head, or nothing.
  abstract boolean moreFollows();

  final int refuse(Framing why, int at) {
    refusal = why;
    return at;
  }

  final void bodyNone() {
    endOfMessage();
  }

  final void bodyFixed(long length) {
    if (length == 0) {
      endOfMessage();
    } else {
      left = length;
      state = FIXED;
    }
  }

  final void bodyChunked() {
    state = SIZE;
    digits = 0;
    left = 0;
  }

  final void bodyOpen() {
    state = OPEN;
  }

  final void awaitHead() {
    state = HEAD;
    line = TEXT;
  }

  final void awaitNothing() {
    state = NOTHING;
  }

  private void endOfMessage() {
    if (moreFollows()) {
      awaitHead();
    } else {
      awaitNothing();
    }
  }

  private int lines(byte[] a, int from, int to) {
    int st = line;
    int room = Math.min(to, from + maxHead - keptLength);
    int i = from;
    while (i < room) {
      byte b = a[i++];
      if (b == '\r') {
        if (st == CR || st == CRLF_CR) {
          return refuseHere(Framing.LINE_END);
        }
        st = st == CRLF ? CRLF_CR : CR;
      } else if (b == '\n') {
        if (st == CRLF_CR) {
          line = TEXT;
          return complete(a, from, i);
        }
        if (st != CR) {
          return refuseHere(Framing.LINE_END);
        }
        st = CRLF;
      } else if (st == CR || st == CRLF_CR) {
        return refuseHere(Framing.LINE_END);
      } else if (Chars.value(b)) {
        st = TEXT;
      } else {
        return refuseHere(Framing.CONTROL_CHARACTER);
      }
    }
    line = st;
    keep(a, from, i);
    if (keptLength >= maxHead && i < to) {
      return refuseHere(state == HEAD ? tooLong(kept, keptLength) : Framing.HEAD_TOO_LONG);
    }
    if (state == HEAD && tooLongAlready(kept, keptLength)) {
      return refuseHere(tooLong(kept, keptLength));
    }
    return i;
  }

  /// Which bound a head breaks that goes on beyond its room.
  Framing tooLong(byte[] a, int length) {
    return Framing.HEAD_TOO_LONG;
  }

  /// Whether an incomplete head breaks a bound already.
  boolean tooLongAlready(byte[] a, int length) {
    return false;
  }

  private int refuseHere(Framing why) {
    refusedInHead = state == HEAD;
    return refuse(why, 0);
  }

  private void keep(byte[] a, int from, int to) {
    int length = to - from;
    if (keptLength + length > kept.length) {
      kept = Arrays.copyOf(kept, Math.max(1024, (keptLength + length) * 2));
    }
    System.arraycopy(a, from, kept, keptLength, length);
    keptLength += length;
  }

  private int complete(byte[] a, int from, int to) {
    boolean trailers = state == TRAILERS;
    if (keptLength == 0) {
      read(a, from, to, trailers);
    } else {
      keep(a, from, to);
      read(kept, 0, keptLength, trailers);
      kept = EMPTY;
      keptLength = 0;
    }
    if (refusal != null) {
      refusedInHead = !trailers;
    } else if (trailers) {
      endOfMessage();
    }
    return to;
  }

  private void read(byte[] a, int from, int to, boolean trailers) {
    fields = 0;
    if (trailers) {
      trailerLines(a, from);
    } else {
      head(a, from, to);
    }
  }

  private void trailerLines(byte[] a, int from) {
    int i = from;
    while (refusal == null && a[i] != '\r') {
      int colon = nameEnd(a, i);
      if (refusal == null && !Fields.allowedInTrailer(a, i, colon)) {
        refuse(Framing.TRAILER, i);
      }
      i = lineEnd(a, i) + 2;
    }
  }

  /// Reads the field lines between a first line and the empty line.
  final void fieldLines(byte[] a, int from) {
    int i = from;
    while (refusal == null && a[i] != '\r') {
      int end = lineEnd(a, i);
      int colon = nameEnd(a, i);
      if (refusal != null) {
        return;
      }
      int valueFrom = colon + 1;
      int valueTo = end;
      while (valueFrom < valueTo && blank(a[valueFrom])) {
        valueFrom++;
      }
      while (valueTo > valueFrom && blank(a[valueTo - 1])) {
        valueTo--;
      }
      field(a, i, colon, valueFrom, valueTo);
      i = end + 2;
    }
  }

  private int nameEnd(byte[] a, int from) {
    if (blank(a[from])) {
      return refuse(Framing.FOLDED, from);
    }
    if (++fields > maxFields) {
      return refuse(Framing.TOO_MANY_FIELDS, from);
    }
    int i = from;
    while (Chars.token(a[i])) {
      i++;
    }
    return i > from && a[i] == ':' ? i : refuse(Framing.FIELD_NAME, from);
  }

  static int lineEnd(byte[] a, int from) {
    int i = from;
    while (a[i] != '\r') {
      i++;
    }
    return i;
  }

  private static boolean blank(byte b) {
    return b == ' ' || b == '\t';
  }

  private int fixed(int at, int to) {
    int taken = (int) Math.min(left, to - at);
    left -= taken;
    if (left == 0) {
      endOfMessage();
    }
    return at + taken;
  }

  private int size(byte[] a, int from, int to) {
    int i = from;
    while (i < to) {
      byte b = a[i++];
      int digit = Chars.hex(b);
      if (digit >= 0 && digits < 8) {
        digits++;
        left = left << 4 | digit;
      } else if (b == '\r' && digits > 0 && left <= Integer.MAX_VALUE) {
        state = SIZE_LF;
        return i;
      } else {
        return refuse(b == ';' && digits > 0 ? Framing.CHUNK_EXTENSION : Framing.CHUNK, from);
      }
    }
    return i;
  }

  private int sizeEnd(byte[] a, int at) {
    line = CRLF;
    return expect(a[at], '\n', left == 0 ? TRAILERS : DATA, at);
  }

  private int data(int at, int to) {
    int taken = (int) Math.min(left, to - at);
    left -= taken;
    if (left == 0) {
      state = DATA_CR;
    }
    return at + taken;
  }

  private int dataEnd(byte[] a, int at) {
    digits = 0;
    return expect(a[at], '\n', SIZE, at);
  }

  private int expect(byte b, char wanted, int next, int at) {
    if (b != wanted) {
      return refuse(Framing.CHUNK, at);
    }
    state = next;
    return at + 1;
  }
}

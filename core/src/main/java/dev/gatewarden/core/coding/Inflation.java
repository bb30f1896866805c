package dev.gatewarden.core.coding;

import dev.gatewarden.core.exchange.Bytes;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Undoes gzip (RFC 1952) and deflate (RFC 1950, RFC 1951).
///
/// One member and nothing behind it, its length and checksum right: what follows a first member is
/// read by some and dropped by others.
public final class Inflation {
  private static final int CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xE0;
  private static final int TRAILER = 8;

  private Inflation() {}

  /// The bytes that one member of gzip holds.
  public static Decoded gzip(Bytes in, Expansion bound) {
    int data = behindHead(in);
    if (data < 0 || in.to() - data < TRAILER) {
      return Decoded.BROKEN;
    }
    Inflater inflater = new Inflater(true);
    try {
      Decoded decoded = inflate(inflater, in.array(), data, in.to() - TRAILER, bound);
      if (decoded instanceof Decoded.Plain(byte[] bytes, int length)) {
        CRC32 sum = new CRC32();
        sum.update(bytes, 0, length);
        int at = in.to() - TRAILER;
        boolean right =
            inflater.getRemaining() == 0
                && little(in.array(), at) == (int) sum.getValue()
                && little(in.array(), at + 4) == length;
        return right ? decoded : Decoded.BROKEN;
      }
      return decoded;
    } finally {
      inflater.end();
    }
  }

  /// The bytes that zlib data holds; bare deflate, which some senders mean by `deflate`, as well
  /// (RFC 9110, section 8.4.1.2).
  public static Decoded deflate(Bytes in, Expansion bound) {
    byte[] a = in.array();
    boolean zlib =
        in.length() >= 2
            && (a[in.from()] & 0x0F) == 8
            && ((a[in.from()] & 0xFF) << 8 | a[in.from() + 1] & 0xFF) % 31 == 0;
    Inflater inflater = new Inflater(!zlib);
    try {
      Decoded decoded = inflate(inflater, a, in.from(), in.to(), bound);
      return decoded instanceof Decoded.Plain && inflater.getRemaining() != 0
          ? Decoded.BROKEN
          : decoded;
    } finally {
      inflater.end();
    }
  }

  private static Decoded inflate(Inflater inflater, byte[] a, int from, int to, Expansion bound) {
    inflater.setInput(a, from, to - from);
    byte[] out = new byte[(int) Math.min(bound.left() + 1, Math.max(512, (to - from) * 4L))];
    int length = 0;
    try {
      while (!inflater.finished()) {
        int count = inflater.inflate(out, length, out.length - length);
        length += count;
        if (!bound.take(count)) {
          return Decoded.TOO_MUCH;
        }
        if (count == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          return Decoded.BROKEN;
        }
        if (length == out.length && !inflater.finished()) {
          out = Arrays.copyOf(out, (int) Math.min(length * 2L, length + bound.left() + 1));
        }
      }
    } catch (DataFormatException other) {
      return Decoded.BROKEN;
    }
    return new Decoded.Plain(out, length);
  }

  /// Behind the head of a gzip member, or -1.
  private static int behindHead(Bytes in) {
    byte[] a = in.array();
    int at = in.from();
    if (in.length() < 10 + TRAILER
        || a[at] != 0x1F
        || a[at + 1] != (byte) 0x8B
        || a[at + 2] != 8
        || (a[at + 3] & RESERVED) != 0) {
      return -1;
    }
    int flags = a[at + 3];
    at += 10;
    if ((flags & EXTRA) != 0) {
      if (in.to() - at < 2) {
        return -1;
      }
      at += 2 + ((a[at] & 0xFF) | (a[at + 1] & 0xFF) << 8);
    }
    at = (flags & NAME) != 0 ? behindText(in, at) : at;
    at = (flags & COMMENT) != 0 ? behindText(in, at) : at;
    at += at >= 0 && (flags & CRC) != 0 ? 2 : 0;
    return at > in.to() ? -1 : at;
  }

  private static int behindText(Bytes in, int from) {
    if (from < 0) {
      return -1;
    }
    int at = from;
    while (at < in.to() && in.array()[at] != 0) {
      at++;
    }
    return at < in.to() ? at + 1 : -1;
  }

  private static int little(byte[] a, int at) {
    return (a[at] & 0xFF)
        | (a[at + 1] & 0xFF) << 8
        | (a[at + 2] & 0xFF) << 16
        | (a[at + 3] & 0xFF) << 24;
  }
}

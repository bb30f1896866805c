package dev.gatewarden.gateway.coding;

import dev.gatewarden.core.coding.ContentCoding;
import dev.gatewarden.core.coding.Decoded;
import dev.gatewarden.core.coding.Expansion;
import dev.gatewarden.core.coding.Inflation;
import dev.gatewarden.core.exchange.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import org.brotli.dec.BrotliInputStream;

/// Undoes content codings: bounded by what comes out, and whole or not at all.
public final class Decoder {
  /// Bodies up to this length, in codings that need no window of their own, are undone at once.
  private static final int SHORT = 64 * 1024;

  private static final int PIECE = 8 * 1024;

  /// A few bytes may ask for a window of 16 MiB, so only so many are undone at a time; who waits
  /// does so on a thread of its own.
  private static final Semaphore WINDOWS = new Semaphore(4);

  private Decoder() {}

  /// Whether undoing takes long enough to leave the event loop.
  public static boolean isLong(ContentCoding coding, int length) {
    return switch (coding) {
      case GZIP, DEFLATE -> length > SHORT;
      case BR, ZSTD -> true;
    };
  }

  /// What encoded bytes stand for.
  public static Decoded decode(ContentCoding coding, Bytes in, Expansion bound) {
    return switch (coding) {
      case GZIP -> Inflation.gzip(in, bound);
      case DEFLATE -> Inflation.deflate(in, bound);
      case BR -> windowed(coding, in, bound);
      case ZSTD -> windowed(coding, in, bound);
    };
  }

  private static Decoded windowed(ContentCoding coding, Bytes in, Expansion bound) {
    WINDOWS.acquireUninterruptibly();
    try {
      return coding == ContentCoding.BR ? brotli(in, bound) : Zstandard.decode(in, bound);
    } finally {
      WINDOWS.release();
    }
  }

  /// RFC 7932. The reader looks behind the end of the data only where it has seen all of it, so it
  /// is given all of it at once.
  private static Decoded brotli(Bytes in, Expansion bound) {
    ByteArrayInputStream bytes = new ByteArrayInputStream(in.array(), in.from(), in.length());
    try (InputStream plain = new BrotliInputStream(bytes, Math.max(32, in.length() + 16))) {
      Decoded decoded = all(plain, bound);
      return bytes.available() > 0 && decoded instanceof Decoded.Plain ? Decoded.BROKEN : decoded;
    } catch (IOException | IllegalStateException | IndexOutOfBoundsException other) {
      // the reader checks most of what it reads, and leaves the rest to the bounds of arrays
      return Decoded.BROKEN;
    }
  }

  /// Everything a stream holds.
  ///
  /// @throws IOException when it is damaged or cut off
  static Decoded all(InputStream plain, Expansion bound) throws IOException {
    byte[] out = new byte[PIECE];
    int length = 0;
    for (int count = plain.read(out); count >= 0; count = plain.read(out, length, PIECE)) {
      length += count;
      if (!bound.take(count)) {
        return Decoded.TOO_MUCH;
      }
      if (out.length - length < PIECE) {
        out = Arrays.copyOf(out, out.length * 2);
      }
    }
    return new Decoded.Plain(out, length);
  }
}

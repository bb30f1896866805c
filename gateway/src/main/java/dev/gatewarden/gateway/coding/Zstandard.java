package dev.gatewarden.gateway.coding;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.util.Native;
import dev.gatewarden.core.coding.Decoded;
import dev.gatewarden.core.coding.Expansion;
import dev.gatewarden.core.exchange.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Undoes Zstandard (RFC 8878): one frame, with a window of 8 MiB at the most (RFC 9659).
final class Zstandard {
  private static final Logger LOG = LoggerFactory.getLogger("gatewarden.coding");
  private static final int WINDOW = 23;
  private static final boolean THERE = load();

  private Zstandard() {}

  private static boolean load() {
    try {
      Native.load();
      return true;
    } catch (LinkageError missing) {
      LOG.warn("zstd cannot be undone on this machine: {}", missing.getClass().getName());
      return false;
    }
  }

  static Decoded decode(Bytes in, Expansion bound) {
    if (!THERE) {
      return Decoded.BROKEN;
    }
    ByteArrayInputStream bytes = new ByteArrayInputStream(in.array(), in.from(), in.length());
    try (ZstdInputStreamNoFinalizer plain = new ZstdInputStreamNoFinalizer(bytes)) {
      return frame(in) == in.length()
          ? Decoder.all(plain.setLongMax(WINDOW), bound)
          : Decoded.BROKEN;
    } catch (IOException | ZstdException other) {
      return Decoded.BROKEN;
    }
  }

  /// The bytes of the first frame; negative where there is none.
  private static long frame(Bytes in) {
    byte[] a = in.array();
    boolean begins =
        in.length() > 8
            && a[in.from()] == 0x28
            && a[in.from() + 1] == (byte) 0xB5
            && a[in.from() + 2] == 0x2F
            && a[in.from() + 3] == (byte) 0xFD;
    return begins ? Zstd.findFrameCompressedSize(a, in.from(), in.length()) : -1;
  }
}

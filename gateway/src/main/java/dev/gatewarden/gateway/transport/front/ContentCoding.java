package dev.gatewarden.gateway.transport.front;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/// The content codings that a held body is freed of (RFC 9110, section 8.4.1).
final class ContentCoding {
  private ContentCoding() {}

  static boolean known(String coding) {
    return coding.equalsIgnoreCase("gzip")
        || coding.equalsIgnoreCase("x-gzip")
        || coding.equalsIgnoreCase("deflate");
  }

  /// The plain bytes; null when they are malformed or more than `most`.
  static byte @Nullable [] decode(String coding, byte[] encoded, int length, long most) {
    try (InputStream plain = stream(coding, encoded, length)) {
      int bound = (int) Math.min(most, Integer.MAX_VALUE - 16);
      byte[] bytes = plain.readNBytes(bound);
      return plain.read() < 0 ? bytes : null;
    } catch (IOException malformed) {
      return null;
    }
  }

  private static InputStream stream(String coding, byte[] encoded, int length) throws IOException {
    InputStream in = new ByteArrayInputStream(encoded, 0, length);
    if (!coding.equalsIgnoreCase("deflate")) {
      return new GZIPInputStream(in);
    }
    // The zlib format is what the standard says and bare deflate what some servers send.
    boolean zlib =
        length >= 2
            && (encoded[0] & 0x0F) == 8
            && ((encoded[0] & 0xFF) << 8 | encoded[1] & 0xFF) % 31 == 0;
    return new InflaterInputStream(in, new Inflater(!zlib));
  }
}

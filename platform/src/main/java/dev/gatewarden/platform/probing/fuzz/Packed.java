package dev.gatewarden.platform.probing.fuzz;

import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.probe.Draft;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// Bodies in content codings (RFC 9110, section 8.4): a service that knows none may refuse them.
final class Packed {
  private static final int BOMB = 4 << 20;
  private static final int MOST = 60_000;

  static final List<Coding> ALL =
      List.of(
          Coding.same("gzip", draft -> packed(draft, "gzip", Packed::gzip)),
          Coding.same("deflate", draft -> packed(draft, "deflate", Packed::deflate)),
          Coding.same("br", draft -> packed(draft, "br", Packed::brotli)),
          Coding.same("gzip-twice", draft -> packed(draft, "gzip, gzip", body -> gzip(gzip(body)))),
          Coding.wrong("gzip-cut", Rule.CUT, draft -> packed(draft, "gzip", Packed::cut)),
          Coding.odd("gzip-bomb", draft -> packed(draft, "gzip", Packed::bomb)),
          Coding.odd("gzip-untrue", draft -> packed(draft, "gzip", body -> body)),
          Coding.odd("coding-unknown", draft -> packed(draft, "x-probe", body -> body)));

  private Packed() {}

  private static @Nullable Draft packed(Draft draft, String coding, UnaryOperator<byte[]> packer) {
    byte[] body = Writing.bytes(draft);
    return body.length == 0 || body.length > MOST
        ? null
        : draft.bytes(packer.apply(body), draft.mediaType()).header("Content-Encoding", coding);
  }

  private static byte[] gzip(byte[] body) {
    ByteArrayOutputStream to = new ByteArrayOutputStream();
    try (OutputStream zip = new GZIPOutputStream(to)) {
      zip.write(body);
    } catch (IOException impossible) {
      throw new GatewardenBug("memory cannot be written", impossible);
    }
    return to.toByteArray();
  }

  private static byte[] deflate(byte[] body) {
    ByteArrayOutputStream to = new ByteArrayOutputStream();
    try (OutputStream zip = new DeflaterOutputStream(to)) {
      zip.write(body);
    } catch (IOException impossible) {
      throw new GatewardenBug("memory cannot be written", impossible);
    }
    return to.toByteArray();
  }

  /// One block that is not compressed, and an empty last one (RFC 7932, section 9.2).
  private static byte[] brotli(byte[] body) {
    int head = body.length - 1 << 4 | 1 << 20;
    ByteArrayOutputStream to = new ByteArrayOutputStream();
    to.write(head);
    to.write(head >> 8);
    to.write(head >> 16);
    to.writeBytes(body);
    to.write(3);
    return to.toByteArray();
  }

  private static byte[] cut(byte[] body) {
    byte[] whole = gzip(body);
    return Arrays.copyOf(whole, whole.length - Math.min(12, whole.length / 2));
  }

  /// A few kilobytes that become some megabytes of blanks behind the body.
  private static byte[] bomb(byte[] body) {
    byte[] blown = Arrays.copyOf(body, body.length + BOMB);
    Arrays.fill(blown, body.length, blown.length, (byte) ' ');
    return gzip(blown);
  }
}

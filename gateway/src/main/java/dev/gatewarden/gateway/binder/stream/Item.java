package dev.gatewarden.gateway.binder.stream;

import dev.gatewarden.core.exchange.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// One item of a stream.
public sealed interface Item {

  /// Nothing that shows an object: what keeps a connection alive.
  ///
  /// @param leaves what stands for it
  record Silence(Bytes leaves) implements Item {}

  /// A JSON document, or what should be one.
  ///
  /// @param json with at least 16 bytes behind it
  /// @param before what leaves before the document
  record Document(Framing framing, Bytes json, String before) implements Item {

    /// The item with a document in it.
    public Bytes with(Bytes document) {
      ByteArrayOutputStream out = new ByteArrayOutputStream(document.length() + 32);
      out.writeBytes(before.getBytes(StandardCharsets.UTF_8));
      if (framing != Framing.EVENTS) {
        out.write(document.array(), document.from(), document.length());
        out.write('\n');
        return Bytes.of(out.toByteArray());
      }
      for (int at = document.from(); at <= document.to(); ) {
        int end = at;
        while (end < document.to() && document.array()[end] != '\n') {
          end++;
        }
        out.writeBytes(DATA);
        out.write(document.array(), at, end - at);
        out.write('\n');
        at = end + 1;
      }
      out.write('\n');
      return Bytes.of(out.toByteArray());
    }

    private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);
  }
}

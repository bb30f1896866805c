package dev.gatewarden.gateway.transport.wire;

import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.gateway.transport.framing.Fields;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.BiConsumer;

/// Writes heads of HTTP/1.1, line by line, into one array that is used again and again.
public final class HeadText implements BiConsumer<String, String> {
  private static final byte[][] STATUS = new byte[600][];

  static {
    for (int status = 100; status < STATUS.length; status++) {
      String reason = HttpResponseStatus.valueOf(status).reasonPhrase();
      STATUS[status] = ascii("HTTP/1.1 " + status + " " + reason + "\r\n");
    }
  }

  private byte[] bytes = new byte[4096];
  private int length;
  private boolean plainBody;

  public static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /// The bytes of a value that was decoded as Latin-1.
  static byte[] latin1(String text) {
    if (!Fields.writable(text)) {
      throw new GatewardenBug("a header value cannot be written");
    }
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /// Begins the head of a response.
  ///
  /// @param decoded whether the content coding was undone, so that its header must not leave
  public void response(int status, boolean decoded) {
    if (status < 100 || status >= STATUS.length) {
      throw new GatewardenBug("a response needs a status between 100 and 599");
    }
    length = 0;
    plainBody = decoded;
    raw(STATUS[status]);
  }

  /// Begins the head of a request.
  public void request(String method, String target, String authority) {
    length = 0;
    plainBody = false;
    text(method);
    raw(' ');
    text(target);
    raw(REST_OF_LINE);
    text(authority);
    end();
  }

  private static final byte[] REST_OF_LINE = ascii(" HTTP/1.1\r\nhost: ");

  /// One line; fields of the hop are left out, since the transport writes them by itself.
  @Override
  public void accept(String name, String value) {
    if (Fields.hop(name) || plainBody && name.equals("content-encoding")) {
      return;
    }
    name(name);
    text(value);
    end();
  }

  /// A line of the transport's own.
  public void line(byte[] nameAndValue) {
    raw(nameAndValue);
  }

  public void number(byte[] name, long value) {
    raw(name);
    text(Long.toString(value));
    end();
  }

  public void end() {
    room(2);
    bytes[length++] = '\r';
    bytes[length++] = '\n';
  }

  /// What was written, with room behind it.
  public ByteBuf take(ByteBufAllocator alloc, int more) {
    return alloc.directBuffer(length + more).writeBytes(bytes, 0, length);
  }

  private void name(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c <= ' ' || c >= 0x7F || c == ':') {
        throw new GatewardenBug("a header name cannot be written");
      }
    }
    text(name);
    room(2);
    bytes[length++] = ':';
    bytes[length++] = ' ';
  }

  @SuppressWarnings(
      "deprecation") // the one way to copy the bytes of a Latin-1 string without an array between
  private void text(String text) {
    int chars = text.length();
    for (int i = 0; i < chars; i++) {
      char c = text.charAt(i);
      if (c < ' ' && c != '\t' || c == 0x7F || c > 0xFF) {
        throw new GatewardenBug("a header value cannot be written");
      }
    }
    room(chars);
    text.getBytes(0, chars, bytes, length);
    length += chars;
  }

  private void raw(byte[] text) {
    room(text.length);
    System.arraycopy(text, 0, bytes, length, text.length);
    length += text.length;
  }

  private void raw(char c) {
    room(1);
    bytes[length++] = (byte) c;
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, (length + more) * 2);
    }
  }
}

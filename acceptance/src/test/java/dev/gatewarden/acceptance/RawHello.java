package dev.gatewarden.acceptance;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/// A ClientHello written by hand, which no library would send (RFC 5246, section 7.4.1.2), and what
/// comes back.
final class RawHello {
  static final int SSL_3 = 0x0300;
  static final int TLS_1_0 = 0x0301;
  static final int TLS_1_1 = 0x0302;
  static final int TLS_1_2 = 0x0303;

  private static final int ALERT = 21;
  private static final int HANDSHAKE = 22;

  private RawHello() {}

  /// `suite c02b`, with the suite that the server chose, `alert 40`, or `closed`.
  ///
  /// @param host named in the hello; empty for none
  static String told(int port, int version, String host, int... suites) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(record(hello(version, host, suites)));
      socket.getOutputStream().flush();
      return told(socket.getInputStream());
    }
  }

  private static String told(InputStream in) throws IOException {
    byte[] head;
    byte[] body;
    try {
      head = in.readNBytes(5);
      if (head.length < 5) {
        return "closed";
      }
      body = in.readNBytes((head[3] & 0xff) << 8 | head[4] & 0xff);
    } catch (SocketException reset) {
      return "closed";
    }
    if (head[0] == ALERT) {
      return "alert " + body[1];
    }
    if (head[0] != HANDSHAKE || body[0] != 2) {
      return "record " + head[0];
    }
    // type, length (3), version (2), random (32), the session's length and the session
    int at = 38 + 1 + (body[38] & 0xff);
    return "suite %02x%02x".formatted(body[at] & 0xff, body[at + 1] & 0xff);
  }

  private static byte[] record(byte[] hello) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeByte(HANDSHAKE);
    out.writeShort(TLS_1_0);
    out.writeShort(hello.length + 4);
    out.writeByte(1);
    out.writeByte(0);
    out.writeShort(hello.length);
    out.write(hello);
    return bytes.toByteArray();
  }

  private static byte[] hello(int version, String host, int... suites) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeShort(version);
    out.write(new byte[32]);
    out.writeByte(0);
    out.writeShort(suites.length * 2);
    for (int suite : suites) {
      out.writeShort(suite);
    }
    out.writeByte(1);
    out.writeByte(0);
    byte[] extensions = extensions(host);
    out.writeShort(extensions.length);
    out.write(extensions);
    return bytes.toByteArray();
  }

  private static byte[] extensions(String host) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    if (!host.isEmpty()) {
      byte[] name = host.getBytes(StandardCharsets.US_ASCII);
      out.writeShort(0);
      out.writeShort(name.length + 5);
      out.writeShort(name.length + 3);
      out.writeByte(0);
      out.writeShort(name.length);
      out.write(name);
    }
    shorts(out, 10, 0x001d, 0x0017, 0x0018, 0x0100);
    out.writeShort(11);
    out.writeShort(2);
    out.writeShort(0x0100);
    shorts(out, 13, 0x0403, 0x0804, 0x0401, 0x0503, 0x0501, 0x0201, 0x0203, 0x0202);
    return bytes.toByteArray();
  }

  private static void shorts(DataOutputStream out, int type, int... values) throws IOException {
    out.writeShort(type);
    out.writeShort(values.length * 2 + 2);
    out.writeShort(values.length * 2);
    for (int value : values) {
      out.writeShort(value);
    }
  }
}

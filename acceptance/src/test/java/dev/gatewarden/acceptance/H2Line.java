package dev.gatewarden.acceptance;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// One connection that speaks as much HTTP/2 as it takes to ask for things of several hosts (RFC
/// 9113; RFC 7541 without tables).
public final class H2Line implements AutoCloseable {
  private static final int HEADERS = 1;
  private static final int SETTINGS = 4;
  private static final int ACK = 1;
  private static final int ENDS = 4 | 1;
  private static final int STATUS_200 = 0x88;

  private final Socket socket;
  private final DataInputStream in;
  private int stream = -1;

  H2Line(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(socket.getInputStream());
    socket
        .getOutputStream()
        .write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    write(SETTINGS, 0, 0, new byte[0]);
  }

  /// The status of the answer.
  public int get(String host, String path) throws IOException {
    stream += 2;
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    field(block, ":method", "GET");
    field(block, ":scheme", "https");
    field(block, ":authority", host);
    field(block, ":path", path);
    write(HEADERS, ENDS, stream, block.toByteArray());
    while (true) {
      int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
      int type = in.readUnsignedByte();
      int flags = in.readUnsignedByte();
      int of = in.readInt();
      byte[] payload = in.readNBytes(length);
      if (type == SETTINGS && (flags & ACK) == 0) {
        write(SETTINGS, ACK, 0, new byte[0]);
      }
      if (type == HEADERS && of == stream) {
        return status(payload);
      }
    }
  }

  /// `200` has a number of its own; any other status stands there as digits.
  private static int status(byte[] block) {
    if ((block[0] & 0xff) == STATUS_200) {
      return 200;
    }
    String text = new String(block, 0, Math.min(16, block.length), StandardCharsets.ISO_8859_1);
    for (int i = 0; i + 3 <= text.length(); i++) {
      String three = text.substring(i, i + 3);
      if (three.chars().allMatch(c -> c >= '0' && c <= '9')) {
        return Integer.parseInt(three);
      }
    }
    throw new AssertionError("no status");
  }

  private static void field(ByteArrayOutputStream block, String name, String value)
      throws IOException {
    block.write(0);
    block.write(name.length());
    block.write(name.getBytes(StandardCharsets.US_ASCII));
    block.write(value.length());
    block.write(value.getBytes(StandardCharsets.US_ASCII));
  }

  private void write(int type, int flags, int of, byte[] payload) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(payload.length >> 16);
    frame.write(payload.length >> 8);
    frame.write(payload.length);
    frame.write(type);
    frame.write(flags);
    frame.write(new byte[] {(byte) (of >> 24), (byte) (of >> 16), (byte) (of >> 8), (byte) of});
    frame.write(payload);
    socket.getOutputStream().write(frame.toByteArray());
    socket.getOutputStream().flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

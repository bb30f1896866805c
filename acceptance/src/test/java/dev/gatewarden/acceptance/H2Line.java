package dev.gatewarden.acceptance;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// One connection that speaks as much HTTP/2 as it takes to ask for things of several hosts (RFC
/// 9113; RFC 7541 without tables).
public final class H2Line implements AutoCloseable {
  private static final int HEADERS = 1;
  private static final int SETTINGS = 4;
  private static final int ACK = 1;
  private static final int ENDS = 4 | 1;
  private static final int DATA = 0;
  private static final int RESET = 3;
  private static final int PING = 6;
  private static final int GOAWAY = 7;
  private static final int WINDOW = 8;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;
  private static final int STATUS_200 = 0x88;
  private static final int[] NUMBERED = {200, 204, 206, 304, 400, 404, 500};

  private final Socket socket;
  private final DataInputStream in;
  private int stream = -1;

  public H2Line(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(socket.getInputStream());
    socket
        .getOutputStream()
        .write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    // No dynamic table, so that each head can be read by itself.
    write(SETTINGS, 0, 0, new byte[] {0, 1, 0, 0, 0, 0});
  }

  /// What came back over one stream.
  ///
  /// @param status 0 where no answer came, only a reset or the end of the connection
  /// @param block its first head, undecoded (ISO 8859-1)
  public record Answer(int status, String block, String body) {}

  /// Sends a request, fields and trailers as they are (ISO 8859-1), and waits for what comes of it.
  ///
  /// @param pieces of the body; none for a request that ends with its head
  /// @param trailers none where empty
  public Answer ask(List<String[]> fields, List<String> pieces, List<String[]> trailers)
      throws IOException {
    stream += 2;
    boolean bare = pieces.isEmpty() && trailers.isEmpty();
    write(HEADERS, bare ? END_HEADERS | END_STREAM : END_HEADERS, stream, block(fields));
    for (int i = 0; i < pieces.size(); i++) {
      boolean last = i + 1 == pieces.size() && trailers.isEmpty();
      byte[] piece = pieces.get(i).getBytes(StandardCharsets.ISO_8859_1);
      write(DATA, last ? END_STREAM : 0, stream, piece);
    }
    if (!trailers.isEmpty()) {
      write(HEADERS, END_HEADERS | END_STREAM, stream, block(trailers));
    }
    return answer();
  }

  private Answer answer() throws IOException {
    String block = "";
    StringBuilder body = new StringBuilder();
    while (true) {
      int length = in.read();
      if (length < 0) {
        return new Answer(0, block, body.toString());
      }
      length = length << 16 | in.readUnsignedShort();
      int type = in.readUnsignedByte();
      int flags = in.readUnsignedByte();
      int of = in.readInt();
      byte[] payload = in.readNBytes(length);
      if (type == SETTINGS && (flags & ACK) == 0) {
        write(SETTINGS, ACK, 0, new byte[0]);
      } else if (type == PING && (flags & ACK) == 0) {
        write(PING, ACK, 0, payload);
      } else if (type == GOAWAY && block.isEmpty()) {
        return new Answer(0, "", "");
      } else if (of != stream || type == WINDOW) {
        continue;
      } else if (type == HEADERS && block.isEmpty()) {
        block = new String(payload, StandardCharsets.ISO_8859_1);
      } else if (type == DATA) {
        body.append(new String(payload, StandardCharsets.ISO_8859_1));
      }
      boolean over =
          type == RESET || (flags & END_STREAM) != 0 && (type == HEADERS || type == DATA);
      if (over && of == stream) {
        byte[] head = block.getBytes(StandardCharsets.ISO_8859_1);
        return new Answer(block.isEmpty() ? 0 : status(head), block, body.toString());
      }
    }
  }

  private static byte[] block(List<String[]> fields) throws IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (String[] field : fields) {
      block.write(0);
      text(block, field[0]);
      text(block, field[1]);
    }
    return block.toByteArray();
  }

  private static void text(ByteArrayOutputStream block, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    if (bytes.length < 127) {
      block.write(bytes.length);
    } else {
      block.write(127);
      int left = bytes.length - 127;
      while (left >= 128) {
        block.write(left & 127 | 128);
        left >>= 7;
      }
      block.write(left);
    }
    block.write(bytes);
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

  /// Some have a number of their own; any other status stands there as digits.
  private static int status(byte[] block) {
    int at = 0;
    while ((block[at] & 0xe0) == 0x20) {
      at++;
    }
    int known = (block[at] & 0xff) - STATUS_200;
    if (known >= 0 && known < NUMBERED.length) {
      return NUMBERED[known];
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

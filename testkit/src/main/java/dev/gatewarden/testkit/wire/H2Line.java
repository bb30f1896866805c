package dev.gatewarden.testkit.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// One connection that speaks HTTP/2 frame by frame, right or wrong (RFC 9113; RFC 7541 without
/// tables).
///
///     try (H2Line line = H2Line.open(gate.uri())) {
///       line.send(Frame.HEADERS, Frame.END_HEADERS, 1, line.head("POST", "/", "own.example"));
///       line.send(Frame.RST_STREAM, 0, 1, H2Line.word(8));
///       assertThat(line.goodbye()).isEqualTo(11);
///     }
public final class H2Line implements AutoCloseable {
  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
  private static final int PATIENCE = 20_000;

  private final Socket socket;
  private final DataInputStream in;
  private int stream = -1;

  /// Sends the preface, and that there is no dynamic table, so that each head can be read by
  /// itself.
  public H2Line(Socket socket) throws IOException {
    this(socket, setting(1, 0));
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
    int own = next();
    boolean bare = pieces.isEmpty() && trailers.isEmpty();
    int ended = Frame.END_HEADERS | Frame.ENDS;
    send(Frame.HEADERS, bare ? ended : Frame.END_HEADERS, own, block(fields));
    for (int i = 0; i < pieces.size(); i++) {
      boolean last = i + 1 == pieces.size() && trailers.isEmpty();
      send(Frame.DATA, last ? Frame.ENDS : 0, own, pieces.get(i).getBytes(ISO_8859_1));
    }
    if (!trailers.isEmpty()) {
      send(Frame.HEADERS, ended, own, block(trailers));
    }
    return answer(own);
  }

  private Answer answer(int of) throws IOException {
    int status = 0;
    String block = "";
    StringBuilder body = new StringBuilder();
    while (true) {
      Frame frame;
      try {
        frame = read();
      } catch (EOFException closed) {
        return new Answer(status, block, body.toString());
      }
      if (frame.type() == Frame.PING && (frame.flags() & Frame.ACK) == 0) {
        send(Frame.PING, Frame.ACK, 0, frame.payload());
      } else if (frame.type() == Frame.GOAWAY && block.isEmpty()) {
        return new Answer(0, "", "");
      } else if (frame.stream() == of) {
        if (frame.type() == Frame.HEADERS && block.isEmpty()) {
          block = new String(frame.payload(), ISO_8859_1);
          status = frame.status();
        } else if (frame.type() == Frame.DATA) {
          body.append(new String(frame.payload(), ISO_8859_1));
        }
        if (frame.ends() || frame.type() == Frame.RST_STREAM) {
          return new Answer(status, block, body.toString());
        }
      }
    }
  }

  private static byte[] block(List<String[]> fields) {
    List<String> all = new ArrayList<>();
    for (String[] field : fields) {
      all.addAll(List.of(field));
    }
    return block(all.toArray(String[]::new));
  }

  /// Sends the preface and settings of one's own.
  public H2Line(Socket socket, byte[] settings) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(socket.getInputStream());
    socket.setSoTimeout(PATIENCE);
    socket.setTcpNoDelay(true);
    raw(PREFACE.getBytes(US_ASCII));
    send(Frame.SETTINGS, 0, 0, settings);
  }

  /// Speaks without TLS.
  public static H2Line open(URI to) throws IOException {
    return new H2Line(new Socket(to.getHost(), to.getPort()), setting(1, 0));
  }

  /// The same with settings of one's own.
  public static H2Line open(URI to, byte[] settings) throws IOException {
    return new H2Line(new Socket(to.getHost(), to.getPort()), settings);
  }

  public Socket socket() {
    return socket;
  }

  /// The stream that a next request would have.
  public int next() {
    stream += 2;
    return stream;
  }

  /// The status of the answer.
  public int get(String host, String path) throws IOException {
    int own = next();
    send(Frame.HEADERS, Frame.END_HEADERS | Frame.ENDS, own, head("GET", path, host));
    return status(own);
  }

  /// The status of the answer to what was asked on a stream.
  public int status(int of) throws IOException {
    while (true) {
      Frame frame = read();
      if (frame.stream() == of && frame.type() == Frame.HEADERS) {
        return frame.status();
      }
      if (frame.stream() == of && frame.type() == Frame.RST_STREAM) {
        throw new AssertionError("reset with " + frame.code());
      }
    }
  }

  /// What came of a stream until it ended or was reset, and -1 at the end where the connection did.
  public List<Integer> types(int of) throws IOException {
    List<Integer> seen = new ArrayList<>();
    while (true) {
      Frame frame;
      try {
        frame = read();
      } catch (EOFException | SocketException closed) {
        seen.add(-1);
        return seen;
      }
      if (frame.stream() == of && frame.type() != Frame.WINDOW_UPDATE) {
        seen.add(frame.type());
        if (frame.ends() || frame.type() == Frame.RST_STREAM) {
          return seen;
        }
      }
    }
  }

  /// The error code with which the other side says goodbye; -1 where it closes without a word.
  public int goodbye() throws IOException {
    int code = -1;
    try {
      while (true) {
        Frame frame = read();
        if (frame.type() == Frame.GOAWAY) {
          code = frame.code();
        }
      }
    } catch (EOFException | SocketException closed) {
      return code;
    }
  }

  /// The next frame; settings are acknowledged.
  public Frame read() throws IOException {
    int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
    int type = in.readUnsignedByte();
    int flags = in.readUnsignedByte();
    int of = in.readInt();
    byte[] payload = new byte[length];
    in.readFully(payload);
    if (type == Frame.SETTINGS && (flags & Frame.ACK) == 0) {
      send(Frame.SETTINGS, Frame.ACK, 0, new byte[0]);
    }
    return new Frame(type, flags, of, payload);
  }

  public void send(int type, int flags, int of, byte[] payload) throws IOException {
    raw(frame(type, flags, of, payload));
  }

  /// The same frame again and again, until so many are sent or the other side hangs up.
  ///
  /// @return whether all were sent
  public boolean flood(int times, byte[] frame) {
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    try {
      for (int i = 0; i < times; i++) {
        many.writeBytes(frame);
        if (many.size() > 16_000 || i == times - 1) {
          raw(many.toByteArray());
          many.reset();
        }
      }
      return true;
    } catch (IOException hungUp) {
      return false;
    }
  }

  public void raw(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /// A frame's bytes.
  public static byte[] frame(int type, int flags, int of, byte[] payload) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(payload.length >> 16);
    frame.write(payload.length >> 8);
    frame.write(payload.length);
    frame.write(type);
    frame.write(flags);
    frame.writeBytes(word(of));
    frame.writeBytes(payload);
    return frame.toByteArray();
  }

  /// Four bytes in network order.
  public static byte[] word(int value) {
    return new byte[] {
      (byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value
    };
  }

  /// One setting (section 6.5.1).
  public static byte[] setting(int id, int value) {
    ByteArrayOutputStream setting = new ByteArrayOutputStream();
    setting.write(id >> 8);
    setting.write(id);
    setting.writeBytes(word(value));
    return setting.toByteArray();
  }

  /// A request's head: every field as it stands, none in a table.
  ///
  /// @param more names and values in turn
  public byte[] head(String method, String path, String host, String... more) {
    String scheme = socket instanceof SSLSocket ? "https" : "http";
    List<String> all =
        new ArrayList<>(
            List.of(":method", method, ":scheme", scheme, ":authority", host, ":path", path));
    all.addAll(List.of(more));
    return block(all.toArray(String[]::new));
  }

  /// Fields as they stand, none in a table.
  ///
  /// @param pairs names and values in turn
  public static byte[] block(@Nullable String... pairs) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (int i = 0; i < pairs.length; i += 2) {
      block.write(0);
      text(block, String.valueOf(pairs[i]));
      text(block, String.valueOf(pairs[i + 1]));
    }
    return block.toByteArray();
  }

  private static void text(ByteArrayOutputStream block, String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    int most = 127;
    if (bytes.length < most) {
      block.write(bytes.length);
    } else {
      block.write(most);
      int left = bytes.length - most;
      while (left > most) {
        block.write(left & most | 128);
        left >>>= 7;
      }
      block.write(left);
    }
    block.writeBytes(bytes);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

package dev.gatewarden.acceptance;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/// A service that keeps the very bytes of each request that reached it, and reads nothing into
/// them.
public final class RawEcho implements AutoCloseable {
  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}"
          .getBytes(StandardCharsets.US_ASCII);

  /// An answer that begins so is the last of its connection.
  public static final char LAST = '!';

  private final ServerSocket server;
  private final Function<Arrived, byte[]> answers;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final List<Arrived> arrived = new CopyOnWriteArrayList<>();

  /// A request as it came, byte by byte (ISO 8859-1).
  ///
  /// @param lines the header lines, without the request line
  public record Arrived(String requestLine, List<String> lines, byte[] body) {
    public String target() {
      return requestLine.split(" ", -1)[1];
    }

    /// The values of a field, by its name in lower case.
    public List<String> field(String name) {
      return lines.stream()
          .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith(name + ":"))
          .map(line -> line.substring(name.length() + 1).strip())
          .toList();
    }

    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  private RawEcho(ServerSocket server, Function<Arrived, byte[]> answers) {
    this.server = server;
    this.answers = answers;
    Thread.ofVirtual().start(this::accept);
  }

  public static RawEcho start() throws IOException {
    return answering(_ -> ANSWER);
  }

  /// @param answers every byte of the answer to a request
  public static RawEcho answering(Function<Arrived, byte[]> answers) throws IOException {
    return new RawEcho(
        new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1})), answers);
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  /// How many connections were made.
  public int connections() {
    return open.size();
  }

  public int count() {
    return arrived.size();
  }

  public Arrived last() {
    return arrived.getLast();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException closed) {
      return;
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        List<String> lines = new ArrayList<>();
        for (String field = line(in); !field.isEmpty(); field = line(in)) {
          lines.add(field);
        }
        Arrived head = new Arrived(line, lines, new byte[0]);
        Arrived whole = new Arrived(line, lines, body(in, head));
        arrived.add(whole);
        byte[] answer = answers.apply(whole);
        boolean last = answer.length > 0 && answer[0] == LAST;
        socket.getOutputStream().write(answer, last ? 1 : 0, answer.length - (last ? 1 : 0));
        socket.getOutputStream().flush();
        if (last) {
          return;
        }
      }
    } catch (IOException gone) {
      return;
    }
  }

  private static byte[] body(InputStream in, Arrived head) throws IOException {
    if (!head.field("content-length").isEmpty()) {
      return in.readNBytes(Integer.parseInt(head.field("content-length").getFirst()));
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    if (!head.field("transfer-encoding").isEmpty()) {
      for (int size = size(in); size > 0; size = size(in)) {
        all.write(in.readNBytes(size));
        line(in);
      }
      line(in);
    }
    return all.toByteArray();
  }

  private static int size(InputStream in) throws IOException {
    return Integer.parseInt(line(in), 16);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      line.append((char) b);
    }
    return line.isEmpty() ? "" : line.substring(0, line.length() - 1);
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}

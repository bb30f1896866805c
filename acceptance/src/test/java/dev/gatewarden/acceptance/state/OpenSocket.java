package dev.gatewarden.acceptance.state;

import dev.gatewarden.testkit.WithoutControl;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// A WebSocket that a caller keeps open through the gate, and on which nothing is said.
public final class OpenSocket implements AutoCloseable {
  /// What asks for one (RFC 6455, section 4.1), after the request line and the caller's own fields.
  private static final String UPGRADE =
      "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
          + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

  /// Several times as long as a caller is not looked at; where nobody looks, once and a half.
  private static int patience() {
    return WithoutControl.named().isEmpty() ? 30_000 : 8_000;
  }

  private final Socket socket;
  private final InputStream in;

  private OpenSocket(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  /// Opens one on a connection.
  ///
  /// @param fields the header fields that prove the caller
  /// @throws IOException where there is none, which proves nothing about what would end it
  public static OpenSocket on(Socket socket, String host, String path, String... fields)
      throws IOException {
    socket.setSoTimeout(patience());
    StringBuilder head = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n");
    for (String field : fields) {
      head.append(field).append("\r\n");
    }
    socket.getOutputStream().write((head + UPGRADE).getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    OpenSocket open = new OpenSocket(socket);
    String answer = Things.head(open.in);
    if (!answer.contains(" 101 ")) {
      throw new IOException("no socket: " + answer);
    }
    return open;
  }

  /// Waits for the gate's goodbye; the status code that it names (RFC 6455, section 7.4).
  public int goodbye() throws IOException {
    byte[] close;
    try {
      close = in.readNBytes(4);
    } catch (SocketTimeoutException silent) {
      throw new AssertionError("the gate says no goodbye", silent);
    }
    if (close.length < 4 || (close[0] & 0x0F) != 8) {
      throw new AssertionError("the gate says no goodbye");
    }
    return (close[2] & 0xFF) << 8 | close[3] & 0xFF;
  }

  /// What still comes of a stream that has to end.
  static String rest(Socket socket, InputStream in) throws IOException {
    socket.setSoTimeout(patience());
    try {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (SocketTimeoutException endless) {
      throw new AssertionError("the gate does not end it", endless);
    }
  }

  /// Whether nothing comes for as long as this; what comes is lost.
  public boolean isQuietFor(Duration time) throws IOException {
    socket.setSoTimeout((int) time.toMillis());
    try {
      var unused = in.read();
      return false;
    } catch (SocketTimeoutException quiet) {
      return true;
    } finally {
      socket.setSoTimeout(patience());
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

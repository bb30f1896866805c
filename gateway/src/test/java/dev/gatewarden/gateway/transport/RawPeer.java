package dev.gatewarden.gateway.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A client that sends exactly the bytes it is told to, and reads replies as text.
final class RawPeer implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;

  RawPeer(InetSocketAddress address) throws IOException {
    socket = new Socket(address.getAddress(), address.getPort());
    socket.setSoTimeout(10_000);
    socket.setTcpNoDelay(true);
    in = socket.getInputStream();
  }

  RawPeer(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(10_000);
    in = socket.getInputStream();
  }

  RawPeer send(String latin1) throws IOException {
    return send(latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  RawPeer send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  RawPeer finish() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /// Everything until the other side closes.
  String rest() throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  /// One head, up to and with its empty line.
  String head() throws IOException {
    return until("\r\n\r\n");
  }

  String until(String mark) throws IOException {
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    while (true) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("closed after: " + seen.toString(StandardCharsets.ISO_8859_1));
      }
      seen.write(b);
      String text = seen.toString(StandardCharsets.ISO_8859_1);
      if (text.endsWith(mark)) {
        return text;
      }
    }
  }

  byte[] bytes(int count) throws IOException {
    return in.readNBytes(count);
  }

  String text(int count) throws IOException {
    return new String(in.readNBytes(count), StandardCharsets.ISO_8859_1);
  }

  int read() throws IOException {
    return in.read();
  }

  Socket socket() {
    return socket;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

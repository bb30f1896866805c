package dev.gatewarden.acceptance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// Bytes as nobody's client would send them.
public final class Wire {

  private Wire() {}

  /// Sends bytes and returns everything that comes back until the other side closes or is silent.
  public static String talk(URI to, String bytes) throws IOException {
    try (Socket socket = new Socket(to.getHost(), to.getPort())) {
      socket.setSoTimeout(3000);
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return drain(socket.getInputStream());
    }
  }

  private static String drain(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] piece = new byte[4096];
    try {
      for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
        all.write(piece, 0, n);
      }
    } catch (SocketTimeoutException e) {
      return all.toString(StandardCharsets.ISO_8859_1);
    }
    return all.toString(StandardCharsets.ISO_8859_1);
  }

  /// How many answers a text holds.
  public static int answers(String text) {
    return text.split("HTTP/1\\.[01] [1-5]", -1).length - 1;
  }

  /// The status of its first answer; 0 when there is none.
  public static int status(String text) {
    return text.startsWith("HTTP/1.") ? Integer.parseInt(text.substring(9, 12)) : 0;
  }
}

package dev.gatewarden.acceptance.framing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

/// Many connections at once, each with one thing to say.
final class Attackers {
  private static final int AT_ONCE = 64;
  private static final int LISTEN_MILLIS = 400;
  private static final int BETWEEN_MILLIS = 40;

  private Attackers() {}

  /// What one connection was told.
  ///
  /// @param tag the word that only this connection says
  record Told(Smuggle smuggle, String tag, String text) {}

  static List<Told> attack(URI gate, List<Smuggle> all) throws Exception {
    Semaphore room = new Semaphore(AT_ONCE);
    try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Told>> told =
          IntStream.range(0, all.size())
              .mapToObj(
                  i ->
                      each.submit(
                          () -> {
                            room.acquire();
                            try {
                              String tag = "c%05d".formatted(i);
                              return new Told(all.get(i), tag, say(gate, all.get(i).pieces(tag)));
                            } finally {
                              room.release();
                            }
                          }))
              .toList();
      List<Told> done = new java.util.ArrayList<>();
      for (Future<Told> one : told) {
        done.add(one.get());
      }
      return done;
    }
  }

  private static String say(URI gate, List<String> pieces) throws IOException {
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    try (Socket socket = new Socket(gate.getHost(), gate.getPort())) {
      socket.setTcpNoDelay(true);
      for (int i = 0; i < pieces.size(); i++) {
        socket.getOutputStream().write(pieces.get(i).getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        socket.setSoTimeout(i + 1 < pieces.size() ? BETWEEN_MILLIS : LISTEN_MILLIS);
        listen(socket.getInputStream(), heard);
      }
    } catch (IOException hungUp) {
      return heard.toString(StandardCharsets.ISO_8859_1);
    }
    return heard.toString(StandardCharsets.ISO_8859_1);
  }

  /// Until the other side closes or is silent.
  private static void listen(InputStream in, ByteArrayOutputStream to) throws IOException {
    byte[] piece = new byte[4096];
    try {
      for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
        to.write(piece, 0, n);
      }
    } catch (SocketTimeoutException silent) {
      return;
    }
  }
}

package dev.gatewarden.gateway.transport;

import dev.gatewarden.gateway.pipeline.Resilience;
import dev.gatewarden.gateway.pipeline.Upstreams;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// A service that writes down exactly what it receives and answers by a script.
final class RecordingUpstream implements AutoCloseable {
  /// What is done with one connection.
  interface Script {
    void serve(RawPeer peer) throws Exception;
  }

  private final ServerSocket server;
  final AtomicInteger connections = new AtomicInteger();
  final List<String> heads = new CopyOnWriteArrayList<>();
  final List<String> bodies = new CopyOnWriteArrayList<>();
  final List<Socket> open = new CopyOnWriteArrayList<>();

  private RecordingUpstream(Script script) throws IOException {
    server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(() -> accept(script));
  }

  static RecordingUpstream with(Script script) throws IOException {
    return new RecordingUpstream(script);
  }

  /// Answers every request with the same bytes; bodies by content length or chunks are read first.
  static RecordingUpstream answering(String response) throws IOException {
    RecordingUpstream[] self = new RecordingUpstream[1];
    self[0] =
        new RecordingUpstream(
            peer -> {
              while (true) {
                self[0].readRequest(peer);
                peer.send(response);
              }
            });
    return self[0];
  }

  void readRequest(RawPeer peer) throws IOException {
    String head = peer.head();
    heads.add(head);
    String lower = head.toLowerCase(java.util.Locale.ROOT);
    int at = lower.indexOf("content-length: ");
    if (at >= 0) {
      int length = Integer.parseInt(lower.substring(at + 16, lower.indexOf('\r', at)));
      bodies.add(peer.text(length));
    } else if (lower.contains("transfer-encoding: chunked")) {
      StringBuilder body = new StringBuilder();
      while (true) {
        String size = peer.until("\r\n").trim();
        int length = Integer.parseInt(size, 16);
        if (length == 0) {
          StringBuilder trailers = new StringBuilder();
          for (String line = peer.until("\r\n"); !line.equals("\r\n"); line = peer.until("\r\n")) {
            trailers.append(line);
          }
          bodies.add(body + (trailers.isEmpty() ? "" : "|" + trailers));
          return;
        }
        body.append(peer.text(length));
        peer.until("\r\n");
      }
    } else {
      bodies.add("");
    }
  }

  private void accept(Script script) {
    try {
      while (true) {
        Socket socket = server.accept();
        connections.incrementAndGet();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(script, socket));
      }
    } catch (IOException closed) {
      // The test is over.
      assert server.isClosed();
    }
  }

  private static void serve(Script script, Socket socket) {
    try (RawPeer peer = new RawPeer(socket)) {
      script.serve(peer);
    } catch (Exception gone) {
      // The gate has closed the connection, which some tests are about.
      assert gone != null;
    }
  }

  InetSocketAddress address() {
    return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
  }

  Upstreams upstreams() {
    return new Upstreams(
        "shop", List.of(new Upstreams.Place(address(), false, "shop.internal")), false);
  }

  Upstreams upstreams(Resilience resilience) {
    return upstreams("shop", resilience, this);
  }

  /// One API at several places.
  static Upstreams upstreams(String name, Resilience resilience, RecordingUpstream... places) {
    List<Upstreams.Place> all = new ArrayList<>();
    for (RecordingUpstream each : places) {
      all.add(
          new Upstreams.Place(each.address(), false, "shop.internal:" + each.address().getPort()));
    }
    return new Upstreams(name, all, false, resilience);
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}

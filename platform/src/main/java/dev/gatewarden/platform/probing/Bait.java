package dev.gatewarden.platform.probing;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// An address of the tester's own, on loopback: whoever fetches it was told to by an attempt.
final class Bait implements AutoCloseable {
  /// Fetches that are written down; whoever is lured may come as often as they like.
  private static final int MOST = 10_000;

  private final HttpServer server;
  private final Set<String> taken = ConcurrentHashMap.newKeySet();

  private Bait(HttpServer server) {
    this.server = server;
  }

  /// @throws IOException where no port is free
  static Bait laid() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    Bait bait = new Bait(server);
    server.createContext(
        "/",
        exchange -> {
          if (bait.taken.size() < MOST) {
            bait.taken.add(exchange.getRequestURI().getPath());
          }
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    return bait;
  }

  String address(String name) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + name;
  }

  boolean isTaken(String name) {
    return taken.contains("/" + name);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

package dev.gatewarden.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/// Ports for servers that cannot say which one they took. Whatever can listen on port 0 does that.
public final class Ports {
  /// Below what the system gives to connections by itself, so that none of those takes one in
  /// between.
  private static final int FIRST = 15_000;

  private static final int COUNT = 15_000;
  private static int next = ThreadLocalRandom.current().nextInt(COUNT);

  private Ports() {}

  /// A port of loopback on which nobody listens, and that this process was not given before.
  public static synchronized int free() throws IOException {
    for (int i = 0; i < COUNT; i++) {
      int port = FIRST + next;
      next = (next + 1) % COUNT;
      if (listensNobody(port)) {
        return port;
      }
    }
    throw new IOException("no port of loopback is free");
  }

  private static boolean listensNobody(int port) {
    try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return taken.isBound();
    } catch (IOException _) {
      return false;
    }
  }
}

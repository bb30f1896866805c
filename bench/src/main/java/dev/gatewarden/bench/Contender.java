package dev.gatewarden.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A proxy under measurement: a process that listens on loopback.
record Contender(String name, Process process, int port) implements AutoCloseable {

  /// Starts a program and waits until it accepts connections.
  static Contender start(String name, Path folder, int port, List<String> command)
      throws IOException {
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile())
            .start();
    long until = System.nanoTime() + Duration.ofMinutes(3).toNanos();
    while (!accepts(port)) {
      if (!process.isAlive() || System.nanoTime() > until) {
        process.destroy();
        throw new IOException(name + " did not start, see " + folder.resolve(name + ".log"));
      }
      pause();
    }
    return new Contender(name, process, port);
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException refused) {
      return false;
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(50);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

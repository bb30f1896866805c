package dev.gatewarden.acceptance;

import dev.gatewarden.testkit.Ports;
import java.io.IOException;
import redis.embedded.RedisServer;
import redis.embedded.core.RedisServerBuilder;

/// A Redis of a test's own on loopback, which keeps nothing on disk.
public final class Redis implements AutoCloseable {
  private final RedisServer server;
  private final int port;

  private Redis(RedisServer server, int port) {
    this.server = server;
    this.port = port;
  }

  /// @param settings lines of its configuration
  public static Redis start(String... settings) throws IOException {
    return start(Ports.free(), settings);
  }

  public static Redis start(int port, String... settings) throws IOException {
    RedisServerBuilder builder =
        RedisServer.newRedisServer()
            .port(port)
            .bind("127.0.0.1")
            .setting("save \"\"")
            .onShutdownForceStop(true);
    for (String setting : settings) {
      builder.setting(setting);
    }
    RedisServer server = builder.build();
    server.start();
    return new Redis(server, port);
  }

  public int port() {
    return port;
  }

  /// What a configuration says of it: `redis://127.0.0.1:6379`.
  public String uri() {
    return "redis://127.0.0.1:" + port;
  }

  /// Ends it as a crash would.
  public void kill() throws IOException {
    server.stop();
  }

  /// Starts it again on the same port.
  public void revive() throws IOException {
    server.start();
  }

  @Override
  public void close() throws IOException {
    server.stop();
  }
}

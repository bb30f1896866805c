package dev.gatewarden.gateway.transport;

import dev.gatewarden.gateway.transport.upstream.Reach;
import dev.gatewarden.gateway.transport.wire.Limits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/// A listener on loopback with a scripted gate and a clock that only the test moves.
final class Bench implements AutoCloseable {
  static final Limits LIMITS =
      new Limits(
          8192,
          50,
          4096,
          1L << 30,
          1 << 16,
          16,
          64,
          64,
          500,
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          Duration.ofSeconds(75),
          Duration.ofSeconds(300));

  /// The same bounds with less time for a head.
  static Limits hasty(Duration head) {
    return new Limits(
        8192,
        50,
        4096,
        1L << 30,
        1 << 16,
        16,
        64,
        64,
        500,
        head,
        LIMITS.bodyTime(),
        LIMITS.idleTime(),
        LIMITS.silence());
  }

  final ScriptedGate gate = new ScriptedGate();
  final AtomicLong nanos = new AtomicLong();
  final Transport transport;
  final Listener listener;

  Bench() throws IOException {
    this(LIMITS, 64L << 20, null, Reach.DEFAULT);
  }

  Bench(Limits limits, long inFlight, Settings.Tls tls, Reach reach) throws IOException {
    transport = Transport.open(2, inFlight, reach, nanos::get, Duration.ofMillis(5));
    // Certificates are good or not by the time that they were made.
    Instant start = tls == null ? Instant.EPOCH : Instant.now();
    InstantSource clock = () -> start.plusNanos(nanos.get());
    listener =
        Listener.start(
            new Settings(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), tls, limits),
            transport,
            gate,
            clock);
  }

  static Reach trusting(Path certificate) {
    return new Reach(Duration.ofSeconds(3), Duration.ofSeconds(30), 64, 8192, 50, certificate);
  }

  void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  RawPeer peer() throws IOException {
    return new RawPeer(listener.address());
  }

  @Override
  public void close() {
    listener.close();
    transport.close();
  }
}

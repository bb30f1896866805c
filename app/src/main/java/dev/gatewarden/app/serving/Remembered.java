package dev.gatewarden.app.serving;

import dev.gatewarden.core.decision.Snapshots;
import dev.gatewarden.core.decision.Snapshots.Snapshot;
import dev.gatewarden.gateway.conformity.Conformity;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How well answers keep their contracts, kept over a restart: written every minute where something
/// changed, and at the end.
final class Remembered implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Remembered.class);
  private static final String NAME = "conformity";

  private final Snapshots snapshots;
  private final Conformity conformity = new Conformity();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("conformity").factory());
  private String written = "";

  private Remembered(Snapshots snapshots) {
    this.snapshots = snapshots;
  }

  static Remembered open(Snapshots snapshots) {
    Remembered remembered = new Remembered(snapshots);
    snapshots
        .newest(NAME)
        .ifPresent(
            before ->
                remembered.conformity.restore(
                    new String(before.content(), StandardCharsets.UTF_8)));
    remembered.written = remembered.conformity.text();
    var unused = remembered.clock.scheduleWithFixedDelay(remembered::write, 1, 1, TimeUnit.MINUTES);
    return remembered;
  }

  Conformity conformity() {
    return conformity;
  }

  /// Whoever else writes has seen other answers; the last one is kept.
  private synchronized void write() {
    String text = conformity.text();
    if (text.equals(written)) {
      return;
    }
    try {
      long newest = snapshots.newest(NAME).map(Snapshot::generation).orElse(0L);
      Optional<Snapshot> kept =
          snapshots.publish(NAME, newest, text.getBytes(StandardCharsets.UTF_8));
      if (kept.isPresent()) {
        written = text;
      }
    } catch (UncheckedIOException full) {
      LOG.warn(
          "what is known of answers cannot be written, and begins anew after a restart: {}",
          full.getMessage());
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
    write();
  }
}

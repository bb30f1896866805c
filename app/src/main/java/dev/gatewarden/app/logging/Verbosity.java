package dev.gatewarden.app.logging;

import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// The least of what the program's own loggers say: a level that does not change, and for a time
/// another one.
public final class Verbosity {
  private final Level usual;
  private final InstantSource clock;
  private volatile @Nullable Other other;

  private record Other(Level level, Instant until) {}

  Verbosity(Level usual, InstantSource clock) {
    this.usual = usual;
    this.clock = clock;
  }

  /// That of this program; one that nobody heeds where something else writes its log.
  public static Verbosity ofThisProgram() {
    return LoggerFactory.getILoggerFactory() instanceof StderrLogging logging
        ? logging.verbosity()
        : new Verbosity(Level.INFO, InstantSource.system());
  }

  /// Says this level and those above it until then.
  public void say(Level level, Instant until) {
    other = new Other(level, until);
  }

  /// The least that is said now.
  public Level level() {
    Other now = inForce();
    return now == null ? usual : now.level;
  }

  /// Until when another level than the usual one is said; null where none is.
  public @Nullable Instant until() {
    Other now = inForce();
    return now == null ? null : now.until;
  }

  private @Nullable Other inForce() {
    Other now = other;
    if (now != null && !clock.instant().isBefore(now.until)) {
      other = null;
      return null;
    }
    return now;
  }
}

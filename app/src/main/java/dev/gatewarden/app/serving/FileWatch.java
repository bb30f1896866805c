package dev.gatewarden.app.serving;

import dev.gatewarden.core.document.ProblemsException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks after the files of a gate: when they say something else, and nobody is still writing them,
/// they are read again.
///
/// It asks the files how they are every second; what they say is compared only where that changed.
/// Where they cannot be put in force, they are tried again now and then, for what keeps them from
/// it may lie elsewhere.
final class FileWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final int LOOKS_BETWEEN_TRIES = 30;

  private final Reloads reloads;
  private final ScheduledExecutorService timer;
  private InputFiles looked;
  private String seen;
  private boolean unsettled;
  private int looks;

  private FileWatch(Reloads reloads) {
    this.reloads = reloads;
    this.looked = reloads.tried();
    this.seen = looked.state();
    // What was written between the first reading and now is seen at the first look.
    this.unsettled = true;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("file-watch").factory());
  }

  /// Begins to look.
  static FileWatch begin(Reloads reloads) {
    FileWatch watch = new FileWatch(reloads);
    var unused =
        watch.timer.scheduleWithFixedDelay(
            watch::safely, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return watch;
  }

  /// A watch that looks only when it is told to.
  static FileWatch idle(Reloads reloads) {
    return new FileWatch(reloads);
  }

  /// Files that look the same as the last time rest.
  void look() {
    InputFiles files = reloads.tried();
    String state = files.state();
    boolean rest = files == looked && state.equals(seen);
    unsettled |= !rest;
    looked = files;
    seen = state;
    looks++;
    boolean again = reloads.isOld() && looks >= LOOKS_BETWEEN_TRIES;
    if (rest && (unsettled || again)) {
      unsettled = false;
      if (again || files.changed() != null) {
        looks = 0;
        reload();
      }
    }
  }

  private void reload() {
    try {
      reloads.reload(Reloads.WATCH);
    } catch (ProblemsException told) {
      LOG.debug("the files are not in force", told);
    }
  }

  private void safely() {
    try {
      look();
    } catch (RuntimeException fault) {
      LOG.error("the gate's files could not be looked after", fault);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}

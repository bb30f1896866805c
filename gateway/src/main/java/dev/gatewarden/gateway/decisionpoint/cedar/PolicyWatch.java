package dev.gatewarden.gateway.decisionpoint.cedar;

import dev.gatewarden.core.document.ProblemsException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts policies in force when their files change; what is not sound stays out, and what was in
/// force stays in.
public final class PolicyWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PolicyWatch.class);
  private static final Logger AUDIT = LoggerFactory.getLogger("dev.gatewarden.audit");

  private final CedarPoint point;
  private final ScheduledExecutorService timer;
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong reloaded = new AtomicLong();
  private long seen;
  private boolean unsettled;

  private PolicyWatch(CedarPoint point) {
    this.point = point;
    this.seen = point.trace();
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("policy-watch").factory());
  }

  /// Looks at the files every so often.
  public static PolicyWatch begin(CedarPoint point, Duration every) {
    PolicyWatch watch = new PolicyWatch(point);
    ScheduledFuture<?> unused =
        watch.timer.scheduleWithFixedDelay(
            watch::look, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    return watch;
  }

  /// A watch that looks only when it is told to.
  static PolicyWatch idle(CedarPoint point) {
    return new PolicyWatch(point);
  }

  /// How many times changed files were put in force.
  public long reloaded() {
    return reloaded.get();
  }

  /// How many times changed files were refused.
  public long refused() {
    return refused.get();
  }

  /// Reloads when the files have changed and nobody is still writing them: they look the same as
  /// the last time.
  void look() {
    try {
      long trace = point.trace();
      if (trace != seen) {
        seen = trace;
        unsettled = true;
      } else if (unsettled) {
        unsettled = false;
        reload();
      }
    } catch (RuntimeException fault) {
      LOG.error("policies could not be looked after", fault);
    }
  }

  private void reload() {
    try {
      String before = point.status().digest();
      if (point.reload()) {
        reloaded.incrementAndGet();
        AUDIT.info("policies changed from={} to={}", before, point.status().digest());
      }
    } catch (ProblemsException wrong) {
      refused.incrementAndGet();
      LOG.error(
          "changed policies are not put in force, those before stay:\n{}", wrong.getMessage());
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}

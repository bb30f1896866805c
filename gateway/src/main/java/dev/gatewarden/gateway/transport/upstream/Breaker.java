package dev.gatewarden.gateway.transport.upstream;

import dev.gatewarden.core.limit.DurationText;
import dev.gatewarden.gateway.pipeline.Resilience;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A circuit breaker that all workers share: closed, it is one read for each call.
final class Breaker {
  private static final Logger LOG = LoggerFactory.getLogger("gatewarden.transport");

  private final String name;
  private final Resilience.Breaker settings;
  private final AtomicReference<State> state;
  private final LongAdder opened = new LongAdder();

  /// How it stands. A call brings back the state in which it was let through, so that calls of
  /// before say nothing of afterwards.
  sealed interface State {}

  /// Everybody is let through.
  record Closed(Window window) implements State {}

  /// Nobody is.
  record Open(long until) implements State {}

  /// A few are, to see how it goes.
  record HalfOpen(AtomicInteger left, AtomicInteger well) implements State {
    boolean take() {
      for (int now = left.get(); now > 0; now = left.get()) {
        if (left.compareAndSet(now, now - 1)) {
          return true;
        }
      }
      return false;
    }
  }

  /// @param name what it stands before, for logs
  Breaker(String name, Resilience.Breaker settings) {
    this.name = name;
    this.settings = settings;
    this.state = new AtomicReference<>(closed());
  }

  private Closed closed() {
    return new Closed(new Window(settings.window()));
  }

  /// Lets one call through.
  ///
  /// @param now nanoseconds since some moment, the same for all workers
  /// @return what the call brings back, or null where it is not let through
  @Nullable State enter(long now) {
    State known = state.get();
    if (known instanceof Closed) {
      return known;
    }
    if (known instanceof Open open && now - open.until >= 0) {
      HalfOpen trying = new HalfOpen(new AtomicInteger(settings.trials()), new AtomicInteger());
      if (state.compareAndSet(open, trying)) {
        LOG.info("upstream {}: is tried again", name);
      }
      known = state.get();
    }
    return switch (known) {
      case Closed closed -> closed;
      case HalfOpen trying -> trying.take() ? trying : null;
      case Open _ -> null;
    };
  }

  /// Whether `enter` would let a call through.
  boolean lets(long now) {
    return switch (state.get()) {
      case Closed _ -> true;
      case HalfOpen trying -> trying.left.get() > 0;
      case Open(long until) -> now - until >= 0;
    };
  }

  /// Whether calls are let through as usual.
  boolean closedNow() {
    return state.get() instanceof Closed;
  }

  /// Nanoseconds until somebody is let through, as far as that is known.
  long rests(long now) {
    return state.get() instanceof Open(long until) ? Math.max(0, until - now) : 0;
  }

  /// How a call went.
  ///
  /// @param pass what `enter` gave
  void went(State pass, long now, boolean failed, boolean slow) {
    switch (pass) {
      case Closed closed -> {
        closed.window.count(now, failed, slow);
        if ((failed || slow) && state.get() == closed) {
          judge(closed, now);
        }
      }
      case HalfOpen trying -> {
        if (failed || slow) {
          open(trying, now, "still fails");
        } else if (trying.well.incrementAndGet() >= settings.trials()
            && state.compareAndSet(trying, closed())) {
          LOG.info("upstream {}: is well again", name);
        }
      }
      case Open _ -> {}
    }
  }

  /// A call that had seemed to go well did not.
  void broke(long now) {
    if (state.get() instanceof Closed closed) {
      went(closed, now, true, false);
    }
  }

  /// Nothing is known of how a call went.
  void forgo(State pass) {
    if (pass instanceof HalfOpen trying) {
      trying.left.incrementAndGet();
    }
  }

  private void judge(Closed closed, long now) {
    Window.Counts counts = closed.window.counts(now);
    if (counts.calls() < settings.calls()) {
      return;
    }
    if (Window.Counts.reaches(counts.failed(), counts.calls(), settings.failed())) {
      open(closed, now, "fails");
    } else if (Window.Counts.reaches(counts.slow(), counts.calls(), settings.slow())) {
      open(closed, now, "is slow");
    }
  }

  private void open(State from, long now, String why) {
    if (state.compareAndSet(from, new Open(now + settings.rest().toNanos()))) {
      opened.increment();
      LOG.warn(
          "upstream {}: {}, and is left alone for {}",
          name,
          why,
          DurationText.write(settings.rest()));
    }
  }

  /// Calls of the last while; none where it is not closed.
  long calls(long now) {
    return state.get() instanceof Closed(Window window) ? window.counts(now).calls() : 0;
  }

  /// How often it has opened.
  long opened() {
    return opened.sum();
  }

  /// How it stands: 0 closed, 1 half open, 2 open.
  int level() {
    return switch (state.get()) {
      case Closed _ -> 0;
      case HalfOpen _ -> 1;
      case Open _ -> 2;
    };
  }
}

package dev.gatewarden.gateway.transport.upstream;

import dev.gatewarden.core.limit.DurationText;
import dev.gatewarden.gateway.pipeline.Resilience;
import dev.gatewarden.gateway.pipeline.Upstreams;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What all workers know of one place: how busy it is, how its calls went, and whether it is well.
final class PlaceHealth {
  private static final Logger LOG = LoggerFactory.getLogger("gatewarden.transport");
  private static final int MOST_TIMES = 10;
  private static final long NEVER = Long.MIN_VALUE;

  private final String name;
  private final Resilience settings;
  private final Breaker breaker;
  private final AtomicInteger busy = new AtomicInteger();
  private final AtomicInteger failedInRow = new AtomicInteger();
  private final LongAdder ejections = new LongAdder();
  private volatile long ejectedUntil = NEVER;
  private volatile long backSince = NEVER;
  private volatile boolean unwell;
  private int times;

  PlaceHealth(String api, Upstreams.Place place, Resilience settings) {
    this.name = place.host();
    this.settings = settings;
    this.breaker = new Breaker(api + " at " + name, settings.breaker());
  }

  String name() {
    return name;
  }

  Breaker breaker() {
    return breaker;
  }

  /// Requests on their way, of all workers.
  int busy() {
    return busy.get();
  }

  boolean enter() {
    if (busy.incrementAndGet() <= settings.atOnce().eachPlace()) {
      return true;
    }
    busy.decrementAndGet();
    return false;
  }

  boolean full() {
    return busy.get() >= settings.atOnce().eachPlace();
  }

  void leave() {
    busy.decrementAndGet();
  }

  boolean ejected(long now) {
    long until = ejectedUntil;
    return until != NEVER && now - until < 0;
  }

  boolean unwell() {
    return unwell;
  }

  /// Whether requests go to it where they have a choice.
  boolean welcome(long now) {
    return !unwell && !ejected(now) && breaker.lets(now);
  }

  /// How much of what it could take it is given, from 0 to 1: it grows after it came back.
  double share(long now) {
    long since = backSince;
    if (since == NEVER) {
      return 1;
    }
    long slow = settings.ejection().slowStart().toNanos();
    long gone = now - since;
    if (gone >= slow) {
      backSince = NEVER;
      return 1;
    }
    return Math.max(0.1, gone / (double) slow);
  }

  /// @return whether so many calls in a row have failed that it ought to be left out
  boolean went(boolean failed) {
    if (!failed) {
      if (failedInRow.get() != 0) {
        failedInRow.set(0);
      }
      return false;
    }
    return failedInRow.incrementAndGet() >= settings.ejection().after();
  }

  /// Leaves it out for a while; called under the service's lock.
  void eject(long now) {
    times = Math.min(MOST_TIMES, wellSince(now) ? 1 : times + 1);
    long until = now + settings.ejection().rest().toNanos() * times;
    ejectedUntil = until;
    backSince = until;
    failedInRow.set(0);
    ejections.increment();
    LOG.warn(
        "upstream {}: failed {} times in a row and is left out for {}",
        name,
        settings.ejection().after(),
        DurationText.write(settings.ejection().rest().multipliedBy(times)));
  }

  /// Whether it has been well for as long as it was left out last.
  private boolean wellSince(long now) {
    return ejectedUntil == NEVER
        || now - ejectedUntil > settings.ejection().rest().toNanos() * times;
  }

  /// What asking it showed.
  void asked(boolean well, long now) {
    if (well == unwell) {
      if (well) {
        backSince = now;
        LOG.info("upstream {}: says that it is well", name);
      } else {
        LOG.warn("upstream {}: does not say that it is well, and is left out", name);
      }
      unwell = !well;
    }
  }

  long ejections() {
    return ejections.sum();
  }
}

package dev.gatewarden.gateway.transport.upstream;

import dev.gatewarden.gateway.pipeline.Resilience;
import dev.gatewarden.gateway.pipeline.Upstreams;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// What all workers know of one API's service: how many requests are there, how they went, and what
/// may be tried again.
final class ServiceHealth {
  private final Upstreams upstreams;
  private final Resilience settings;
  private final Breaker breaker;
  private final List<PlaceHealth> places = new ArrayList<>();
  private final Window repeats;
  private final AtomicInteger inside = new AtomicInteger();
  private final AtomicInteger waiting = new AtomicInteger();
  private final ConcurrentLinkedQueue<Attempt> queue = new ConcurrentLinkedQueue<>();

  private final LongAdder tries = new LongAdder();
  private final LongAdder repeated = new LongAdder();
  private final LongAdder overBudget = new LongAdder();
  private final LongAdder refusedResting = new LongAdder();
  private final LongAdder refusedFull = new LongAdder();

  ServiceHealth(Upstreams upstreams) {
    this.upstreams = upstreams;
    this.settings = upstreams.resilience();
    this.breaker = new Breaker(upstreams.name(), settings.breaker());
    this.repeats = new Window(settings.breaker().window());
    for (Upstreams.Place place : upstreams.places()) {
      places.add(new PlaceHealth(upstreams.name(), place, settings));
    }
  }

  Resilience settings() {
    return settings;
  }

  Breaker breaker() {
    return breaker;
  }

  PlaceHealth place(int index) {
    return places.get(index);
  }

  /// Takes one of the places at the service, if there is one.
  boolean enter() {
    for (int now = inside.get(); now < settings.atOnce().calls(); now = inside.get()) {
      if (inside.compareAndSet(now, now + 1)) {
        return true;
      }
    }
    return false;
  }

  /// Lets a request wait until another ends, if there is room for that.
  boolean queue(Attempt attempt) {
    for (int now = waiting.get(); now < settings.atOnce().queue(); now = waiting.get()) {
      if (waiting.compareAndSet(now, now + 1)) {
        queue.add(attempt);
        // Somebody may have left in between, and found nobody waiting.
        if (enter()) {
          handOn();
        }
        return true;
      }
    }
    return false;
  }

  /// A request does not wait any more.
  ///
  /// @return whether it did until now
  boolean unqueue(Attempt attempt) {
    boolean waited = queue.remove(attempt);
    if (waited) {
      waiting.decrementAndGet();
    }
    return waited;
  }

  /// A request is over: who waited longest takes its place.
  void leave() {
    handOn();
  }

  private void handOn() {
    Attempt next = queue.poll();
    if (next != null) {
      waiting.decrementAndGet();
      next.called();
      return;
    }
    inside.decrementAndGet();
    // Somebody may have begun to wait in between, and found everything taken.
    if (!queue.isEmpty() && enter()) {
      handOn();
    }
  }

  void tried() {
    tries.increment();
  }

  void refusedResting() {
    refusedResting.increment();
  }

  void refusedFull() {
    refusedFull.increment();
  }

  /// Whether one more request may be tried again: a share of all, so that a service that is down is
  /// not hit many times as hard.
  boolean mayRepeat(long now) {
    if (!breaker.closedNow()) {
      return false;
    }
    Resilience.Retry retry = settings.retry();
    long again = repeats.counts(now).calls();
    if (again >= retry.spare() + breaker.calls(now) * retry.budget() / 100) {
      overBudget.increment();
      return false;
    }
    repeats.count(now, false, false);
    return true;
  }

  void repeated() {
    repeated.increment();
  }

  /// How a call at one place went.
  void went(PlaceHealth place, long now, boolean failed) {
    if (place.went(failed)) {
      eject(place, now);
    }
  }

  private synchronized void eject(PlaceHealth place, long now) {
    int out = 0;
    for (PlaceHealth each : places) {
      out += each.ejected(now) ? 1 : 0;
    }
    if (!place.ejected(now) && (out + 1) * 100 <= places.size() * settings.ejection().most()) {
      place.eject(now);
    }
  }

  Sight sight(long now) {
    List<Sight.Place> each = new ArrayList<>();
    for (PlaceHealth place : places) {
      each.add(
          new Sight.Place(
              place.name(),
              place.busy(),
              places.size() == 1 ? breaker.level() : place.breaker().level(),
              place.ejected(now),
              place.ejections(),
              !place.unwell()));
    }
    return new Sight(
        upstreams.name(),
        breaker.level(),
        breaker.opened(),
        inside.get(),
        waiting.get(),
        tries.sum(),
        repeated.sum(),
        overBudget.sum(),
        refusedResting.sum(),
        refusedFull.sum(),
        each);
  }
}

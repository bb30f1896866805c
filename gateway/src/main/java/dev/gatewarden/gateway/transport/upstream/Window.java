package dev.gatewarden.gateway.transport.upstream;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/// Calls of the last while, counted by all workers without waiting for one another.
///
/// Time is cut into slots; what is older than the window is not counted any more, give or take one
/// slot.
final class Window {
  private static final int SLOTS = 10;

  private final long span;
  private final AtomicReferenceArray<Slot> slots = new AtomicReferenceArray<>(SLOTS);

  /// What was counted.
  record Counts(long calls, long failed, long slow) {
    /// Whether a share of them is at least so many percent.
    static boolean reaches(long some, long all, int percent) {
      return some * 100 >= all * percent;
    }
  }

  private static final class Slot {
    final long number;
    final LongAdder calls = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder slow = new LongAdder();

    Slot(long number) {
      this.number = number;
    }
  }

  Window(Duration length) {
    span = Math.max(1, length.toNanos() / SLOTS);
  }

  /// @param now nanoseconds since some moment, the same for all workers
  void count(long now, boolean failed, boolean slow) {
    Slot slot = slot(now);
    slot.calls.increment();
    if (failed) {
      slot.failed.increment();
    }
    if (slow) {
      slot.slow.increment();
    }
  }

  private Slot slot(long now) {
    long number = Math.floorDiv(now, span);
    int index = Math.floorMod(number, SLOTS);
    Slot known = slots.get(index);
    while (known == null || known.number < number) {
      Slot made = new Slot(number);
      if (slots.compareAndSet(index, known, made)) {
        return made;
      }
      known = slots.get(index);
    }
    return known;
  }

  Counts counts(long now) {
    long oldest = Math.floorDiv(now, span) - SLOTS + 1;
    long calls = 0;
    long failed = 0;
    long slow = 0;
    for (int i = 0; i < SLOTS; i++) {
      Slot slot = slots.get(i);
      if (slot != null && slot.number >= oldest) {
        calls += slot.calls.sum();
        failed += slot.failed.sum();
        slow += slot.slow.sum();
      }
    }
    return new Counts(calls, failed, slow);
  }
}

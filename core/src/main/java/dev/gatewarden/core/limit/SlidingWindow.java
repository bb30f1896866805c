package dev.gatewarden.core.limit;

import java.time.Duration;
import java.util.Arrays;

/// The arithmetic of a count within a sliding window. The window is cut into eight slots, and nine
/// are counted, so that no stretch of time as long
/// as the window ever holds more than the limit; what was counted is free again an eighth of the
/// window late at most.
///
/// @param limit the most there may be in a window
/// @param width nanoseconds of one slot
public record SlidingWindow(long limit, long width) {
  /// How many numbers the state has: the newest slot's number, then the counts, newest first.
  public static final int STATE = 10;

  private static final int SLOTS = 8;

  public SlidingWindow {
    if (limit < 1 || width < 1) {
      throw new IllegalArgumentException("a window holds at least 1 and has a length");
    }
  }

  public static SlidingWindow of(long limit, Duration window) {
    return new SlidingWindow(limit, width(window));
  }

  /// Whether it is a window of that length.
  public boolean spans(Duration window) {
    return width == width(window);
  }

  /// Counts an amount, or leaves the state as it is.
  ///
  /// @return whether there was room
  public boolean count(long[] state, long now, long amount) {
    forward(state, now);
    if (used(state) + amount > limit) {
      return false;
    }
    state[1] += amount;
    return true;
  }

  /// Counts an amount whether there is room or not.
  public void charge(long[] state, long now, long amount) {
    forward(state, now);
    state[1] = Math.min(state[1] + amount, Long.MAX_VALUE / STATE);
  }

  /// Takes back what was counted at an instant; what has left the window already stays gone.
  public void takeBack(long[] state, long countedAt, long amount) {
    long age = state[0] - countedAt / width;
    if (age >= 0 && age <= SLOTS) {
      int slot = 1 + (int) age;
      state[slot] = Math.max(0, state[slot] - amount);
    }
  }

  /// What is counted, which is more than the limit where that was higher before.
  public long used(long[] state, long now) {
    forward(state, now);
    return used(state);
  }

  public long remaining(long[] state, long now) {
    forward(state, now);
    return Math.max(0, limit - used(state));
  }

  /// Nanoseconds until an amount can be counted if nothing else is; `Long.MAX_VALUE` when it never
  /// can.
  public long wait(long[] state, long now, long amount) {
    if (amount > limit) {
      return Long.MAX_VALUE;
    }
    forward(state, now);
    long used = used(state);
    int slot = SLOTS + 1;
    while (used + amount > limit) {
      used -= state[slot];
      slot--;
    }
    return slot == SLOTS + 1 ? 0 : (state[0] + (SLOTS + 1 - slot)) * width - now;
  }

  private void forward(long[] state, long now) {
    long slot = now / width;
    long steps = slot - state[0];
    if (steps < -1) {
      // Behind a clock that stepped back, what was counted is as old as it was.
      state[0] = slot;
      return;
    }
    if (steps <= 0) {
      return;
    }
    if (steps > SLOTS) {
      Arrays.fill(state, 1, STATE, 0);
    } else {
      int by = (int) steps;
      System.arraycopy(state, 1, state, 1 + by, SLOTS + 1 - by);
      Arrays.fill(state, 1, 1 + by, 0);
    }
    state[0] = slot;
  }

  private static long width(Duration window) {
    return Math.max(1, (window.toNanos() + SLOTS - 1) / SLOTS);
  }

  private static long used(long[] state) {
    long used = 0;
    for (int i = 1; i < STATE; i++) {
      used += state[i];
    }
    return used;
  }
}

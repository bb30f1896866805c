package dev.gatewarden.demo.broken;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/// How often something was tried lately, by name.
public final class Attempts {

  private final Clock clock;
  private final int most;
  private final Duration window;
  private final Map<String, Deque<Instant>> tried = new HashMap<>();

  /// @param most within the window
  public Attempts(Clock clock, int most, Duration window) {
    this.clock = clock;
    this.most = most;
    this.window = window;
  }

  /// @throws Refused with 429 when the name has used up what it had
  public void check(String name) {
    if (recent(name).size() >= most) {
      throw new Refused(
          429, "too often: wait a while", "retry-after", Long.toString(window.toSeconds()));
    }
  }

  public void count(String name) {
    recent(name).add(clock.instant());
  }

  public void forget(String name) {
    tried.remove(name);
  }

  public void clear() {
    tried.clear();
  }

  private Deque<Instant> recent(String name) {
    Deque<Instant> times = tried.computeIfAbsent(name, _ -> new ArrayDeque<>());
    Instant old = clock.instant().minus(window);
    while (!times.isEmpty() && times.getFirst().isBefore(old)) {
      times.removeFirst();
    }
    return times;
  }
}

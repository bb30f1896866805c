package dev.gatewarden.gateway.identity;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// What keeps tokens with invented key ids from making the gate fetch.
///
/// Fetches for unknown keys are drawn from a small bucket, and a key id the issuer did not know
/// is not asked for again for a while. What cannot be asked now is not called unknown: a key that
/// was just rotated in is then told "later", not "no". Not thread-safe: who asks holds its lock,
/// so that asking and beginning to fetch are one step.
final class UnknownKeys {
  static final int BURST = 4;
  static final long REFILL = 15_000;
  static final long REMEMBERED = 15_000;
  private static final int MOST = 1_000;

  private final InstantSource clock;
  private final Map<String, Long> until = new LinkedHashMap<>();
  private int left = BURST;
  private long refilledAt;

  UnknownKeys(InstantSource clock) {
    this.clock = clock;
    this.refilledAt = clock.millis();
  }

  /// Whether the issuer was asked for a key lately and had none.
  boolean remembers(String kid) {
    Long remembered = until.get(kid);
    return remembered != null && clock.millis() < remembered;
  }

  /// Whether the issuer may be asked now; draws from the bucket.
  boolean mayFetch() {
    long now = clock.millis();
    long earned = Math.max(0, (now - refilledAt) / REFILL);
    left = (int) Math.min(BURST, left + earned);
    refilledAt += earned * REFILL;
    if (left == 0) {
      return false;
    }
    left--;
    return true;
  }

  void remember(String kid) {
    until.remove(kid);
    until.put(kid, clock.millis() + REMEMBERED);
    if (until.size() > MOST) {
      until.remove(until.keySet().iterator().next());
    }
  }
}

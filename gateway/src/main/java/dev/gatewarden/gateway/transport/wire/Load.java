package dev.gatewarden.gateway.transport.wire;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/// How much there is to do: told by how late the event loops come to their own work, and by how
/// many
/// requests wait for the beginning of their answers.
///
/// It rises at once and falls only when there is clearly less to do, so that it does not flutter.
public final class Load {
  /// The level on which nothing is refused but what is vital.
  public static final int HIGHEST = 4;

  private static final int[] RISES = {70, 80, 90, 100};
  private static final int SLACK = 20;
  private static final int CALM = 5;

  private final Bounds bounds;
  private final LongSupplier nanos;
  private final long tick;
  private final Loop[] loops;
  private final AtomicInteger inFlight = new AtomicInteger();
  private volatile int rise;
  private volatile int fall;
  private volatile int byRequests;
  private volatile int byLag;
  private int calm;

  /// Where it is full.
  ///
  /// @param requests that wait for the beginning of their answers; 0 for any number
  /// @param lag by which event loops are late three times in a row; zero for any
  public record Bounds(int requests, Duration lag) {
    /// It never is.
    public static final Bounds NONE = new Bounds(0, Duration.ZERO);
  }

  /// What one event loop was late by, the last three times.
  private static final class Loop {
    private long last;
    private long before;
    private long atLast;
    private boolean begun;
    private volatile long lag;
  }

  /// @param loops how many event loops tick
  /// @param nanos a clock that only goes forward
  public Load(Bounds bounds, int loops, Duration tick, LongSupplier nanos) {
    this.bounds = bounds;
    this.nanos = nanos;
    this.tick = tick.toNanos();
    this.loops = new Loop[loops];
    for (int i = 0; i < loops; i++) {
      this.loops[i] = new Loop();
    }
    weighRequests();
  }

  /// 0 where all is well, up to `HIGHEST`.
  public int level() {
    return Math.max(byRequests, byLag);
  }

  /// Requests that wait for the beginning of their answers.
  public int inFlight() {
    return inFlight.get();
  }

  /// What the latest event loop is late by, in nanoseconds.
  public long lag() {
    long worst = 0;
    for (Loop each : loops) {
      worst = Math.max(worst, each.lag);
    }
    return worst;
  }

  /// One more request waits.
  public void began() {
    if (inFlight.incrementAndGet() >= rise) {
      weighRequests();
    }
  }

  /// One less does.
  public void answered() {
    if (inFlight.decrementAndGet() < fall) {
      weighRequests();
    }
  }

  private synchronized void weighRequests() {
    int most = bounds.requests();
    if (most == 0) {
      rise = Integer.MAX_VALUE;
      fall = -1;
      return;
    }
    int level = reached(byRequests, inFlight.get(), most);
    while (level > 0 && isBelow(level, inFlight.get(), most)) {
      level--;
    }
    byRequests = level;
    rise = level == HIGHEST ? Integer.MAX_VALUE : (int) ((RISES[level] * (long) most + 99) / 100);
    fall = level == 0 ? -1 : (int) (((RISES[level - 1] - SLACK) * (long) most + 99) / 100);
  }

  private static int reached(int from, long amount, long most) {
    int level = from;
    while (level < HIGHEST && amount * 100 >= RISES[level] * most) {
      level++;
    }
    return level;
  }

  private static boolean isBelow(int level, long amount, long most) {
    return amount * 100 < (RISES[level - 1] - SLACK) * most;
  }

  /// An event loop came to its own work, which it does once a tick.
  void ticked(int loop) {
    long now = nanos.getAsLong();
    Loop own = loops[loop];
    long late = own.begun ? Math.max(0, now - own.atLast - tick) : 0;
    own.begun = true;
    own.atLast = now;
    // What stops everything once, as a collection of garbage does, is no load.
    own.lag = Math.min(late, Math.min(own.last, own.before));
    own.before = own.last;
    own.last = late;
    if (!bounds.lag().isZero() && (own.lag > 0 || byLag > 0)) {
      weighLag();
    }
  }

  private synchronized void weighLag() {
    long most = Math.max(1, bounds.lag().toMillis());
    long worst = lag() / 1_000_000;
    int level = reached(byLag, worst, most);
    if (level > byLag || !isBelow(Math.max(1, level), worst, most)) {
      calm = 0;
    } else if (++calm >= CALM * loops.length && level > 0) {
      calm = 0;
      level--;
    }
    byLag = level;
  }
}

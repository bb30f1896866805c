package dev.gatewarden.gateway.transport.wire;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// One event loop and what it owns; touched by no other thread.
public final class Worker {
  private static final Holder NOBODY = () -> {};
  private static final int SENTINEL = 16;
  private static final int KEPT = 1 << 20;
  private static final int ENDED_AT_ONCE = 256;

  private final int index;
  private final EventLoop loop;
  private final Budget budget;
  private final LongSupplier nanos;
  private final long origin;
  private final long tick;
  private final byte[] area = new byte[8 * 1024];
  private final List<Flushes> touched = new ArrayList<>();
  private final List<Deadline> late = new ArrayList<>();
  private final LinkedHashSet<Holder> holders = new LinkedHashSet<>();
  private final Load load;
  private final Runnable flush = this::flushTouched;

  private final HeadText headText = new HeadText();

  private byte[] scratch = new byte[32 * 1024];
  private long now;
  private @Nullable Deadline first;

  /// Who holds bytes of the budget while it waits for its caller.
  public interface Holder {
    /// Its bytes are wanted for others: it ends.
    void giveUp();
  }

  Worker(int index, EventLoop loop, Budget budget, Load load, LongSupplier nanos, Duration tick) {
    this.index = index;
    this.loop = loop;
    this.budget = budget;
    this.load = load;
    this.nanos = nanos;
    this.origin = nanos.getAsLong();
    this.tick = tick.toNanos();
  }

  void start() {
    var unused = loop.scheduleWithFixedDelay(this::sweep, tick, tick, TimeUnit.NANOSECONDS);
  }

  /// Its place among the workers, from 0.
  public int index() {
    return index;
  }

  public EventLoop loop() {
    return loop;
  }

  public Budget budget() {
    return budget;
  }

  /// From now on, and behind those who wait already, somebody waits for its caller.
  public void waits(Holder holder) {
    holders.add(holder);
  }

  public void waitsNoMore(Holder holder) {
    holders.remove(holder);
  }

  /// Ends who has waited for its caller the longest.
  ///
  /// @param but who is not ended
  /// @return whether there was one
  public boolean relieve(Holder but) {
    for (Holder each : holders) {
      if (each != but) {
        holders.remove(each);
        each.giveUp();
        return true;
      }
    }
    return false;
  }

  /// Room for looking at bytes as they come in; used within one call only.
  public byte[] area() {
    return area;
  }

  /// Room for one whole body, with zeros behind it; used within one call only.
  ///
  /// @param length bytes needed
  public byte[] scratch(int length) {
    if (length > KEPT) {
      return new byte[length + SENTINEL];
    }
    if (scratch.length < length + SENTINEL) {
      scratch = new byte[Integer.highestOneBit(length) * 2 + SENTINEL];
    }
    java.util.Arrays.fill(scratch, length, length + SENTINEL, (byte) 0);
    return scratch;
  }

  /// For writing one head at a time.
  public HeadText headText() {
    return headText;
  }

  /// Nanoseconds since some moment, as of the last tick.
  public long now() {
    return now;
  }

  /// The same, since a moment that all workers share.
  public long moment() {
    return now + origin;
  }

  long after(Duration duration) {
    long span = duration.toSeconds() > 1L << 32 ? 1L << 62 : duration.toNanos();
    return now + span + tick;
  }

  /// Flushes at the end of this turn, together with everything else that was written in it.
  public void flushSoon(Flushes connection) {
    if (touched.isEmpty()) {
      loop.execute(flush);
    }
    touched.add(connection);
  }

  private void flushTouched() {
    // A flush may touch again: such a connection is flushed in the same pass.
    for (int i = 0; i < touched.size(); i++) {
      touched.get(i).flush();
    }
    touched.clear();
  }

  void track(Deadline deadline) {
    deadline.tracked = true;
    deadline.before = null;
    deadline.after = first;
    if (first != null) {
      first.before = deadline;
    }
    first = deadline;
  }

  void untrack(Deadline deadline) {
    deadline.tracked = false;
    Deadline before = deadline.before;
    Deadline after = deadline.after;
    if (before == null) {
      first = after;
    } else {
      before.after = after;
    }
    if (after != null) {
      after.before = before;
    }
    deadline.before = null;
    deadline.after = null;
  }

  private void sweep() {
    now = nanos.getAsLong() - origin;
    for (Deadline d = first; d != null; d = d.after) {
      if (now >= d.due) {
        late.add(d);
      }
    }
    // Whoever expires may forget others, so the list is left before they are told.
    for (Deadline d : late) {
      d.look(now);
    }
    late.clear();
    load.ticked(index);
    if (budget.tight()) {
      for (int i = 0; i < ENDED_AT_ONCE && !budget.eased() && relieve(NOBODY); i++) {}
    }
  }
}

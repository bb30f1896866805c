package dev.gatewarden.gateway.state;

import dev.gatewarden.core.identity.Sessions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Sessions of this process alone, in memory, bounded by the bytes they take.
///
/// Each creation looks at a few others for one that is over, so the work is the same however many
/// there are. Where there is no room, a new one is not made: a flood of logins ends nobody's
/// session.
public final class LocalSessions implements Sessions {
  /// What an entry costs beside its key and its value.
  private static final int OVERHEAD = 160;

  private static final int SWEEP = 4;

  /// How many are looked at when there is no room.
  private static final int SWEEP_FULL = 64;

  private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();
  private final AtomicLong held = new AtomicLong();
  private final InstantSource clock;
  private final long mostBytes;
  private @Nullable Iterator<Map.Entry<String, Entry>> broom;

  /// @param mostBytes the most memory that all of them take together when one is created; those
  ///     that are there may grow by a quarter more
  public LocalSessions(InstantSource clock, long mostBytes) {
    this.clock = clock;
    this.mostBytes = mostBytes;
  }

  @Override
  public boolean create(String key, byte[] value, Duration idle, Duration absolute) {
    long now = now();
    Entry entry =
        new Entry(Values.checked(value).clone(), 1, idle.toNanos(), plus(now, absolute.toNanos()));
    entry.touched = now;
    sweep(SWEEP, now);
    long cost = cost(key, entry);
    if (held.get() + cost > mostBytes) {
      sweep(SWEEP_FULL, now);
    }
    if (held.addAndGet(cost) > mostBytes || !put(key, entry, now)) {
      held.addAndGet(-cost);
      return false;
    }
    return true;
  }

  private boolean put(String key, Entry entry, long now) {
    while (true) {
      Entry before = entries.putIfAbsent(key, entry);
      if (before == null) {
        return true;
      }
      if (before.lives(now)) {
        return false;
      }
      remove(key, before);
    }
  }

  @Override
  public Optional<Versioned> find(String key) {
    long now = now();
    Entry entry = alive(key, now);
    if (entry == null) {
      return Optional.empty();
    }
    entry.touched = now;
    return Optional.of(new Versioned(entry.value.clone(), entry.version));
  }

  @Override
  public Optional<Versioned> look(String key) {
    Entry entry = alive(key, now());
    return entry == null
        ? Optional.empty()
        : Optional.of(new Versioned(entry.value.clone(), entry.version));
  }

  @Override
  public boolean replace(String key, long version, byte[] value) {
    long now = now();
    Entry entry = alive(key, now);
    if (entry == null || entry.version != version) {
      return false;
    }
    Entry next = new Entry(Values.checked(value).clone(), version + 1, entry.idle, entry.end);
    next.touched = now;
    long more = cost(key, next) - cost(key, entry);
    boolean room = held.addAndGet(more) <= mostBytes + mostBytes / 4 || more <= 0;
    if (!room || !entries.replace(key, entry, next)) {
      held.addAndGet(-more);
      return false;
    }
    return true;
  }

  @Override
  public void end(String key) {
    Entry entry = entries.remove(key);
    if (entry != null) {
      held.addAndGet(-cost(key, entry));
    }
  }

  /// How many are remembered, over or not.
  public int size() {
    return entries.size();
  }

  private @Nullable Entry alive(String key, long now) {
    Entry entry = entries.get(key);
    if (entry != null && !entry.lives(now)) {
      remove(key, entry);
      return null;
    }
    return entry;
  }

  private void remove(String key, Entry entry) {
    if (entries.remove(key, entry)) {
      held.addAndGet(-cost(key, entry));
    }
  }

  private synchronized void sweep(int most, long now) {
    Iterator<Map.Entry<String, Entry>> sweeping =
        broom == null || !broom.hasNext() ? entries.entrySet().iterator() : broom;
    for (int i = 0; i < most && sweeping.hasNext(); i++) {
      Map.Entry<String, Entry> next = sweeping.next();
      if (!next.getValue().lives(now)) {
        remove(next.getKey(), next.getValue());
      }
    }
    broom = sweeping;
  }

  private static long cost(String key, Entry entry) {
    return (long) OVERHEAD + key.length() + entry.value.length;
  }

  private long now() {
    Instant now = clock.instant();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  private static long plus(long now, long length) {
    long sum = now + length;
    return sum < now ? Long.MAX_VALUE : sum;
  }

  /// One of them; who finds it moves `touched` on, everything else is replaced as a whole.
  private static final class Entry {
    final byte[] value;
    final long version;
    final long idle;
    final long end;
    volatile long touched;

    Entry(byte[] value, long version, long idle, long end) {
      this.value = value;
      this.version = version;
      this.idle = idle;
      this.end = end;
    }

    boolean lives(long now) {
      return now < end && now - touched < idle;
    }
  }
}

package dev.gatewarden.testkit.ports;

import dev.gatewarden.core.identity.Sessions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The slow, obvious twin of `Sessions`.
public final class MemorySessions implements Sessions {
  private final InstantSource clock;
  private final Map<String, Entry> entries = new HashMap<>();

  public MemorySessions(InstantSource clock) {
    this.clock = clock;
  }

  private record Entry(byte[] value, long version, Duration idle, Instant touched, Instant end) {}

  @Override
  public synchronized boolean create(String key, byte[] value, Duration idle, Duration absolute) {
    if (alive(key) != null) {
      return false;
    }
    Instant now = clock.instant();
    entries.put(key, new Entry(value.clone(), 1, idle, now, now.plus(absolute)));
    return true;
  }

  @Override
  public synchronized Optional<Versioned> find(String key) {
    Entry entry = alive(key);
    if (entry == null) {
      return Optional.empty();
    }
    entries.put(key, touched(entry, entry.value, entry.version));
    return Optional.of(new Versioned(entry.value.clone(), entry.version));
  }

  @Override
  public synchronized Optional<Versioned> look(String key) {
    Entry entry = alive(key);
    return entry == null
        ? Optional.empty()
        : Optional.of(new Versioned(entry.value.clone(), entry.version));
  }

  @Override
  public synchronized boolean replace(String key, long version, byte[] value) {
    Entry entry = alive(key);
    if (entry == null || entry.version != version) {
      return false;
    }
    entries.put(key, touched(entry, value.clone(), version + 1));
    return true;
  }

  @Override
  public synchronized void end(String key) {
    entries.remove(key);
  }

  private Entry touched(Entry entry, byte[] value, long version) {
    return new Entry(value, version, entry.idle, clock.instant(), entry.end);
  }

  private @Nullable Entry alive(String key) {
    Entry entry = entries.get(key);
    Instant now = clock.instant();
    return entry != null && now.isBefore(entry.end) && now.isBefore(entry.touched.plus(entry.idle))
        ? entry
        : null;
  }
}

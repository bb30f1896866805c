package dev.gatewarden.gateway.state;

import dev.gatewarden.core.identity.Blocks;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Blocks of this process alone. Asking costs one comparison while nothing is blocked.
public final class LocalBlocks implements Blocks {
  private final ConcurrentHashMap<Name, Entry> entries = new ConcurrentHashMap<>();
  private final AtomicLong epoch = new AtomicLong();
  private final InstantSource clock;

  private record Name(Kind kind, String key) {}

  private record Entry(Instant since, Instant until) {}

  public LocalBlocks(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public void block(Kind kind, String key, Instant since, Instant until) {
    Instant now = clock.instant();
    entries.values().removeIf(entry -> !now.isBefore(entry.until));
    entries.merge(
        new Name(kind, key),
        new Entry(since, until),
        (before, after) ->
            now.isBefore(before.until)
                ? new Entry(later(before.since, after.since), later(before.until, after.until))
                : after);
    epoch.incrementAndGet();
  }

  @Override
  public void lift(Kind kind, String key) {
    entries.remove(new Name(kind, key));
    epoch.incrementAndGet();
  }

  @Override
  public boolean blocked(Kind kind, String key, Instant issuedAt) {
    if (entries.isEmpty()) {
      return false;
    }
    Entry entry = entries.get(new Name(kind, key));
    return entry != null && clock.instant().isBefore(entry.until) && issuedAt.isBefore(entry.since);
  }

  @Override
  public List<Block> all() {
    Instant now = clock.instant();
    List<Block> all = new ArrayList<>();
    entries.forEach(
        (name, entry) -> {
          if (now.isBefore(entry.until)) {
            all.add(new Block(name.kind, name.key, entry.since, entry.until));
          }
        });
    return all;
  }

  @Override
  public long epoch() {
    return epoch.get();
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}

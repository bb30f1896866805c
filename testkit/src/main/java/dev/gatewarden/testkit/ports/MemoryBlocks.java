package dev.gatewarden.testkit.ports;

import dev.gatewarden.core.identity.Blocks;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The slow, obvious twin of `Blocks`.
public final class MemoryBlocks implements Blocks {
  private final InstantSource clock;
  private final Map<Name, Entry> entries = new HashMap<>();
  private long epoch;

  public MemoryBlocks(InstantSource clock) {
    this.clock = clock;
  }

  private record Name(Kind kind, String key) {}

  private record Entry(Instant since, Instant until) {}

  @Override
  public synchronized void block(Kind kind, String key, Instant since, Instant until) {
    Entry before = entries.get(new Name(kind, key));
    Entry after =
        before != null && clock.instant().isBefore(before.until)
            ? new Entry(later(before.since, since), later(before.until, until))
            : new Entry(since, until);
    entries.put(new Name(kind, key), after);
    epoch++;
  }

  @Override
  public synchronized void lift(Kind kind, String key) {
    entries.remove(new Name(kind, key));
    epoch++;
  }

  @Override
  public synchronized boolean blocked(Kind kind, String key, Instant issuedAt) {
    Entry entry = entries.get(new Name(kind, key));
    return entry != null && clock.instant().isBefore(entry.until) && issuedAt.isBefore(entry.since);
  }

  @Override
  public synchronized List<Block> all() {
    return entries.entrySet().stream()
        .filter(each -> clock.instant().isBefore(each.getValue().until))
        .map(
            each ->
                new Block(
                    each.getKey().kind,
                    each.getKey().key,
                    each.getValue().since,
                    each.getValue().until))
        .toList();
  }

  @Override
  public synchronized long epoch() {
    return epoch;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}

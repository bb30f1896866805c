package dev.gatewarden.testkit.ports;

import dev.gatewarden.core.decision.Snapshots;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The slow, obvious twin of `Snapshots`.
public final class MemorySnapshots implements Snapshots {
  private final InstantSource clock;
  private final Map<String, List<Snapshot>> published = new HashMap<>();

  public MemorySnapshots(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized Optional<Snapshot> newest(String name) {
    List<Snapshot> all = published.getOrDefault(name, List.of());
    return all.isEmpty() ? Optional.empty() : Optional.of(copy(all.getLast()));
  }

  @Override
  public synchronized Optional<Snapshot> at(String name, long generation) {
    return published.getOrDefault(name, List.of()).stream()
        .filter(each -> each.generation() == generation)
        .findFirst()
        .map(MemorySnapshots::copy);
  }

  @Override
  public synchronized Optional<Snapshot> publish(String name, long after, byte[] content) {
    List<Snapshot> all = published.computeIfAbsent(name, _ -> new ArrayList<>());
    if (all.size() != after) {
      return Optional.empty();
    }
    Snapshot next = new Snapshot(name, after + 1, clock.instant(), content.clone());
    all.add(next);
    return Optional.of(copy(next));
  }

  private static Snapshot copy(Snapshot of) {
    return new Snapshot(of.name(), of.generation(), of.at(), of.content().clone());
  }
}

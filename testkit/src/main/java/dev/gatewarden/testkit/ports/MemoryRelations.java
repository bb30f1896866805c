package dev.gatewarden.testkit.ports;

import dev.gatewarden.core.policy.Relations;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The slow, obvious twin of `Relations`.
public final class MemoryRelations implements Relations {
  private final Map<Key, Relation> known = new HashMap<>();

  @Override
  public synchronized Optional<Relation> find(Key key) {
    return Optional.ofNullable(known.get(key));
  }

  @Override
  public synchronized boolean learn(Key key, Relation relation) {
    Relation before = known.putIfAbsent(key, relation);
    return before == null || before.equals(relation);
  }

  @Override
  public synchronized boolean replace(Key key, Relation old, Relation relation) {
    return known.replace(key, old, relation);
  }

  @Override
  public synchronized void forget(Key key) {
    known.remove(key);
  }
}

package dev.gatewarden.testkit.ports;

import dev.gatewarden.core.policy.RelationText;
import dev.gatewarden.core.policy.Relations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The slow, obvious twin of `Relations`.
public final class MemoryRelations implements Relations {
  private final TreeMap<String, Relation> known = new TreeMap<>();
  private volatile boolean full;

  /// Takes nothing more from now on.
  public void fill() {
    full = true;
  }

  @Override
  public boolean ready() {
    return !full;
  }

  @Override
  public synchronized Optional<Relation> find(Key key) {
    return Optional.ofNullable(known.get(RelationText.of(key)));
  }

  @Override
  public synchronized boolean learn(Key key, Relation relation) {
    if (!RelationText.fits(key, relation)) {
      return false;
    }
    Relation before = known.putIfAbsent(RelationText.of(key), relation);
    return before == null || before.equals(relation);
  }

  @Override
  public synchronized boolean replace(Key key, Relation old, Relation relation) {
    return RelationText.fits(key, relation) && known.replace(RelationText.of(key), old, relation);
  }

  @Override
  public synchronized void forget(Key key) {
    known.remove(RelationText.of(key));
  }

  @Override
  public synchronized long size() {
    return known.size();
  }

  @Override
  public synchronized Page page(String from, int most) {
    List<Known> page = new ArrayList<>();
    for (Map.Entry<String, Relation> each : known.tailMap(from, false).entrySet()) {
      if (page.size() == most) {
        return new Page(page, RelationText.of(page.getLast().key()));
      }
      page.add(new Known(RelationText.key(each.getKey()), each.getValue()));
    }
    return new Page(page, "");
  }
}

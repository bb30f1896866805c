package dev.gatewarden.gateway.state;

import dev.gatewarden.core.policy.RelationText;
import dev.gatewarden.core.policy.Relations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Relations of this process alone, bounded: what was not asked for the longest is forgotten first,
/// and is then known as objects older than the gate
/// are.
public final class LocalRelations implements Relations {
  private final Map<Key, Relation> known;

  /// @param most the most objects remembered; one costs about 300 bytes
  public LocalRelations(int most) {
    this.known =
        new LinkedHashMap<>(64, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Key, Relation> eldest) {
            return size() > most;
          }
        };
  }

  @Override
  public synchronized Optional<Relation> find(Key key) {
    return Optional.ofNullable(known.get(key));
  }

  @Override
  public synchronized boolean learn(Key key, Relation relation) {
    if (!RelationText.fits(key, relation)) {
      return false;
    }
    Relation before = known.putIfAbsent(key, relation);
    return before == null || before.equals(relation);
  }

  @Override
  public synchronized boolean replace(Key key, Relation old, Relation relation) {
    return RelationText.fits(key, relation) && known.replace(key, old, relation);
  }

  @Override
  public synchronized void forget(Key key) {
    known.remove(key);
  }

  @Override
  public synchronized long size() {
    return known.size();
  }

  /// Counts its way; being asked moves nothing.
  @Override
  public synchronized Page page(String from, int most) {
    long skip = from.isEmpty() ? 0 : Long.parseLong(from);
    List<Known> page = new ArrayList<>();
    long at = 0;
    for (Map.Entry<Key, Relation> each : known.entrySet()) {
      if (at++ < skip) {
        continue;
      }
      if (page.size() == most) {
        return new Page(page, Long.toString(skip + most));
      }
      page.add(new Known(each.getKey(), each.getValue()));
    }
    return new Page(page, "");
  }
}

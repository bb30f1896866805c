package dev.gatewarden.gateway.state.redis;

import static dev.gatewarden.gateway.state.redis.Redis.bytes;
import static dev.gatewarden.gateway.state.redis.Redis.text;

import dev.gatewarden.core.decision.OutOfReach;
import dev.gatewarden.core.decision.WouldWait;
import dev.gatewarden.core.policy.RelationText;
import dev.gatewarden.core.policy.Relations;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Relations that several gates share.
///
/// Nothing of them is kept in memory here: what one gate learned, changed or forgot is so at all of
/// them when its call returns, and an answer kept elsewhere could be older. While Redis is gone,
/// nobody can say whose an object is.
public final class RedisRelations implements Relations {
  private static final Script LEARN = Script.of("relation-learn");
  private static final Script FIND = Script.of("relation-find");
  private static final Script REPLACE = Script.of("relation-replace");
  private static final Script PAGE = Script.of("relation-page");
  private static final Script COUNT = Script.of("relation-count");

  private final Redis redis;
  private final long most;
  private final String[] keys;
  private volatile long size;
  private volatile boolean full;

  /// @param most the most objects remembered; nothing is learned beyond it, and nothing forgotten
  public RedisRelations(Redis redis, long most) {
    this.redis = redis;
    this.most = most;
    this.keys = new String[] {redis.key("relations", "all")};
    redis.watch(this::count);
  }

  @Override
  public Optional<Relation> find(Key key) {
    if (!RelationText.fits(key)) {
      return Optional.empty();
    }
    List<Object> found = run(FIND, bytes(RelationText.of(key)));
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(RelationText.relation(text(found.getFirst())));
  }

  @Override
  public boolean learn(Key key, Relation relation) {
    if (!RelationText.fits(key, relation)) {
      return false;
    }
    long answer =
        number(
            run(
                LEARN,
                bytes(RelationText.of(key)),
                bytes(RelationText.of(relation)),
                bytes(Long.toString(most))));
    if (answer == 2) {
      full = true;
      throw OutOfReach.INSTANCE;
    }
    return answer == 1;
  }

  @Override
  public boolean replace(Key key, Relation old, Relation relation) {
    return RelationText.fits(key, relation)
        && number(
                run(
                    REPLACE,
                    bytes(RelationText.of(key)),
                    bytes(RelationText.of(old)),
                    bytes(RelationText.of(relation))))
            == 1;
  }

  @Override
  public void forget(Key key) {
    if (RelationText.fits(key) && number(run(REPLACE, bytes(RelationText.of(key)))) == 1) {
      full = false;
    }
  }

  @Override
  public boolean ready() {
    return redis.reachable() && !full;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public Page page(String from, int most) {
    List<Object> answer =
        run(PAGE, bytes(from.isEmpty() ? "0" : from), bytes(Integer.toString(most)));
    List<Known> page = new ArrayList<>(answer.size() / 2);
    for (int i = 2; i + 1 < answer.size(); i += 2) {
      page.add(
          new Known(
              RelationText.key(text(answer.get(i))),
              RelationText.relation(text(answer.get(i + 1)))));
    }
    String next = text(answer.getFirst());
    return new Page(page, next.equals("0") ? "" : next);
  }

  /// With each beat, so that room that another gate made is found.
  private void count() {
    size = number(redis.run(COUNT, keys));
    full = size >= most;
  }

  private List<Object> run(Script script, byte[]... arguments) {
    if (redis.reachable() && !Thread.currentThread().isVirtual()) {
      throw WouldWait.INSTANCE;
    }
    try {
      return redis.run(script, keys, arguments);
    } catch (RedisFull noMemory) {
      full = true;
      throw OutOfReach.INSTANCE;
    }
  }

  private static long number(List<Object> answer) {
    return (Long) answer.getFirst();
  }
}

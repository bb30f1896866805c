package dev.gatewarden.gateway.state.redis;

import static dev.gatewarden.gateway.state.redis.Redis.bytes;
import static dev.gatewarden.gateway.state.redis.Redis.text;

import dev.gatewarden.core.decision.OutOfReach;
import dev.gatewarden.core.decision.WouldWait;
import dev.gatewarden.core.identity.Blocks;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// Blocks that several gates share. Each answers from its own copy, which hears of every change and
/// asks twice a second whether it missed one.
///
/// Every change has a number, and the memory of Redis a name (its era). A number that does not
/// follow the last one known, or another era, means that something was missed: then everything is
/// read again. Where Redis lost its memory, or a part of it (the numbers go back, or another server
/// answers: a replica that took over may have missed the last ones), each gate tells it what it
/// knows: what was lifted in between is shut out again then. What is blocked while Redis is gone
/// holds here at once, and everywhere as soon as it is back.
public final class RedisBlocks implements Blocks {
  private static final Script CHANGE = Script.of("block");
  private static final Script AT = Script.of("server", "blocks-at");
  private static final Script ALL = Script.of("server", "blocks-all");
  private static final int MOST_PENDING = 10_000;
  private static final long MOST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  private final Redis redis;
  private final Blocks own;
  private final String channel;
  private final String[] keys;
  private final Deque<Change> pending = new ArrayDeque<>();
  private String era = "";
  private String server = "";
  private long number;

  /// A block, or its lifting where `until` is empty; times in milliseconds since 1970.
  private record Change(String name, String since, String until) {}

  /// @param own this gate's copy; where it outlives the gate, what was blocked holds from the start
  public RedisBlocks(Redis redis, Blocks own) {
    this.redis = redis;
    this.own = own;
    this.channel = redis.key("blocks", "changes");
    this.keys =
        new String[] {
          redis.key("blocks", "all"), redis.key("blocks", "ends"), redis.key("blocks", "at")
        };
    redis.follow(channel, this::heard, this::catchUp);
  }

  @Override
  public void block(Kind kind, String key, Instant since, Instant until) {
    long change = tell(new Change(name(kind, key), millis(since, 1), millis(until, 0)));
    own.block(kind, key, since, until);
    awaitHeard(change);
  }

  @Override
  public void lift(Kind kind, String key) {
    awaitHeard(tell(new Change(name(kind, key), "0", "")));
    own.lift(kind, key);
  }

  @Override
  public boolean blocked(Kind kind, String key, Instant issuedAt) {
    return own.blocked(kind, key, issuedAt);
  }

  @Override
  public List<Block> all() {
    return own.all();
  }

  @Override
  public long epoch() {
    return own.epoch();
  }

  /// What is not told now is told when Redis is back.
  ///
  /// @return the number of the change; 0 where it has none yet
  private long tell(Change change) {
    if (redis.reachable() && !Thread.currentThread().isVirtual()) {
      throw WouldWait.INSTANCE;
    }
    try {
      return publish(change);
    } catch (OutOfReach | RedisFull later) {
      synchronized (pending) {
        if (pending.size() < MOST_PENDING) {
          pending.add(change);
        }
      }
      return 0;
    }
  }

  /// Waits until this gate heard its own change as all the others do, in their order: else what it
  /// lifts next would come back for a moment when the news of the block arrives.
  private synchronized void awaitHeard(long change) {
    long end = System.nanoTime() + MOST_WAIT_NANOS;
    try {
      for (long left = MOST_WAIT_NANOS;
          number < change && left > 0;
          left = end - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /// The change is counted when it is heard of; but from now on it is known which memory knew it.
  private long publish(Change change) {
    List<Object> answer =
        redis.run(
            CHANGE,
            keys,
            redis.now(),
            bytes(change.name),
            bytes(change.since),
            bytes(change.until),
            bytes(UUID.randomUUID().toString()),
            bytes(channel));
    synchronized (this) {
      if (era.isEmpty()) {
        era = text(answer.getFirst());
      }
    }
    return Long.parseLong(text(answer.get(1)));
  }

  private synchronized void heard(String message) {
    String[] parts = message.split("\n", 5);
    long change = Long.parseLong(parts[1]);
    if (parts.length == 5 && parts[0].equals(era) && change == number + 1) {
      apply(new Change(parts[4], parts[2], parts[3]));
      number = change;
      notifyAll();
    } else {
      redis.hurry();
    }
  }

  private void catchUp() {
    sayWhatWaits();
    List<Object> at = redis.run(AT, new String[] {keys[2]});
    boolean current =
        at.isEmpty()
            ? isNew() && own.all().isEmpty()
            : isAt(text(at.getFirst()), Long.parseLong(text(at.get(1))), text(at.get(2)));
    if (!current) {
      readAll();
    }
  }

  private synchronized long number() {
    return number;
  }

  private synchronized boolean isNew() {
    return era.isEmpty();
  }

  private synchronized boolean isAt(String there, long last, String by) {
    return there.equals(era) && last == number && by.equals(server);
  }

  /// Whether what is known here and not there was lost there, and not lifted.
  ///
  /// @param known the last change that was known before it was asked
  private synchronized boolean isLost(String there, long last, String by, long known) {
    return !era.isEmpty()
        && (!there.equals(era) || last < known || (!server.isEmpty() && !by.equals(server)));
  }

  private void sayWhatWaits() {
    while (true) {
      Change next;
      synchronized (pending) {
        next = pending.peek();
      }
      if (next == null) {
        return;
      }
      var unused = publish(next);
      synchronized (pending) {
        pending.poll();
      }
    }
  }

  private void readAll() {
    long known = number();
    List<Object> answer = redis.run(ALL, new String[] {keys[0], keys[2]});
    Map<String, Change> there = new HashMap<>();
    for (int i = 3; i + 1 < answer.size(); i += 2) {
      String name = text(answer.get(i));
      String[] times = text(answer.get(i + 1)).split(" ", 2);
      there.put(name, new Change(name, times[0], times[1]));
    }
    long last = answer.isEmpty() ? 0 : Long.parseLong(text(answer.get(1)));
    boolean lostItsMemory =
        answer.isEmpty() || isLost(text(answer.getFirst()), last, text(answer.get(2)), known);
    if (!lostItsMemory && last < number()) {
      // More was heard of while this was read: the next beat reads again.
      return;
    }
    for (Block block : own.all()) {
      String name = name(block.kind(), block.key());
      if (!there.containsKey(name)) {
        if (lostItsMemory) {
          var unused =
              publish(new Change(name, millis(block.since(), 1), millis(block.until(), 0)));
        } else {
          own.lift(block.kind(), block.key());
        }
      }
    }
    there.values().forEach(this::apply);
    synchronized (this) {
      if (answer.isEmpty()) {
        return;
      }
      era = text(answer.getFirst());
      number = Long.parseLong(text(answer.get(1)));
      server = text(answer.get(2));
      notifyAll();
    }
  }

  private void apply(Change change) {
    int space = change.name.indexOf(' ');
    Kind kind = Kind.valueOf(change.name.substring(0, space));
    String key = change.name.substring(space + 1);
    if (change.until.isEmpty()) {
      own.lift(kind, key);
    } else {
      own.block(
          kind,
          key,
          Instant.ofEpochMilli(Long.parseLong(change.since)),
          Instant.ofEpochMilli(Long.parseLong(change.until)));
    }
  }

  private static String name(Kind kind, String key) {
    return kind.name() + ' ' + key;
  }

  /// @param up 1 to round up to the next millisecond: who was issued just before is shut out
  private static String millis(Instant instant, int up) {
    Instant bounded =
        instant.isAfter(LAST) ? LAST : instant.isBefore(Instant.EPOCH) ? Instant.EPOCH : instant;
    long millis = bounded.toEpochMilli();
    return Long.toString(Instant.ofEpochMilli(millis).equals(bounded) ? millis : millis + up);
  }
}

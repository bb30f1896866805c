package dev.gatewarden.gateway.state.redis;

import static dev.gatewarden.gateway.state.redis.Redis.bytes;
import static dev.gatewarden.gateway.state.redis.Redis.text;

import dev.gatewarden.core.decision.OutOfReach;
import dev.gatewarden.core.decision.WouldWait;
import dev.gatewarden.core.identity.Blocks;
import dev.gatewarden.core.identity.Bookmark;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Blocks that several gates share. Each answers from its own copy, which hears of every change and
/// asks twice a second whether it missed one.
///
/// Every change has a number, and the memory of Redis a name (its era). A number that does not
/// follow the last one known, or another era, means that something was missed: then everything is
/// read again. Where Redis lost its memory, or a part of it (the numbers go back, or another server
/// answers: a replica that took over may have missed the last ones), each gate tells it what it
/// knows: what was lifted in between is shut out again then. What is blocked while Redis is gone
/// holds here at once, and everywhere as soon as it is back, also where this gate is another
/// process
/// by then. A lifting that nobody was told of ends with the process: what it lifted is shut out
/// again.
public final class RedisBlocks implements Blocks {
  private static final Logger LOG = LoggerFactory.getLogger(RedisBlocks.class);
  private static final Script CHANGE = Script.of("block");
  private static final Script AT = Script.of("server", "blocks-at");
  private static final Script ALL = Script.of("server", "blocks-all");
  private static final int MOST_PENDING = 10_000;
  private static final long MOST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long UNKNOWN = Long.MAX_VALUE;

  /// Stands in the bookmark while something is known here that nobody else was told of.
  private static final String ALONE = "alone";

  private final Redis redis;
  private final Blocks own;
  private final Bookmark bookmark;
  private final String channel;
  private final String[] keys;
  private final int mostPending;

  /// This gate's own changes that it did not hear of yet, in their order; read and written by who
  /// holds the lock, as everything below.
  private final List<Own> unheard = new ArrayList<>();

  private String era = "";
  private String server = "";
  private long number;

  /// Whether something may be known here alone that is not among the changes that wait.
  private boolean alone;

  /// A change that was made here.
  private static final class Own {
    private final BlockChange change;

    /// Whether it still has to be told.
    private boolean waits;

    /// What it is counted as; the highest where nobody knows yet.
    private long number = UNKNOWN;

    private Own(BlockChange change) {
      this.change = change;
    }
  }

  /// What Redis holds at one moment.
  private record There(String era, long last, String server, Map<String, BlockChange> blocks) {}

  /// @param own this gate's copy; where it outlives the gate, what was blocked holds from the start
  /// @param bookmark outlives the gate where the copy does
  public RedisBlocks(Redis redis, Blocks own, Bookmark bookmark) {
    this(redis, own, bookmark, MOST_PENDING);
  }

  RedisBlocks(Redis redis, Blocks own, Bookmark bookmark, int mostPending) {
    this.redis = redis;
    this.own = own;
    this.bookmark = bookmark;
    this.mostPending = mostPending;
    this.channel = redis.key("blocks", "changes");
    this.keys =
        new String[] {
          redis.key("blocks", "all"), redis.key("blocks", "ends"), redis.key("blocks", "at")
        };
    String[] mark = bookmark.read().split("\n", 3);
    if (mark.length == 3) {
      era = mark[0];
      number = Long.parseLong(mark[1]);
      server = mark[2];
    }
    // A copy without a bookmark is of a gate that shared nothing, or that was alone when it ended.
    this.alone = mark.length != 3;
    redis.follow(channel, this::heard, this::catchUp);
  }

  /// It holds here before anybody is told; what is heard of it, and of what comes after it, is in
  /// order.
  @Override
  public void block(Kind kind, String key, Instant since, Instant until) {
    mayWait();
    Own change = new Own(BlockChange.of(kind, key, since, until));
    synchronized (this) {
      // From now on no reading that is under way may lift it.
      unheard.add(change);
    }
    try {
      own.block(kind, key, since, until);
    } finally {
      // The others are told also where the own disk refuses.
      var unused = told(change, true);
    }
  }

  /// @throws OutOfReach when Redis is gone and nothing more can be remembered that it has to be
  ///     told
  @Override
  public void lift(Kind kind, String key) {
    mayWait();
    Own change = new Own(BlockChange.lifting(kind, key));
    synchronized (this) {
      unheard.add(change);
    }
    if (!told(change, false)) {
      throw OutOfReach.INSTANCE;
    }
    if (!isHeard(change)) {
      own.lift(kind, key);
    }
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

  private void mayWait() {
    if (redis.reachable() && !Thread.currentThread().isVirtual()) {
      throw WouldWait.INSTANCE;
    }
  }

  /// Tells of a change, or forgets it.
  ///
  /// @return false where too much waits
  private boolean told(Own change, boolean block) {
    boolean known = false;
    try {
      known = tell(change);
      return known;
    } finally {
      if (!known && !waits(change)) {
        forget(change, block);
      }
    }
  }

  private synchronized boolean waits(Own change) {
    return change.waits;
  }

  /// What cannot be told now is told when Redis is back. While something waits, what comes later
  /// waits behind it.
  ///
  /// @return false where too much waits
  private boolean tell(Own change) {
    if (!anyWaits()) {
      try {
        publish(change);
        return true;
      } catch (OutOfReach | RedisFull later) {
        // told below
      }
    }
    if (isFull()) {
      return false;
    }
    try {
      mark(ALONE);
    } finally {
      queue(change);
    }
    redis.hurry();
    return true;
  }

  private synchronized boolean isFull() {
    return unheard.stream().filter(each -> each.waits).count() >= mostPending;
  }

  private synchronized void queue(Own change) {
    change.waits = true;
  }

  private synchronized boolean anyWaits() {
    return unheard.stream().anyMatch(each -> each.waits);
  }

  /// Beyond what can wait, a block is found when everything that is known here is told.
  private synchronized void forget(Own change, boolean block) {
    unheard.remove(change);
    alone |= block;
    LOG.error(
        "{} changes of who is shut out wait for the shared state: {}",
        mostPending,
        block
            ? "all that is shut out here is told when it is back, what was lifted meanwhile too"
            : "nothing more is lifted until it is back");
  }

  private void publish(Own change) {
    long counted = publish(change.change);
    synchronized (this) {
      change.waits = false;
      change.number = counted;
      forgetHeard();
    }
  }

  /// @return the number of the change; it is counted here when it is heard of
  private long publish(BlockChange change) {
    List<Object> answer =
        redis.run(
            CHANGE,
            keys,
            redis.now(),
            bytes(change.name()),
            bytes(change.since()),
            bytes(change.until()),
            bytes(UUID.randomUUID().toString()),
            bytes(channel));
    return Long.parseLong(text(answer.get(1)));
  }

  /// Waits until this gate heard its own change as all the others do, in their order: else what is
  /// lifted would come back for a moment when the news of its block arrives, or would undo a block
  /// that another gate made in between.
  ///
  /// @return false where it cannot be waited for
  private synchronized boolean isHeard(Own change) {
    long end = System.nanoTime() + MOST_WAIT_NANOS;
    try {
      long left = MOST_WAIT_NANOS;
      while (!change.waits && unheard.contains(change) && left > 0) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
        left = end - System.nanoTime();
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
    return !unheard.contains(change);
  }

  private synchronized void heard(String message) {
    String[] parts = message.split("\n", 5);
    long change = Long.parseLong(parts[1]);
    if (parts.length == 5 && parts[0].equals(era) && change == number + 1) {
      new BlockChange(parts[4], parts[2], parts[3]).apply(own);
      number = change;
      forgetHeard();
    } else {
      redis.hurry();
    }
  }

  private void forgetHeard() {
    unheard.removeIf(each -> each.number <= number);
    notifyAll();
  }

  private void catchUp() {
    for (Own next = waiting(); next != null; next = waiting()) {
      publish(next);
    }
    List<Object> at = redis.run(AT, new String[] {keys[2]}, newEra());
    if (!isAt(text(at.getFirst()), Long.parseLong(text(at.get(1))), text(at.get(2)))) {
      readAll();
    }
  }

  private synchronized @Nullable Own waiting() {
    for (Own each : unheard) {
      if (each.waits) {
        return each;
      }
    }
    return null;
  }

  private synchronized boolean isAt(String there, long last, String by) {
    boolean current = !alone && there.equals(era) && last == number && by.equals(server);
    if (current && unheard.stream().noneMatch(each -> each.number == UNKNOWN)) {
      mark(era + '\n' + number + '\n' + server);
    }
    return current;
  }

  /// Where something is known here alone, it is told first, and then all is read that was made of
  /// it.
  private void readAll() {
    long known = known();
    There there = there();
    List<BlockChange> untold = untold(there, known);
    if (!untold.isEmpty()) {
      untold.forEach(this::publish);
      there = there();
    }
    take(there);
  }

  private synchronized long known() {
    return number;
  }

  private There there() {
    List<Object> answer = redis.run(ALL, new String[] {keys[0], keys[2]}, newEra());
    Map<String, BlockChange> blocks = new HashMap<>();
    for (int i = 3; i + 1 < answer.size(); i += 2) {
      String name = text(answer.get(i));
      String[] times = text(answer.get(i + 1)).split(" ", 2);
      blocks.put(name, new BlockChange(name, times[0], times[1]));
    }
    return new There(
        text(answer.getFirst()), Long.parseLong(text(answer.get(1))), text(answer.get(2)), blocks);
  }

  /// What is known here and not there, where it was lost there or never told, and not lifted. Until
  /// all of it is told, no era is known: if that fails, it is told again.
  ///
  /// @param known the last change that was known before it was asked
  private synchronized List<BlockChange> untold(There there, long known) {
    boolean lost =
        !there.era.equals(era)
            || there.last < known
            || (!server.isEmpty() && !there.server.equals(server));
    if (!alone && !lost) {
      return List.of();
    }
    List<BlockChange> untold = new ArrayList<>();
    for (Block block : own.all()) {
      if (!there.blocks.containsKey(BlockChange.name(block.kind(), block.key()))) {
        untold.add(BlockChange.of(block));
      }
    }
    alone = false;
    era = "";
    number = 0;
    return untold;
  }

  /// In one step: nothing is heard of, and nothing blocked here forgotten, while it is taken over.
  private synchronized void take(There there) {
    if (alone || (there.era.equals(era) && there.last < number)) {
      // More was blocked or heard of while this was read: the next beat reads again.
      return;
    }
    for (Block block : own.all()) {
      String name = BlockChange.name(block.kind(), block.key());
      if (!there.blocks.containsKey(name) && !isMade(name, there.last)) {
        own.lift(block.kind(), block.key());
      }
    }
    there.blocks.values().forEach(each -> each.apply(own));
    era = there.era;
    number = there.last;
    server = there.server;
    forgetHeard();
  }

  /// Whether something of that name was done here after that change.
  private boolean isMade(String name, long last) {
    for (Own each : unheard) {
      if (each.number > last && each.change.name().equals(name)) {
        return true;
      }
    }
    return false;
  }

  private void mark(String mark) {
    if (!mark.equals(bookmark.read())) {
      bookmark.write(mark);
    }
  }

  private static byte[] newEra() {
    return bytes(UUID.randomUUID().toString());
  }
}

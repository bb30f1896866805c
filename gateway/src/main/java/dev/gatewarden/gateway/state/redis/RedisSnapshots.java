package dev.gatewarden.gateway.state.redis;

import static dev.gatewarden.gateway.state.redis.Redis.bytes;
import static dev.gatewarden.gateway.state.redis.Redis.text;

import dev.gatewarden.core.decision.OutOfReach;
import dev.gatewarden.core.decision.Snapshots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What is in force at several gates, each of which keeps a copy of the newest generation.
///
/// A line of generations has a name (its era). Where Redis lost its memory or the last generation,
/// the copy is put back; where another line began meanwhile, that one counts. While Redis is gone
/// the
/// copy is what is in force, and nothing can be published. What was published before there was a
/// Redis becomes the first generation in one that knows nothing. Not for event loops: it waits.
public final class RedisSnapshots implements Snapshots {
  private static final Script PUBLISH = Script.of("snapshot-publish");
  private static final Script FIND = Script.of("snapshot-find");
  private static final Script NUMBER = Script.of("snapshot-number");
  private static final Script RESTORE = Script.of("snapshot-restore");
  private static final String COPY = "-shared";
  private static final byte[] KEPT = bytes("16");

  private final Redis redis;
  private final Snapshots own;
  private final InstantSource clock;
  private final Map<String, Copy> copies = new ConcurrentHashMap<>();

  /// @param own where the copies are kept, and what was published before
  public RedisSnapshots(Redis redis, Snapshots own, InstantSource clock) {
    this.redis = redis;
    this.own = own;
    this.clock = clock;
  }

  /// One generation of an era.
  private record Copy(String era, Snapshot snapshot) {}

  @Override
  public Optional<Snapshot> newest(String name) {
    Copy copy = copy(name);
    try {
      Copy there = find(name, "");
      if (isLost(there == null ? null : there.era, there == null ? 0 : number(there), copy)) {
        there = restored(name, copy);
      }
      if (there != null && !isSame(there, copy)) {
        keep(name, there);
      }
      return there == null ? Optional.empty() : Optional.of(handed(there.snapshot));
    } catch (OutOfReach | RedisFull away) {
      return copy == null ? Optional.empty() : Optional.of(handed(copy.snapshot));
    }
  }

  @Override
  public long generation(String name) {
    Copy copy = copy(name);
    try {
      List<Object> answer = redis.run(NUMBER, keys(name));
      String era = answer.isEmpty() ? null : text(answer.getFirst());
      long number = answer.isEmpty() ? 0 : Long.parseLong(text(answer.get(1)));
      return isLost(era, number, copy) ? newest(name).map(Snapshot::generation).orElse(0L) : number;
    } catch (OutOfReach away) {
      return copy == null ? 0 : number(copy);
    }
  }

  /// Whether what is there is less than what was known: nothing, or an earlier generation.
  private boolean isLost(@Nullable String era, long number, @Nullable Copy copy) {
    return era == null || (copy != null && era.equals(copy.era) && number < number(copy));
  }

  @Override
  public Optional<Snapshot> at(String name, long generation) {
    try {
      return Optional.ofNullable(find(name, Long.toString(generation))).map(Copy::snapshot);
    } catch (OutOfReach away) {
      return Optional.empty();
    }
  }

  /// @throws UncheckedIOException when Redis is gone, or full
  @Override
  public Optional<Snapshot> publish(String name, long after, byte[] content) {
    Instant now = clock.instant();
    try {
      List<Object> answer =
          redis.run(
              PUBLISH,
              keys(name),
              bytes(Long.toString(after)),
              bytes(now.toString()),
              content,
              bytes(UUID.randomUUID().toString()),
              KEPT);
      if (answer.isEmpty()) {
        return Optional.empty();
      }
      Snapshot made = new Snapshot(name, after + 1, now, content.clone());
      keep(name, new Copy(text(answer.getFirst()), made));
      return Optional.of(handed(made));
    } catch (OutOfReach away) {
      throw new UncheckedIOException(new IOException("the shared state is out of reach", away));
    } catch (RedisFull full) {
      throw new UncheckedIOException(new IOException("the shared state is full", full));
    }
  }

  private @Nullable Copy find(String name, String generation) {
    List<Object> answer = redis.run(FIND, keys(name), bytes(generation));
    return answer.isEmpty()
        ? null
        : new Copy(
            text(answer.getFirst()),
            new Snapshot(
                name,
                Long.parseLong(text(answer.get(1))),
                Instant.parse(text(answer.get(2))),
                (byte[]) answer.get(3)));
  }

  /// What Redis knows once it was told: of two gates that tell it, one is believed.
  private @Nullable Copy restored(String name, @Nullable Copy copy) {
    Copy known = copy == null ? before(name) : copy;
    if (known == null) {
      return null;
    }
    var unused =
        redis.run(
            RESTORE,
            keys(name),
            bytes(known.era),
            bytes(Long.toString(number(known))),
            bytes(known.snapshot.at().toString()),
            known.snapshot.content());
    return find(name, "");
  }

  /// What was published before there was a Redis.
  private @Nullable Copy before(String name) {
    return own.newest(name)
        .map(snapshot -> new Copy(UUID.randomUUID().toString(), snapshot))
        .orElse(null);
  }

  private @Nullable Copy copy(String name) {
    Copy known = copies.get(name);
    if (known == null) {
      known = own.newest(name + COPY).map(kept -> read(name, kept.content())).orElse(null);
      if (known != null) {
        copies.put(name, known);
      }
    }
    return known;
  }

  private synchronized void keep(String name, Copy copy) {
    copies.put(name, copy);
    String head = copy.era + '\n' + copy.snapshot.generation() + '\n' + copy.snapshot.at() + '\n';
    byte[] first = bytes(head);
    byte[] all = new byte[first.length + copy.snapshot.content().length];
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(copy.snapshot.content(), 0, all, first.length, copy.snapshot.content().length);
    // Where another process over the same folder was faster, its copy will do.
    var unused = own.publish(name + COPY, own.generation(name + COPY), all);
  }

  private static Copy read(String name, byte[] kept) {
    String[] head = new String[3];
    int from = 0;
    for (int i = 0; i < head.length; i++) {
      int end = from;
      while (kept[end] != '\n') {
        end++;
      }
      head[i] = new String(kept, from, end - from, java.nio.charset.StandardCharsets.UTF_8);
      from = end + 1;
    }
    byte[] content = java.util.Arrays.copyOfRange(kept, from, kept.length);
    return new Copy(
        head[0], new Snapshot(name, Long.parseLong(head[1]), Instant.parse(head[2]), content));
  }

  private static boolean isSame(Copy one, @Nullable Copy other) {
    return other != null && one.era.equals(other.era) && number(one) == number(other);
  }

  private static long number(Copy copy) {
    return copy.snapshot.generation();
  }

  private static Snapshot handed(Snapshot kept) {
    return new Snapshot(kept.name(), kept.generation(), kept.at(), kept.content().clone());
  }

  private String[] keys(String name) {
    return new String[] {redis.key("", "snapshots:" + name)};
  }
}

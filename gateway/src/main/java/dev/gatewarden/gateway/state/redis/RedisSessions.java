package dev.gatewarden.gateway.state.redis;

import static dev.gatewarden.gateway.state.redis.Redis.bytes;
import static dev.gatewarden.gateway.state.redis.Redis.text;

import dev.gatewarden.core.decision.WouldWait;
import dev.gatewarden.core.identity.Sessions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Sessions that several gates share. Redis knows the digests of their keys alone, so that who
/// reads it cannot use them.
public final class RedisSessions implements Sessions {
  private static final Script CREATE = Script.of("session-create");
  private static final Script FIND = Script.of("session-find");
  private static final Script LOOK = Script.of("session-look");
  private static final Script REPLACE = Script.of("session-replace");
  private static final Script END = Script.of("session-end");

  private final Redis redis;

  public RedisSessions(Redis redis) {
    this.redis = redis;
  }

  @Override
  public boolean create(String key, byte[] value, Duration idle, Duration absolute) {
    checked(value);
    try {
      return yes(
          run(CREATE, key, redis.now(), value, bytes(micros(idle)), bytes(micros(absolute))));
    } catch (RedisFull full) {
      return false;
    }
  }

  @Override
  public Optional<Versioned> find(String key) {
    return versioned(run(FIND, key, redis.now()));
  }

  @Override
  public Optional<Versioned> look(String key) {
    return versioned(run(LOOK, key, redis.now()));
  }

  private static Optional<Versioned> versioned(List<Object> found) {
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(new Versioned((byte[]) found.getFirst(), Long.parseLong(text(found.get(1)))));
  }

  @Override
  public boolean replace(String key, long version, byte[] value) {
    checked(value);
    try {
      return yes(run(REPLACE, key, redis.now(), bytes(Long.toString(version)), value));
    } catch (RedisFull full) {
      return false;
    }
  }

  @Override
  public void end(String key) {
    var unused = run(END, key);
  }

  private List<Object> run(Script script, String key, byte[]... arguments) {
    if (redis.reachable() && !Thread.currentThread().isVirtual()) {
      throw WouldWait.INSTANCE;
    }
    return redis.run(script, new String[] {redis.key("", "session:" + Digests.of(key))}, arguments);
  }

  private static boolean yes(List<Object> answer) {
    return (Long) answer.getFirst() == 1;
  }

  private static void checked(byte[] value) {
    if (value.length > MOST_BYTES) {
      throw new IllegalArgumentException(
          "a session holds at most " + MOST_BYTES + " bytes, not " + value.length);
    }
  }

  private static String micros(Duration length) {
    return Long.toString(length.toNanos() / 1_000);
  }
}

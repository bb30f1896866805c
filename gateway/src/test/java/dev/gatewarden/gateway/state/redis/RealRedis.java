package dev.gatewarden.gateway.state.redis;

import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Claims;
import dev.gatewarden.core.identity.Secret;
import dev.gatewarden.gateway.limits.LocalClaims;
import dev.gatewarden.testkit.FakeClock;
import dev.gatewarden.testkit.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import redis.embedded.RedisServer;
import redis.embedded.core.RedisServerBuilder;

/// A Redis of the tests' own, on loopback, which can be killed and brought back.
final class RealRedis implements AutoCloseable {
  private static @Nullable RealRedis shared;

  final int port;
  private final RedisServer server;

  /// @param settings lines of its configuration
  RealRedis(String... settings) {
    port = free();
    try {
      RedisServerBuilder builder =
          RedisServer.newRedisServer()
              .port(port)
              .bind("127.0.0.1")
              .setting("save \"\"")
              .onShutdownForceStop(true);
      for (String setting : settings) {
        builder.setting(setting);
      }
      server = builder.build();
    } catch (IOException none) {
      throw new UncheckedIOException(none);
    }
    start();
  }

  static int free() {
    try {
      return Ports.free();
    } catch (IOException none) {
      throw new UncheckedIOException(none);
    }
  }

  /// One that all test classes of this machine share; whoever uses it empties it first.
  static synchronized RealRedis shared() {
    RealRedis known = shared;
    if (known == null) {
      known = new RealRedis();
      Runtime.getRuntime().addShutdownHook(new Thread(known::close));
      shared = known;
    }
    return known;
  }

  void start() {
    try {
      server.start();
    } catch (IOException none) {
      throw new UncheckedIOException(none);
    }
  }

  void kill() {
    try {
      server.stop();
    } catch (IOException none) {
      throw new UncheckedIOException(none);
    }
  }

  @Override
  public void close() {
    kill();
  }

  RedisSettings settings() {
    return settings(List.of(port), null, null, null);
  }

  /// @param ports those of one server, or of sentinels where a primary is named
  static RedisSettings settings(
      List<Integer> ports,
      @Nullable String primary,
      RedisSettings.@Nullable Tls tls,
      @Nullable Secret password) {
    return new RedisSettings(
        ports.stream().map(each -> new RedisSettings.Place("127.0.0.1", each)).toList(),
        primary,
        tls,
        0,
        null,
        password,
        "test",
        Duration.ofSeconds(2),
        1);
  }

  /// Forgets everything.
  static void empty(Redis redis) {
    var unused = redis.run(new Script("return {redis.call('FLUSHALL')}", "0"), new String[0]);
  }

  /// Whether it knows anything by now whose key ends so.
  static boolean knows(Redis redis, String end) {
    Script keys = new Script("return {#redis.call('KEYS', '*" + end + "')}", "0");
    return (Long) redis.run(keys, new String[0]).getFirst() > 0;
  }

  /// Claims in a Redis that forgot everything, closed while it is gone.
  static Claims claims(Redis redis, FakeClock clock, int most) {
    empty(redis);
    return waiting(
        Claims.class,
        new RedisClaims(redis, clock, most, Claim.WhenGone.CLOSED, new LocalClaims(clock, 1_000)));
  }

  /// Redis forgets by its own clock, which this brings forward.
  static void elapse(Redis redis, Duration by) {
    String forward =
        """
        for _, key in ipairs(redis.call('KEYS', '*')) do
          local left = redis.call('PTTL', key)
          if left > 0 then redis.call('PEXPIRE', key, left - %d) end
        end
        return {}
        """
            .formatted(by.toMillis());
    var unused = redis.run(new Script(forward, "0"), new String[0]);
  }

  /// The same port, whose methods run where waiting is allowed.
  static <T> T waiting(Class<T> port, T adapter) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (_, method, arguments) -> {
              FutureTask<Object> task = new FutureTask<>(() -> method.invoke(adapter, arguments));
              Thread.ofVirtual().start(task);
              try {
                return task.get();
              } catch (java.util.concurrent.ExecutionException failed) {
                throw failed.getCause() instanceof InvocationTargetException inner
                    ? inner.getCause()
                    : failed.getCause();
              }
            }));
  }
}

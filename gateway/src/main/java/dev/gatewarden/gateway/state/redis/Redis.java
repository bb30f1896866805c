package dev.gatewarden.gateway.state.redis;

import dev.gatewarden.core.decision.OutOfReach;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The connection of one gate to the Redis it shares with others.
///
/// A thread of its own asks twice a second whether Redis is there. While it is not, whoever wants
/// something of it is told at once and never waits; when it is back, everything goes on by itself.
public final class Redis implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Redis.class);
  private static final Duration CONNECTING = Duration.ofSeconds(2);
  private static final Duration RECONNECTING = Duration.ofMillis(200);
  private static final long BEAT_MILLIS = 500;
  private static final byte[] GONE_AFTER_SECONDS = bytes("15");

  /// How Redis says that it is full, also from within a script.
  private static final String NO_MEMORY = "OOM command not allowed";

  /// How a server says that it only follows another.
  private static final String NO_PRIMARY = "READONLY";

  /// How many answers in a row may be late before nobody waits for one any more.
  private static final int MOST_LATE = 3;

  private static final RedisCodec<String, byte[]> CODEC =
      RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);
  private static final Instant EPOCH = Instant.parse("2020-01-01T00:00:00Z");
  private static final Script BEAT = Script.of("beat");

  private final RedisSettings settings;
  private final @Nullable InstantSource told;
  private final ClientResources resources;
  private final RedisClient client;
  private final String name = UUID.randomUUID().toString();
  private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
  private final AtomicInteger late = new AtomicInteger();
  private final LongAdder failures = new LongAdder();
  private final Thread watch;
  private @Nullable StatefulRedisPubSubConnection<String, String> ear;
  private volatile @Nullable StatefulRedisConnection<String, byte[]> connection;
  private volatile boolean reachable;
  private volatile boolean complained;
  private volatile int nodes = 1;
  private volatile boolean closing;

  private Redis(RedisSettings settings, @Nullable InstantSource told) {
    this.settings = settings;
    this.told = told;
    this.resources =
        DefaultClientResources.builder()
            .ioThreadPoolSize(2)
            .computationThreadPoolSize(2)
            .reconnectDelay(Delay.constant(RECONNECTING))
            .build();
    this.client = RedisClient.create(resources, Addressing.of(settings, CONNECTING));
    ClientOptions.Builder options =
        ClientOptions.builder()
            .protocolVersion(ProtocolVersion.RESP2)
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .requestQueueSize(1 << 14)
            .socketOptions(
                SocketOptions.builder().connectTimeout(CONNECTING).keepAlive(true).build())
            .timeoutOptions(TimeoutOptions.enabled(settings.patience()));
    if (settings.tls() != null) {
      options.sslOptions(Addressing.encryption(settings.tls(), CONNECTING));
    }
    client.setOptions(options.build());
    this.watch = Thread.ofPlatform().name("redis-watch").daemon().unstarted(this::watch);
  }

  /// Connects; Redis' own clock is everybody's. Where it is not there yet, that is logged, and it
  /// is used as soon as it is.
  public static Redis open(RedisSettings settings) {
    return open(settings, null);
  }

  /// Connects, and tells Redis the time, for tests whose clock stands still.
  static Redis open(RedisSettings settings, @Nullable InstantSource told) {
    Redis redis = new Redis(settings, told);
    redis.beat();
    redis.watch.start();
    return redis;
  }

  /// Whether an answer can be expected now.
  public boolean reachable() {
    return reachable;
  }

  /// How often no answer was had.
  public long failures() {
    return failures.sum();
  }

  /// How many gates share it, as far as was known last; at least as many as the operator says.
  public int nodes() {
    return Math.max(nodes, settings.nodes());
  }

  /// The name of a key.
  ///
  /// @param tag what is written in braces, so that all keys with it lie in one slot of a cluster;
  ///     empty where each key may lie anywhere
  String key(String tag, String rest) {
    return tag.isEmpty()
        ? settings.prefix() + ":" + rest
        : "{" + settings.prefix() + ":" + tag + "}:" + rest;
  }

  /// The time as a script takes it: empty where Redis' own clock counts.
  byte[] now() {
    InstantSource clock = told;
    return clock == null ? new byte[0] : bytes(String.valueOf(micros(clock.instant())));
  }

  static long micros(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond() - EPOCH.getEpochSecond(), 1_000_000L),
        instant.getNano() / 1_000);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String text(Object answer) {
    return answer instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.UTF_8)
        : String.valueOf(answer);
  }

  /// Runs a script and waits for its answer.
  ///
  /// @throws OutOfReach when none comes in time
  /// @throws RedisFull when there is no memory for what it would write
  List<Object> run(Script script, String[] keys, byte[]... arguments) {
    if (!reachable && !Thread.holdsLock(this)) {
      failures.increment();
      throw OutOfReach.INSTANCE;
    }
    return ask(script, keys, arguments);
  }

  private List<Object> ask(Script script, String[] keys, byte[]... arguments) {
    try {
      List<Object> answer = answer(script, keys, arguments);
      late.set(0);
      return answer;
    } catch (TimeoutException | CancellationException slow) {
      throw tooLate();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw OutOfReach.INSTANCE;
    } catch (ExecutionException | RuntimeException failed) {
      Throwable cause = failed instanceof ExecutionException ? failed.getCause() : failed;
      throw cause instanceof RedisCommandTimeoutException
          ? tooLate()
          : refused(cause == null ? failed : cause);
    }
  }

  private RuntimeException tooLate() {
    failures.increment();
    if (late.incrementAndGet() >= MOST_LATE) {
      lost("answers too late");
    }
    return OutOfReach.INSTANCE;
  }

  private RuntimeException refused(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    if (cause instanceof RedisCommandExecutionException && message.contains(NO_MEMORY)) {
      return RedisFull.INSTANCE;
    }
    failures.increment();
    lost(
        cause instanceof RedisCommandExecutionException
            ? "refuses: " + message
            : "does not answer (" + cause.getClass().getSimpleName() + ")");
    return OutOfReach.INSTANCE;
  }

  private List<Object> answer(Script script, String[] keys, byte[]... arguments)
      throws ExecutionException, TimeoutException, InterruptedException {
    try {
      return await(sent(script, true, keys, arguments));
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RedisNoScriptException) {
        return await(sent(script, false, keys, arguments));
      }
      throw failed;
    }
  }

  private List<Object> await(RedisFuture<List<Object>> sent)
      throws ExecutionException, TimeoutException, InterruptedException {
    return sent.get(settings.patience().toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Runs a script without waiting for it.
  ///
  /// @param otherwise what to do when it could not be run
  void send(Script script, String[] keys, byte[][] arguments, Runnable otherwise) {
    if (!reachable && !Thread.holdsLock(this)) {
      otherwise.run();
      return;
    }
    send(script, true, keys, arguments, otherwise);
  }

  private void send(
      Script script, boolean known, String[] keys, byte[][] arguments, Runnable otherwise) {
    try {
      sent(script, known, keys, arguments)
          .whenComplete(
              (_, failed) -> {
                if (failed instanceof RedisNoScriptException && known) {
                  send(script, false, keys, arguments, otherwise);
                } else if (failed != null) {
                  failures.increment();
                  otherwise.run();
                }
              });
    } catch (RuntimeException failed) {
      failures.increment();
      otherwise.run();
    }
  }

  private RedisFuture<List<Object>> sent(
      Script script, boolean known, String[] keys, byte[]... arguments) {
    StatefulRedisConnection<String, byte[]> open = connection;
    if (open == null) {
      throw OutOfReach.INSTANCE;
    }
    return known
        ? open.async().evalsha(script.digest(), ScriptOutputType.MULTI, keys, arguments)
        : open.async().eval(script.text(), ScriptOutputType.MULTI, keys, arguments);
  }

  /// Is called twice a second while Redis is there.
  void watch(Runnable beat) {
    watchers.add(beat);
  }

  /// Asks at once, rather than with the next beat.
  void hurry() {
    synchronized (watch) {
      watch.notifyAll();
    }
  }

  /// Hears what is said in a channel, and is called twice a second while Redis is there, so that
  /// what was missed is found.
  void follow(String channel, Consumer<String> message, Runnable beat) {
    watchers.add(
        new Runnable() {
          private boolean hearing;

          @Override
          public void run() {
            StatefulRedisPubSubConnection<String, String> open = ear;
            if (!hearing && open != null) {
              open.addListener(
                  new RedisPubSubAdapter<>() {
                    @Override
                    public void message(String said, String text) {
                      if (said.equals(channel)) {
                        message.accept(text);
                      }
                    }
                  });
              open.sync().subscribe(channel);
              hearing = true;
            }
            beat.run();
          }
        });
    if (reachable) {
      beat();
    }
  }

  private void watch() {
    while (!closing) {
      try {
        synchronized (watch) {
          watch.wait(BEAT_MILLIS);
        }
      } catch (InterruptedException stopped) {
        return;
      }
      if (!closing) {
        beat();
      }
    }
  }

  private synchronized void beat() {
    try {
      if (connection == null) {
        connection = client.connect(CODEC);
        warnOfEviction(connection);
      }
      if (ear == null) {
        ear = client.connectPubSub();
      }
      List<Object> told =
          answer(BEAT, new String[] {key("gates", "seen")}, bytes(name), GONE_AFTER_SECONDS);
      nodes = Math.max(1, ((Long) told.getFirst()).intValue());
      late.set(0);
      // What waited is told before anybody else is let in, so that nobody takes an id in between.
      for (Runnable watcher : watchers) {
        watcher.run();
      }
      found();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException | RuntimeException failed) {
      Throwable cause = failed instanceof ExecutionException ? failed.getCause() : failed;
      String message = cause == null ? "" : String.valueOf(cause.getMessage());
      if (!(cause instanceof RedisCommandExecutionException)) {
        lost(untold(failed));
      } else if (!message.contains(NO_MEMORY)) {
        lost("refuses: " + message);
        forsake(message);
      }
    }
  }

  /// Why nothing is answered, as far as it shows.
  private static String untold(Throwable failed) {
    for (Throwable why = failed; why != null; why = why.getCause()) {
      if (why instanceof SSLException refused) {
        return "does not answer over TLS (" + refused.getMessage() + ")";
      }
    }
    return "does not answer";
  }

  /// A server that is no primary any more is left, and the primary looked for anew.
  private void forsake(String message) {
    StatefulRedisConnection<String, byte[]> open = connection;
    if (open != null && message.startsWith(NO_PRIMARY)) {
      connection = null;
      var unused = open.closeAsync();
    }
  }

  /// What Redis evicts, it forgets: a limit would be refilled, a replay let in.
  private void warnOfEviction(StatefulRedisConnection<String, byte[]> open) {
    try {
      String memory = open.sync().info("memory");
      if (!memory.contains("maxmemory:0") && !memory.contains("maxmemory_policy:noeviction")) {
        LOG.warn(
            "the Redis at `{}` may forget what it was told: set `maxmemory-policy noeviction`",
            settings.server());
      }
    } catch (RedisCommandExecutionException hidden) {
      LOG.debug("`{}` does not tell how it uses memory", settings.server());
    }
  }

  private void found() {
    if (!reachable) {
      reachable = true;
      if (complained) {
        complained = false;
        LOG.warn("the shared state at `{}` is back", settings.server());
      }
    }
  }

  private void lost(String why) {
    reachable = false;
    if (!complained && !closing) {
      complained = true;
      LOG.warn("the shared state at `{}` is out of reach: it {}", settings.server(), why);
    }
  }

  @Override
  public void close() {
    closing = true;
    reachable = false;
    synchronized (watch) {
      watch.notifyAll();
    }
    client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    var unused = resources.shutdown(0, 2, TimeUnit.SECONDS);
  }
}

package dev.gatewarden.bench;

import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Claims;
import dev.gatewarden.core.decision.Claims.Settlement;
import dev.gatewarden.core.decision.Claims.Taken;
import dev.gatewarden.core.decision.Combined;
import dev.gatewarden.gateway.limits.LocalClaims;
import dev.gatewarden.gateway.state.redis.Redis;
import dev.gatewarden.gateway.state.redis.RedisClaims;
import dev.gatewarden.gateway.state.redis.RedisSettings;
import dev.gatewarden.platform.store.SqliteClaims;
import dev.gatewarden.platform.store.StateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// What remembering costs: a request whose limits are counted in memory or in Redis, interleaved in
/// one run, and an id that is spent in memory, on disk or in Redis.
///
/// Argument: the project's folder.
public final class StateCosts {
  private static final int WARM_UP = 60_000;
  private static final int ROUNDS = 7;
  private static final int REQUESTS = 10_000;
  private static final int IDS = 20_000;
  private static final int MOST = 1_000_000;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private StateCosts() {}

  public static void main(String[] arguments) throws Exception {
    Path project = Path.of(arguments[0]).toAbsolutePath();
    Path folder = Files.createTempDirectory("state-costs");
    int port = GateBench.freePort();
    try (Contender redis = redis(folder, port)) {
      requests(project, folder, redis);
      ids(folder, port);
    }
  }

  private static Contender redis(Path folder, int port) throws IOException {
    return Contender.start(
        "redis-server",
        folder,
        port,
        List.of(
            "redis-server",
            "--port",
            Integer.toString(port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no"));
  }

  private static void requests(Path project, Path folder, Contender redis) throws Exception {
    Identity identity = new Identity();
    Path keys = identity.keySet(folder);
    int service = GateBench.freePort();
    Load load = Objects.requireNonNull(GateBench.loads(identity.token()).get(GateBench.Kind.GET));
    String shared = "state: redis://127.0.0.1:" + redis.port() + "\n";
    try (Contender _ = Peers.service(folder, service, Payloads.order());
        Contender alone = gate(project, folder, "memory", keys, service, "state: memory\n");
        Contender together = gate(project, folder, "redis", keys, service, shared)) {
      List<Contender> gates = List.of(alone, together);
      for (Contender each : gates) {
        load.run(each.port(), WARM_UP);
      }
      Map<String, List<Double>> figures = new LinkedHashMap<>();
      for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < gates.size(); i++) {
          measure(gates.get((i + round) % gates.size()), redis, load, figures);
        }
      }
      System.out.printf(
          "a GET with two limits, 32 connections, median of %d rounds (µs)%n", ROUNDS);
      for (Contender each : gates) {
        System.out.printf(
            "  state in %-7s CPU of the gate %6.1f, of Redis %6.1f, answered after %7.1f, p99"
                + " %7.1f%n",
            each.name(),
            median(figures, each, "cpu"),
            median(figures, each, "redis"),
            median(figures, each, "median"),
            median(figures, each, "p99"));
      }
      System.out.printf(
          "  Redis to memory: CPU %.2f×, answered after %.2f×%n",
          median(figures, together, "cpu") / median(figures, alone, "cpu"),
          median(figures, together, "median") / median(figures, alone, "median"));
    }
  }

  private static Contender gate(
      Path project, Path folder, String name, Path keys, int service, String state)
      throws IOException {
    Path own = Files.createDirectories(folder.resolve(name));
    return GateBench.gate(name, project, own, keys, service, GateBench.freePort(), state);
  }

  private static void measure(
      Contender gate, Contender redis, Load load, Map<String, List<Double>> figures)
      throws IOException {
    double before = Cost.cpuMicros(gate.process().pid());
    double beside = Cost.cpuMicros(redis.process().pid());
    Load.Times times = load.run(gate.port(), REQUESTS);
    add(figures, gate, "cpu", (Cost.cpuMicros(gate.process().pid()) - before) / REQUESTS);
    add(figures, gate, "redis", (Cost.cpuMicros(redis.process().pid()) - beside) / REQUESTS);
    add(figures, gate, "median", times.median());
    add(figures, gate, "p99", times.p99());
  }

  private static void add(
      Map<String, List<Double>> figures, Contender gate, String what, double figure) {
    figures.computeIfAbsent(gate.name() + "." + what, _ -> new ArrayList<>()).add(figure);
  }

  private static double median(Map<String, List<Double>> figures, Contender gate, String what) {
    return GateBench.median(figures.getOrDefault(gate.name() + "." + what, List.of(0.0)));
  }

  private static void ids(Path folder, int port) throws Exception {
    InstantSource clock = InstantSource.system();
    StateFile file = StateFile.synced(folder.resolve("claims.db"), 1L << 30);
    try (Redis redis = Redis.open(RedisSettings.of("127.0.0.1", port))) {
      Map<String, Claims> all = new LinkedHashMap<>();
      all.put("memory", new LocalClaims(clock, MOST));
      all.put("disk", new SqliteClaims(file, new LocalClaims(clock, MOST), clock));
      all.put(
          "redis",
          new RedisClaims(redis, clock, MOST, Claim.WhenGone.CLOSED, new LocalClaims(clock, MOST)));
      System.out.println("an id that is spent once, median of the time it takes (µs)");
      for (Map.Entry<String, Claims> each : all.entrySet()) {
        List<Double> one = spent(each.getValue(), "a", 1, IDS / 10);
        List<Double> many = spent(each.getValue(), "b", 64, IDS);
        System.out.printf(
            "  kept in %-7s one at a time %8.1f, 64 at once %8.1f%n",
            each.getKey(), GateBench.median(one), GateBench.median(many));
      }
    } finally {
      file.close();
    }
  }

  private static List<Double> spent(Claims claims, String prefix, int callers, int ids)
      throws Exception {
    List<Double> times = java.util.Collections.synchronizedList(new ArrayList<>());
    Semaphore free = new Semaphore(callers);
    try (ExecutorService waiting = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < ids; i++) {
        Claim id = Claim.once(prefix + "/" + i, MINUTE, Combined.CLAIMS_FULL).keptAlways();
        free.acquire();
        waiting.execute(
            () -> {
              try {
                long began = System.nanoTime();
                Instant until = InstantSource.system().instant().plus(MINUTE);
                Taken taken = claims.take(List.of(id), until);
                times.add((System.nanoTime() - began) / 1000.0);
                if (taken instanceof Taken.Granted(Claims.Receipt receipt, var _)) {
                  claims.settle(receipt, Settlement.DELIVERED);
                }
              } finally {
                free.release();
              }
            });
      }
      waiting.shutdown();
      if (!waiting.awaitTermination(2, TimeUnit.MINUTES)) {
        throw new IllegalStateException("some ids are never spent");
      }
    }
    if (times.size() != ids) {
      throw new IllegalStateException(ids - times.size() + " ids were not spent");
    }
    return times;
  }
}

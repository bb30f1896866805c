package dev.gatewarden.bench;

import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Claims;
import dev.gatewarden.core.decision.Claims.Settlement;
import dev.gatewarden.core.decision.Claims.Taken;
import dev.gatewarden.core.decision.Combined;
import dev.gatewarden.gateway.limits.LocalClaims;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/// What limits cost that are counted in memory: the time in which all limits of a request are taken
/// and settled, and the memory that a million live keys take.
public final class LimitCosts {
  private static final int KEYS = 1_000_000;
  private static final int[] CALLERS = {1_000, 10_000};
  private static final int ROUNDS = 15;
  private static final int REQUESTS = 200_000;

  /// More than anybody takes here, and not so much that buckets are full again at once.
  private static final long MOST = 1_000_000;

  private static final Duration HOUR = Duration.ofHours(1);
  private static final InstantSource CLOCK = InstantSource.system();

  private LimitCosts() {}

  public static void main(String[] arguments) {
    for (int callers : CALLERS) {
      time("source-limit and principal-limit", callers, LimitCosts::usual);
      time("those, a share of the tenant, a quota of the month", callers, LimitCosts::many);
      time("those, and how many different objects", callers, LimitCosts::all);
    }
    flood();
    memory("buckets", i -> Claim.take(key(i), 1, 600, HOUR, Combined.CLAIMS_FULL));
    memory("quotas", i -> Claim.within(key(i), 1, 600, HOUR, Combined.CLAIMS_FULL));
    memory("sliding windows", i -> Claim.count(key(i), 1, 600, HOUR, Combined.CLAIMS_FULL));
    memory(
        "sets of one object",
        i -> Claim.distinct(key(i), "order-" + i, 600, HOUR, Combined.CLAIMS_FULL));
  }

  private static String key(int i) {
    return "principal-limit/shop.listOrders/https://id.example|user-" + (1_000_000 + i);
  }

  private static List<Claim> usual(int i) {
    return List.of(
        Claim.take("source-limit/198.51." + i % 100 + "." + i / 100, 1, MOST, HOUR, WHY)
            .keptAlways(),
        Claim.take(key(i), 1, MOST, HOUR, WHY));
  }

  private static List<Claim> many(int i) {
    return List.of(
        usual(i).get(0),
        usual(i).get(1),
        Claim.take("share-limit/shop.tenants/tenant-" + i % 50, 1, MOST, HOUR, WHY),
        Claim.within("share-limit/shop.month/tenant-" + i % 50, 1, MOST, HOUR, WHY));
  }

  private static List<Claim> all(int i) {
    return List.of(
        many(i).get(0),
        many(i).get(1),
        many(i).get(2),
        many(i).get(3),
        Claim.distinct("share-limit/shop.objects/user-" + i, "order-" + i % 7, 100, HOUR, WHY));
  }

  private static final Combined WHY = Combined.CLAIMS_FULL;

  /// The median of some rounds over callers who are known and come in turn.
  private static void time(String what, int callers, IntFunction<List<Claim>> request) {
    Claims claims = LocalClaims.steady(CLOCK, System::nanoTime, KEYS);
    @SuppressWarnings({"unchecked", "rawtypes"})
    List<Claim>[] requests = new List[callers];
    Arrays.setAll(requests, request);
    double[] nanos = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      long began = spent();
      for (int i = 0; i < REQUESTS; i++) {
        one(claims, requests[i * 7 % callers]);
      }
      nanos[round] = (double) (spent() - began) / REQUESTS;
    }
    Arrays.sort(nanos, 0, ROUNDS);
    System.out.printf("%-52s %,7d callers %5.0f ns a request%n", what, callers, nanos[ROUNDS / 2]);
  }

  private static void one(Claims claims, List<Claim> request) {
    Instant deadline = Instant.MAX;
    if (claims.take(request, deadline) instanceof Taken.Granted(var receipt, var _)) {
      claims.settle(receipt, Settlement.DELIVERED);
    } else {
      throw new IllegalStateException("refused");
    }
  }

  /// A request that comes with a key nobody has seen, while there is no room left.
  private static void flood() {
    Claims claims = LocalClaims.steady(CLOCK, System::nanoTime, 100_000);
    for (int i = 0; i < KEYS; i++) {
      taken(claims, Claim.take(key(i), 1, 600, HOUR, WHY));
    }
    long began = spent();
    for (int i = KEYS; i < 2 * KEYS; i++) {
      taken(claims, Claim.take(key(i), 1, 600, HOUR, WHY));
    }
    System.out.printf(
        "%-55s %5.0f ns a request%n",
        "a new key where there is no room", (double) (spent() - began) / KEYS);
  }

  private static void memory(String what, IntFunction<Claim> claim) {
    long before = used();
    LocalClaims claims = LocalClaims.steady(CLOCK, System::nanoTime, 2 * KEYS);
    for (int i = 0; i < KEYS; i++) {
      taken(claims, claim.apply(i));
    }
    double bytes = (double) (used() - before) / claims.size();
    System.out.printf(
        "%-55s %5.0f MiB, %3.0f bytes each, %d bytes of them the key's text%n",
        String.format("%,d live %s", claims.size(), what),
        bytes * claims.size() / (1 << 20),
        bytes,
        key(0).length());
  }

  private static void taken(Claims claims, Claim claim) {
    var unused = claims.take(List.of(claim), Instant.EPOCH);
  }

  /// What this thread had of the processor, so that others who are busy do not count.
  private static long spent() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}

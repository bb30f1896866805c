package dev.gatewarden.testkit.ports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Claims;
import dev.gatewarden.core.decision.Claims.Cause;
import dev.gatewarden.core.decision.Claims.Receipt;
import dev.gatewarden.core.decision.Claims.Settlement;
import dev.gatewarden.core.decision.Claims.Taken;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.testkit.FakeClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Timeout;

/// Claims of an adapter under test, and who takes them.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class ClaimsScene {
  /// The reason that the contract's claims are refused with.
  public enum Why implements Reason {
    SPENT;

    @Override
    public String control() {
      return "contract";
    }

    @Override
    public int status() {
      return 429;
    }

    @Override
    public String summary() {
      return "spent";
    }
  }

  static final Duration MINUTE = Duration.ofMinutes(1);
  static final Duration DEADLINE = Duration.ofSeconds(30);
  static final Duration TICK = Duration.ofMillis(1);

  protected final FakeClock clock = new FakeClock();

  /// A new adapter on `clock` that remembers nothing yet.
  ///
  /// @param most how many keys it has room for
  protected abstract Claims claims(int most);

  /// Lets time pass, also for what keeps a clock of its own.
  protected void elapse(Duration by) {
    clock.advance(by);
  }

  Claims fresh() {
    return claims(100_000);
  }

  static void randomly(IntConsumer run) {
    int seeds = Boolean.getBoolean("gatewarden.nightly") ? 1_000 : 20;
    for (int seed = 0; seed < seeds; seed++) {
      run.accept(seed);
    }
  }

  interface Wanted {
    Claim of(int i);
  }

  int race(int threads, int times, Wanted wanted, Claims claims) {
    AtomicInteger granted = new AtomicInteger();
    together(
        threads,
        _ -> {
          for (int i = 0; i < times; i++) {
            granted.addAndGet(take(claims, wanted.of(i)) == null ? 0 : 1);
          }
        });
    return granted.get();
  }

  static void together(int threads, IntConsumer work) {
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> running = new ArrayList<>();
    List<Throwable> faults = java.util.Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < threads; i++) {
      int number = i;
      Thread thread =
          Thread.ofPlatform()
              .daemon()
              .uncaughtExceptionHandler((_, fault) -> faults.add(fault))
              .start(
                  () -> {
                    await(start);
                    work.accept(number);
                  });
      running.add(thread);
    }
    start.countDown();
    for (Thread thread : running) {
      join(thread);
    }
    assertThat(faults).isEmpty();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  void drain(Claims claims, Claim claim, int times) {
    for (int i = 0; i < times; i++) {
      Receipt receipt = take(claims, claim);
      if (receipt == null) {
        throw new AssertionError("refused " + i + " of " + times);
      }
      claims.settle(receipt, Settlement.DELIVERED);
    }
  }

  @org.jspecify.annotations.Nullable
  Receipt take(Claims claims, Claim... wanted) {
    return claims.take(List.of(wanted), clock.instant().plus(DEADLINE))
            instanceof Taken.Granted(Receipt receipt, var _)
        ? receipt
        : null;
  }

  static void settle(
      Claims claims, @org.jspecify.annotations.Nullable Receipt receipt, Settlement settlement) {
    if (receipt != null) {
      claims.settle(receipt, settlement);
    }
  }

  @org.jspecify.annotations.Nullable
  Cause cause(Claims claims, Claim wanted) {
    return claims.take(List.of(wanted), clock.instant().plus(DEADLINE))
            instanceof Taken.Refused(var _, Cause cause, var _)
        ? cause
        : null;
  }

  Duration wait(Claims claims, Claim wanted) {
    return claims.take(List.of(wanted), clock.instant().plus(DEADLINE))
            instanceof Taken.Refused(var _, var _, Duration wait)
        ? wait
        : Duration.ZERO;
  }

  static Claim event(String id) {
    return Claim.once("once/" + id, MINUTE, Why.SPENT).keptIfDelivered();
  }

  static Claim token(long limit) {
    return Claim.take("take/" + limit, 1, limit, MINUTE, Why.SPENT);
  }

  static Claim within(long limit, Duration left) {
    return Claim.within("period/" + limit, 1, limit, left, Why.SPENT);
  }

  static Claim object(String member, long limit) {
    return Claim.distinct("distinct", member, limit, MINUTE, Why.SPENT);
  }

  static Claim counted(long limit) {
    return Claim.count("count/" + limit, 1, limit, MINUTE, Why.SPENT);
  }
}

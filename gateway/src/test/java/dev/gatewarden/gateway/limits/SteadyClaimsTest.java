package dev.gatewarden.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Claims;
import dev.gatewarden.core.decision.Claims.Cause;
import dev.gatewarden.core.decision.Claims.Taken;
import dev.gatewarden.testkit.FakeClock;
import dev.gatewarden.testkit.ports.ClaimsScene.Why;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SteadyClaimsTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private final FakeClock clock = new FakeClock();
  private final AtomicLong passed = new AtomicLong(-5);
  private final LocalClaims claims = LocalClaims.steady(clock, passed::get, 100);

  @Test
  void is_refilled_and_held_up_by_no_step_of_the_clock() {
    for (Claim limit :
        List.of(
            Claim.take("bucket", 1, 1, MINUTE, Why.SPENT),
            Claim.count("window", 1, 1, MINUTE, Why.SPENT),
            Claim.within("period", 1, 1, MINUTE, Why.SPENT),
            Claim.take("block", 1, 1, MINUTE, Why.SPENT).blocking(MINUTE))) {
      assertThat(take(limit)).isInstanceOf(Taken.Granted.class);
      clock.advance(Duration.ofDays(400));
      assertThat(take(limit)).as(limit.key()).isInstanceOf(Taken.Refused.class);
      clock.advance(Duration.ofDays(-800));
      assertThat(take(limit)).as(limit.key()).isInstanceOf(Taken.Refused.class);

      passed.addAndGet(MINUTE.plus(MINUTE.dividedBy(8)).plusNanos(1).toNanos());
      assertThat(take(limit)).as(limit.key()).isInstanceOf(Taken.Granted.class);
    }
  }

  @Test
  void frees_an_id_that_nobody_settled_at_the_deadline_in_time_that_passes() {
    Claim id = Claim.once("event", MINUTE, Why.SPENT).keptIfDelivered();
    assertThat(take(id)).isInstanceOf(Taken.Granted.class);
    clock.advance(Duration.ofDays(1));
    assertThat(take(id))
        .isInstanceOfSatisfying(
            Taken.Refused.class, r -> assertThat(r.cause()).isEqualTo(Cause.IN_FLIGHT));

    passed.addAndGet(Duration.ofSeconds(30).toNanos());
    assertThat(take(id)).isInstanceOf(Taken.Granted.class);
  }

  private Claims.Taken take(Claim claim) {
    return claims.take(List.of(claim), clock.instant().plusSeconds(30));
  }
}

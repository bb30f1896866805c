package dev.gatewarden.testkit.ports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Claims;
import dev.gatewarden.core.decision.Claims.Cause;
import dev.gatewarden.core.decision.Claims.Receipt;
import dev.gatewarden.core.decision.Claims.Settlement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What an adapter of `Claims` keeps where settings change and clocks step: nothing is refilled by
/// it, and nobody locked out.
///
/// A test of an adapter extends it and says how to make one.
public abstract class ShiftingContract extends ClaimsScene {
  @Test
  void puts_no_more_into_a_bucket_where_other_settings_lengthen_its_window() {
    Claims claims = fresh();
    drain(claims, Claim.take("tuned", 1, 6, MINUTE, Why.SPENT), 6);
    Claim longer = Claim.take("tuned", 1, 6, MINUTE.multipliedBy(60), Why.SPENT);

    assertThat(take(claims, longer)).isNull();
    elapse(MINUTE.multipliedBy(10).minus(TICK));
    assertThat(take(claims, longer)).isNull();
    elapse(TICK.multipliedBy(2));
    assertThat(take(claims, longer)).isNotNull();
    assertThat(take(claims, longer)).isNull();
  }

  @Test
  void puts_no_more_into_a_bucket_where_other_settings_enlarge_it() {
    Claims claims = fresh();
    drain(claims, Claim.take("tuned", 1, 6, MINUTE, Why.SPENT), 6);

    assertThat(take(claims, Claim.take("tuned", 1, 600, MINUTE, Why.SPENT))).isNull();
    assertThat(take(claims, Claim.take("tuned", 1, 6, MINUTE, Why.SPENT))).isNull();
  }

  @Test
  void gives_nothing_back_to_a_bucket_that_other_settings_changed_meanwhile() {
    Claims claims = fresh();
    Receipt receipt = take(claims, Claim.take("tuned", 6, 6, MINUTE, Why.SPENT));
    Claim smaller = Claim.take("tuned", 1, 3, MINUTE, Why.SPENT);
    assertThat(take(claims, smaller)).isNull();
    settle(claims, receipt, Settlement.REFUSED);

    assertThat(take(claims, smaller)).isNull();
  }

  @Test
  void locks_nobody_out_for_longer_than_a_window_when_the_clock_steps_back() {
    Claims claims = fresh();
    drain(claims, token(6), 6);
    drain(claims, counted(6), 6);
    clock.advance(Duration.ofDays(-2));
    assertThat(cause(claims, token(6))).isEqualTo(Cause.SPENT);
    assertThat(cause(claims, counted(6))).isEqualTo(Cause.SPENT);
    clock.advance(MINUTE.plus(MINUTE.dividedBy(8)).plus(TICK));

    assertThat(take(claims, token(6))).isNotNull();
    assertThat(take(claims, counted(6))).isNotNull();
  }
}

package dev.gatewarden.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.address.Ip;
import dev.gatewarden.testkit.FakeClock;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FailingSourcesTest {
  private static final Ip HOME = Ip.of(new byte[] {(byte) 192, 0, 2, 1});
  private static final Ip ELSEWHERE = Ip.of(new byte[] {(byte) 192, 0, 2, 2});

  private final FakeClock clock = new FakeClock();
  private final FailingSources failing = new FailingSources(clock, new Random(1));

  @Test
  void admits_the_last_failure_that_is_allowed_and_a_trickle_behind_it() {
    for (int i = 0; i < FailingSources.ALLOWED; i++) {
      assertThat(failing.admits(HOME, "")).isTrue();
      failing.failed(HOME);
    }
    assertThat(admitted(HOME, "", 100)).isEqualTo(5);
    assertThat(failing.wouldAdmit(HOME, "")).isFalse();
    assertThat(admitted(ELSEWHERE, "", 100)).isEqualTo(100);
    clock.advance(Duration.ofMillis(100));
    assertThat(failing.wouldAdmit(HOME, "")).isTrue();
    assertThat(admitted(HOME, "", 100)).isEqualTo(1);
  }

  @Test
  void forgives_in_time_however_long_the_flood_was() {
    for (int i = 0; i < 10_000; i++) {
      failing.failed(HOME);
    }
    clock.advance(Duration.ofMillis(FailingSources.FORGIVEN * FailingSources.ALLOWED));
    for (int i = 0; i < FailingSources.ALLOWED; i++) {
      assertThat(failing.admits(HOME, "")).isTrue();
      failing.failed(HOME);
    }
  }

  @Test
  void keeps_a_lane_for_each_subject_who_was_proved_from_there_within_a_day() {
    failing.proved(HOME, "alice");
    flood(HOME);
    assertThat(admitted(HOME, "", 100)).isEqualTo(5);
    assertThat(admitted(HOME, "mallory", 100)).isZero();
    assertThat(admitted(HOME, "alice", 100)).isEqualTo(5);
    clock.advance(Duration.ofSeconds(2));
    flood(HOME);
    assertThat(failing.wouldAdmit(HOME, "alice")).isTrue();
    clock.advance(Duration.ofHours(25));
    flood(HOME);
    assertThat(admitted(HOME, "", 100)).isEqualTo(5);
    assertThat(failing.wouldAdmit(HOME, "alice")).isFalse();
  }

  @Test
  void gives_all_failing_sources_together_no_more_than_a_fixed_rate() {
    int admitted = 0;
    for (int i = 0; i < 200; i++) {
      Ip source = Ip.of(new byte[] {10, 0, 0, (byte) i});
      flood(source);
      admitted += admitted(source, "", 10);
    }
    assertThat(admitted).isEqualTo(50);
  }

  @Test
  void counts_the_addresses_of_one_network_as_one() {
    byte[] first = {0x20, 1, 0xd, (byte) 0xb8, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1};
    byte[] second = first.clone();
    second[15] = 2;
    flood(Ip.of(first));
    assertThat(admitted(Ip.of(first), "", 100)).isEqualTo(5);
    assertThat(failing.wouldAdmit(Ip.of(second), "")).isFalse();
    second[7] = 2;
    assertThat(failing.wouldAdmit(Ip.of(second), "")).isTrue();
  }

  private void flood(Ip source) {
    for (int i = 0; i < 2 * FailingSources.ALLOWED; i++) {
      failing.failed(source);
    }
  }

  private int admitted(Ip source, String subject, int tries) {
    int admitted = 0;
    for (int i = 0; i < tries; i++) {
      admitted += failing.admits(source, subject) ? 1 : 0;
    }
    return admitted;
  }
}

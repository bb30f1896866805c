package dev.gatewarden.core.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateTest {
  @Test
  void reads_a_count_within_a_time() {
    assertThat(Rate.parse("100/1m")).isEqualTo(new Rate(100, Duration.ofMinutes(1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "100", "/1m", "0/1m", "-1/1m", "+1/1m", "1/0s", "1/m", "1/401d", "1 /1m", "1.5/1m"
      })
  void refuses_what_is_no_rate(String text) {
    assertThatThrownBy(() -> Rate.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"100,60", "50,30", "1,0.6"})
  void fills_a_bucket_at_its_own_pace(long bucket, double seconds) {
    Duration expected = Duration.ofNanos((long) (seconds * 1e9));
    assertThat(new Rate(100, Duration.ofMinutes(1)).fill(bucket)).isEqualTo(expected);
  }

  @Test
  void refuses_a_bucket_that_nobody_sees_full() {
    Rate daily = Rate.parse("1/1d");
    assertThat(daily.fill(36_500)).isEqualTo(Duration.ofDays(36_500));
    assertThatThrownBy(() -> daily.fill(36_501))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("`36501`");
  }

  @ParameterizedTest
  @CsvSource({
    "0s,0",
    "1ms,1",
    "90s,90000",
    "1m30s,90000",
    "5m,300000",
    "1h30m,5400000",
    "7d,604800000"
  })
  void reads_a_length_of_time(String text, long millis) {
    assertThat(DurationText.parse(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "m", "-5m", "5 m", "5min", "1m1h", "1m1m", "9999999999999s"})
  void refuses_what_is_no_length_of_time(String text) {
    assertThatThrownBy(() -> DurationText.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "1ms", "1m30s", "1h30m", "7d", "1d1ms"})
  void writes_a_length_of_time_as_it_reads_it(String text) {
    assertThat(DurationText.write(DurationText.parse(text))).isEqualTo(text);
  }
}

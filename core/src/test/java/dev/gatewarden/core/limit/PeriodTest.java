package dev.gatewarden.core.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeriodTest {
  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

  @Test
  void a_day_is_that_of_the_zone() {
    Instant late = Instant.parse("2027-01-15T23:30:00Z");

    assertThat(Period.DAY.at(late, ZoneOffset.UTC).name()).isEqualTo("2027-01-15");
    assertThat(Period.DAY.at(late, PARIS).name()).isEqualTo("2027-01-16");
  }

  @Test
  void a_day_on_which_clocks_change_is_shorter_or_longer() {
    Period.Span spring = Period.DAY.at(Instant.parse("2027-03-28T12:00:00Z"), PARIS);
    Period.Span autumn = Period.DAY.at(Instant.parse("2027-10-31T12:00:00Z"), PARIS);

    assertThat(Duration.between(spring.from(), spring.to())).isEqualTo(Duration.ofHours(23));
    assertThat(Duration.between(autumn.from(), autumn.to())).isEqualTo(Duration.ofHours(25));
  }

  @Test
  void a_month_ends_where_the_next_begins() {
    Period.Span february = Period.MONTH.at(Instant.parse("2028-02-29T08:00:00Z"), ZoneOffset.UTC);

    assertThat(february.name()).isEqualTo("2028-02");
    assertThat(february.to()).isEqualTo(Instant.parse("2028-03-01T00:00:00Z"));
  }

  @Property
  void every_instant_is_within_its_period_and_the_end_in_the_next(
      @ForAll Period period, @ForAll @LongRange(min = 0, max = 4_000_000_000L) long second) {
    Instant instant = Instant.ofEpochSecond(second);
    Period.Span span = period.at(instant, PARIS);

    assertThat(span.holds(instant)).isTrue();
    assertThat(span.holds(span.to())).isFalse();
    assertThat(period.at(span.to(), PARIS).from()).isEqualTo(span.to());
    assertThat(period.at(span.to(), PARIS).name()).isNotEqualTo(span.name());
  }

  @Test
  void a_quota_is_written_as_it_is_read() {
    assertThat(Quota.parse("10000/day")).hasToString("10000/day");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/day", "10", "10/1d", "0/day", "-1/day", "1234567890123/day", "1/Day"})
  void what_is_no_quota_is_refused(String text) {
    assertThatThrownBy(() -> Quota.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}

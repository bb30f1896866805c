package dev.gatewarden.gateway.walk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.exchange.Headers;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `grpc-timeout` as it is read and written.
class CallerTimeoutTest {

  private record Fields(List<String> values) implements Headers {
    @Override
    public List<String> all(String name) {
      return name.equalsIgnoreCase(CallerTimeout.FIELD) ? values : List.of();
    }

    @Override
    public String first(String name) {
      return all(name).isEmpty() ? null : all(name).getFirst();
    }

    @Override
    public void each(BiConsumer<String, String> line) {
      values.forEach(value -> line.accept(CallerTimeout.FIELD, value));
    }
  }

  private static long read(String... values) {
    return CallerTimeout.of(new Fields(List.of(values)));
  }

  @ParameterizedTest
  @CsvSource({
    "1n, 1",
    "5u, 5000",
    "250m, 250000000",
    "3S, 3000000000",
    "2M, 120000000000",
    "1H, 3600000000000",
    "99999999H, 359999996400000000000"
  })
  void reads_every_unit(String text, String nanos) {
    if (nanos.length() < 19) {
      assertThat(read(text)).isEqualTo(Long.parseLong(nanos));
    } else {
      // Longer than anything: no caller makes it negative by that.
      assertThat(read(text)).isGreaterThan(3_600_000_000_000L);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "S", "-1S", "1s", "1 S", "123456789S", "1.5S", "0x1S", "1SS"})
  void reads_nothing_else(String text) {
    assertThat(read(text)).isEqualTo(CallerTimeout.UNSAID);
  }

  @Test
  void reads_none_of_two() {
    assertThat(read("1S", "2S")).isEqualTo(CallerTimeout.UNSAID);
    assertThat(read()).isEqualTo(CallerTimeout.UNSAID);
  }

  @ParameterizedTest
  @ValueSource(
      longs = {1, 99_999_999, 100_000_000, 1_234_567_891, 3_600_000_000_000L, Long.MAX_VALUE})
  void writes_never_more_than_is_left(long nanos) {
    long written = read(CallerTimeout.text(nanos));
    assertThat(written).isPositive().isLessThanOrEqualTo(nanos);
    assertThat(written).isGreaterThan((long) (nanos * 0.99));
  }
}

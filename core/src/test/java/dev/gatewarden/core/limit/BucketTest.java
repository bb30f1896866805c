package dev.gatewarden.core.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BucketTest {
  private static final long NOW = 1_767_225_600_000_000_000L;
  private final Bucket bucket = Bucket.of(10, Duration.ofSeconds(10));

  @Test
  void holds_its_limit_and_no_more() {
    long full = bucket.take(0, NOW, 10);

    assertThat(full).isNotEqualTo(Bucket.REFUSED);
    assertThat(bucket.take(full, NOW, 1)).isEqualTo(Bucket.REFUSED);
    assertThat(bucket.take(0, NOW, 11)).isEqualTo(Bucket.REFUSED);
  }

  @Test
  void refills_one_by_one() {
    long empty = bucket.take(0, NOW, 10);

    assertThat(bucket.wait(empty, NOW, 1)).isEqualTo(1_000_000_000);
    assertThat(bucket.take(empty, NOW + 999_999_999, 1)).isEqualTo(Bucket.REFUSED);
    assertThat(bucket.take(empty, NOW + 1_000_000_000, 1)).isNotEqualTo(Bucket.REFUSED);
    assertThat(bucket.remaining(empty, NOW + 2_500_000_000L)).isEqualTo(2);
  }

  @Test
  void never_lets_out_more_than_it_held_and_what_flowed_in() {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      long state = 0;
      long now = NOW;
      long taken = 0;
      for (int i = 0; i < 500; i++) {
        now += random.nextInt(2_000_000_000);
        long amount = 1L + random.nextInt(4);
        long after = bucket.take(state, now, amount);
        if (after != Bucket.REFUSED) {
          state = after;
          if (random.nextInt(3) == 0) {
            state = bucket.giveBack(state, after, now, amount);
          } else {
            taken += amount;
          }
        }
        assertThat(taken).as("seed %s", seed).isLessThanOrEqualTo(10 + (now - NOW) / 1_000_000_000);
      }
    }
  }

  @Test
  void gives_back_no_more_than_has_not_flowed_back() {
    long reached = bucket.take(0, NOW, 4);
    long later = NOW + 3_000_000_000L;

    assertThat(bucket.remaining(bucket.giveBack(reached, reached, later, 4), later)).isEqualTo(10);
    long other = bucket.take(reached, later, 9);
    assertThat(bucket.remaining(other, later)).isZero();
    assertThat(bucket.remaining(bucket.giveBack(other, reached, later, 4), later)).isEqualTo(1);
  }
}

package dev.gatewarden.core.limit;

import java.time.Duration;

/// How often something may happen: a count within a length of time, written `100/1m`.
///
/// @param count at least 1
/// @param per at least a millisecond, and at least a nanosecond for each of the count
public record Rate(long count, Duration per) {
  private static final Duration MOST = Duration.ofDays(400);

  /// Instants that lie further away are none that nanoseconds can count to.
  private static final Duration LONGEST = Duration.ofDays(36_500);

  public Rate {
    if (count < 1 || per.toMillis() < 1 || per.compareTo(MOST) > 0 || per.toNanos() < count) {
      throw new IllegalArgumentException(
          "`"
              + count
              + "/"
              + DurationText.write(per)
              + "` is no rate: it needs a count from 1 and a time from `1ms` to `400d`");
    }
  }

  /// The rate a text spells.
  ///
  /// @throws IllegalArgumentException when it spells none, with a message for the user
  public static Rate parse(String text) {
    int slash = text.indexOf('/');
    String count = slash < 0 ? "" : text.substring(0, slash);
    if (count.isEmpty()
        || count.length() > 12
        || !count.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new IllegalArgumentException(
          "`" + text + "` is no rate, which is written like `100/1m`");
    }
    return new Rate(Long.parseLong(count), DurationText.parse(text.substring(slash + 1)));
  }

  /// The time in which a bucket of that size fills at this rate.
  ///
  /// @throws IllegalArgumentException when nobody lives to see it full, with a message for the user
  public Duration fill(long bucket) {
    double nanos = (double) per.toNanos() / count * bucket;
    if (nanos > LONGEST.toNanos()) {
      throw new IllegalArgumentException(
          "`burst` is `" + bucket + "`, which fills at `" + this + "` in more than 100 years");
    }
    return Duration.ofNanos(Math.max(bucket, (long) nanos));
  }

  @Override
  public String toString() {
    return count + "/" + DurationText.write(per);
  }
}

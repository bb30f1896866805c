package dev.gatewarden.core.limit;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/// A stretch of the calendar that quotas are given for.
public enum Period {
  HOUR,
  DAY,
  MONTH;

  /// One such stretch.
  ///
  /// @param name tells it from all others of its kind, `2027-01-15`; of hours, when it begins in
  ///     UTC
  /// @param from when it begins
  /// @param to when it has ended
  public record Span(String name, Instant from, Instant to) {
    /// Whether an instant is within it.
    public boolean holds(Instant at) {
      return !at.isBefore(from) && at.isBefore(to);
    }
  }

  /// The stretch that an instant is in, by the clocks of a zone. Hours are the same for everybody:
  /// where clocks are put back, one of them would come twice.
  public Span at(Instant instant, ZoneId zone) {
    return switch (this) {
      case HOUR -> {
        Instant from = Instant.ofEpochSecond(Math.floorDiv(instant.getEpochSecond(), 3600) * 3600);
        yield new Span(from.toString(), from, from.plusSeconds(3600));
      }
      case DAY -> {
        LocalDate day = instant.atZone(zone).toLocalDate();
        yield span(day.toString(), day, day.plusDays(1), zone);
      }
      case MONTH -> {
        LocalDate first = instant.atZone(zone).toLocalDate().withDayOfMonth(1);
        yield span(first.toString().substring(0, 7), first, first.plusMonths(1), zone);
      }
    };
  }

  private static Span span(String name, LocalDate first, LocalDate next, ZoneId zone) {
    return new Span(
        name, first.atStartOfDay(zone).toInstant(), next.atStartOfDay(zone).toInstant());
  }
}

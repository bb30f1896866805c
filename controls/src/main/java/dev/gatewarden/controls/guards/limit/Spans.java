package dev.gatewarden.controls.guards.limit;

import dev.gatewarden.core.limit.Period;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// The stretches of the calendar that one quota is counted in; the last one asked for is kept.
final class Spans {
  private final Period period;
  private volatile @Nullable Known known;

  private record Known(ZoneId zone, Period.Span span) {}

  Spans(Period period) {
    this.period = period;
  }

  Period.Span at(Instant now, ZoneId zone) {
    Known last = known;
    if (last != null && last.zone.equals(zone) && last.span.holds(now)) {
      return last.span;
    }
    Period.Span span = period.at(now, zone);
    known = new Known(zone, span);
    return span;
  }
}

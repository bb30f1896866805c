package dev.gatewarden.gateway.conformity;

import java.time.Duration;

/// How rarely the answers of an operation must break their contract before that is enforced.
///
/// @param after at least so many answers
/// @param over at least so long
/// @param perMillion at most so many broken ones of a million
public record Budget(long after, Duration over, long perMillion) {

  /// Whether the broken ones among some answers are within the budget.
  boolean holds(long judged, long broken) {
    return broken <= judged / 1_000_000.0 * perMillion;
  }
}

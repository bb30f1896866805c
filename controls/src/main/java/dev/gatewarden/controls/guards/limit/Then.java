package dev.gatewarden.controls.guards.limit;

import dev.gatewarden.controls.guards.Bound;
import dev.gatewarden.core.limit.Rate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What becomes of a caller whose share is spent, beside the refusal.
///
/// @param block how long the share is refused from then on, whatever would be left of it meanwhile;
///     from 1s to 24h
/// @param slow how long a refusal is held back before it leaves; from 100ms to 30s
/// @param stepUp how a user who signs in again, or more strongly, gets a larger share
public record Then(Optional<Duration> block, Optional<Duration> slow, Optional<StepUp> stepUp) {
  public static final Then DEFAULT = new Then(Optional.empty(), Optional.empty(), Optional.empty());

  private static final Duration LONGEST_BLOCK = Duration.ofHours(24);

  public Then {
    block.ifPresent(each -> Bound.within("block", each, Duration.ofSeconds(1), LONGEST_BLOCK));
    slow.ifPresent(
        each -> Bound.within("slow", each, Duration.ofMillis(100), Duration.ofSeconds(30)));
  }

  /// A second share, for users who signed in as it asks.
  ///
  /// @param acr the authentication contexts of which one will do, the preferred first
  /// @param maxAge how long ago the user may have signed in; from 1s to 365d
  /// @param rate how much such a user may take, in place of the share's own `rate`
  public record StepUp(List<String> acr, Optional<Duration> maxAge, Optional<Rate> rate) {
    public static final StepUp DEFAULT = new StepUp(List.of(), Optional.empty(), Optional.empty());

    public StepUp {
      acr = List.copyOf(acr);
      for (String each : acr) {
        if (each.isEmpty() || !each.chars().allMatch(StepUp::quotable)) {
          throw new IllegalArgumentException(
              "`acr` holds what is no authentication context: a text without spaces, quotes and"
                  + " backslashes");
        }
      }
      maxAge.ifPresent(
          each -> Bound.within("max-age", each, Duration.ofSeconds(1), Duration.ofDays(365)));
    }

    /// What may stand in `acr_values`, where a space separates, and between quotes (RFC 9110,
    /// section 5.6.4).
    private static boolean quotable(int c) {
      return c > ' ' && c < 0x7f && c != '"' && c != '\\';
    }
  }

  boolean saysNothing() {
    return block.isEmpty() && slow.isEmpty() && stepUp.isEmpty();
  }
}

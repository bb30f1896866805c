package dev.gatewarden.controls.guards.limit;

import dev.gatewarden.controls.guards.identity.SignIn;
import dev.gatewarden.core.decision.Reason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What is said to a caller whose share is spent; made once.
///
/// @param block how long the share is refused from then on; zero for no longer than it is spent
/// @param bearer what a user is told who could sign in more strongly
/// @param dpop the same where the token is bound to a key
record Refusals(
    Duration block,
    Reason tooMany,
    Reason quotaSpent,
    Reason budgetSpent,
    Reason bearer,
    Reason dpop) {

  /// @param share which share is spent, for decision lines; callers are not told by it
  /// @param asked how a user would have to sign in, null where that changes nothing
  static Refusals of(String share, Then then, @Nullable SignIn asked, String realm) {
    Duration slow = then.slow().orElse(Duration.ZERO);
    ShareLimitGuard.Why stepUp = ShareLimitGuard.Why.STEP_UP;
    String challenge = asked == null ? "" : asked.challenge(realm, stepUp.summary());
    return new Refusals(
        then.block().orElse(Duration.ZERO),
        new Said(ShareLimitGuard.Why.TOO_MANY, share, slow, ""),
        new Said(ShareLimitGuard.Why.QUOTA_SPENT, share, slow, ""),
        new Said(ShareLimitGuard.Why.BUDGET_SPENT, share, slow, ""),
        new Said(stepUp, share, Duration.ZERO, "Bearer " + challenge),
        new Said(stepUp, share, Duration.ZERO, "DPoP " + challenge));
  }

  Reason stepUp(boolean bound) {
    return bound ? dpop : bearer;
  }

  /// A reason with what this share makes of it.
  private record Said(ShareLimitGuard.Why why, String about, Duration heldBack, String challenge)
      implements Reason {
    @Override
    public String control() {
      return why.control();
    }

    @Override
    public String name() {
      return why.name();
    }

    @Override
    public int status() {
      return why.status();
    }

    @Override
    public String summary() {
      return why.summary();
    }
  }
}

package dev.gatewarden.controls.guards.intake;

import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Request;
import dev.gatewarden.core.limit.Rate;
import java.time.Duration;
import java.util.List;

/// What one source may present to a guard that proves nobody, before it is answered 429.
///
/// It is claimed with the very verdict on what was presented, so it never stands in the way of a
/// credential that is good, and it is kept whatever becomes of the request.
///
/// @param window the time within which they are counted
/// @param tooMany what is said to a source that presents more
public record Failures(long most, Duration window, Reason tooMany) {
  private static final int UNAVAILABLE = 503;
  private static final int TOO_MANY = 429;

  public Failures(Rate rate, Reason tooMany) {
    this(rate.count(), rate.per(), tooMany);
  }

  /// The verdict on what proves nobody. What the gate itself cannot say is nobody's failure, and a
  /// failure that was counted already is not counted again.
  ///
  /// @param challenge the value of `WWW-Authenticate`; empty for none
  public Verdict.Broken broken(Reason why, Request request, String challenge) {
    boolean counts = why.status() != UNAVAILABLE && why.status() != TOO_MANY;
    return new Verdict.Broken(why, counts ? List.of(claim(request)) : List.of(), challenge);
  }

  private Claim claim(Request request) {
    String key = tooMany.control() + "/failed/" + Source.of(request.peer().address());
    return Claim.take(key, 1, most, window, tooMany).keptAlways();
  }
}

package dev.gatewarden.gateway.pipeline;

import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Claims;
import dev.gatewarden.core.decision.Claims.Taken;
import dev.gatewarden.core.decision.Combined;
import dev.gatewarden.core.decision.Decision;
import dev.gatewarden.core.decision.Decision.Outcome;
import dev.gatewarden.core.decision.Judged;
import dev.gatewarden.core.decision.Mode;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Reply;
import dev.gatewarden.core.decision.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes what the verdicts of a stage claim, all at once; a claim that cannot be taken is its
/// guard's own refusal.
///
/// Where the stage refuses anyway, only what is kept regardless is taken: failed logins count, fair
/// use does not.
final class Taking {
  /// Who would have to wait for longer waits in vain.
  private static final Duration LONGEST = Duration.ofDays(1000);

  private final Claims claims;

  Taking(Claims claims) {
    this.claims = claims;
  }

  Decision take(Decision decision, List<Judged> judged, Notes notes, Instant deadline) {
    List<Claim> observed = claimed(judged, false, decision.allowed());
    Taken watched = observed.isEmpty() ? null : watched(observed, notes, deadline);
    List<Claim> enforced = claimed(judged, true, decision.allowed());
    Decision taken = enforced.isEmpty() ? decision : consume(decision, enforced, notes, deadline);
    return watched == null ? taken : observe(taken, watched, notes);
  }

  /// What guards in observe take, once, even if the enforcing ones have to wait and the stage is
  /// run again.
  private Taken watched(List<Claim> wanted, Notes notes, Instant deadline) {
    Taken before = notes.watched();
    if (before != null) {
      return before;
    }
    Taken taken = claims.take(wanted, deadline);
    notes.watched(taken);
    return taken;
  }

  private Decision consume(Decision decision, List<Claim> wanted, Notes notes, Instant deadline) {
    return switch (claims.take(wanted, deadline)) {
      case Taken.Granted(Claims.Receipt receipt, Claims.Allowance tightest) -> {
        notes.took(receipt, quiet(wanted) ? Claims.Allowance.NONE : tightest);
        notes.told(wanted);
        yield decision;
      }
      case Taken.Refused refused -> {
        if (refused.cause() == Claims.Cause.SPENT && !refused.claim().policy().isEmpty()) {
          notes.spent(refused.claim(), refused.retryAfter());
        }
        Outcome outcome = outcome(refused);
        Verdict verdict =
            switch (outcome) {
              case Outcome.Denied(Verdict.Deny deny) -> deny;
              case Outcome.Answered(Reason reason, Reply reply) ->
                  new Verdict.Answer(reason, reply);
              case Outcome.Challenged(Reason reason, List<String> schemes, var _) ->
                  new Verdict.Challenge(reason, schemes.getFirst());
              case Outcome.Allowed _ -> Verdict.deny(refused.claim().refused());
            };
        Judged judged = new Judged(refused.claim().refused().control(), Mode.ENFORCE, verdict);
        yield new Decision(outcome, decision.stage(), List.of(judged), decision.wouldDeny());
      }
    };
  }

  /// Whether what is left would tell the caller of others.
  private static boolean quiet(List<Claim> wanted) {
    for (int i = 0; i < wanted.size(); i++) {
      if (wanted.get(i).refused().quiet()) {
        return true;
      }
    }
    return false;
  }

  private static Decision observe(Decision decision, Taken watched, Notes notes) {
    return switch (watched) {
      case Taken.Granted(Claims.Receipt receipt, var _) -> {
        notes.took(receipt, Claims.Allowance.NONE);
        yield decision;
      }
      case Taken.Refused refused -> {
        List<Judged> wouldDeny = new ArrayList<>(decision.wouldDeny());
        Reason reason = refused.claim().refused();
        wouldDeny.add(new Judged(reason.control(), Mode.OBSERVE, Verdict.deny(reason)));
        yield new Decision(decision.outcome(), decision.stage(), decision.determined(), wouldDeny);
      }
    };
  }

  private static Outcome outcome(Taken.Refused refused) {
    Claim claim = refused.claim();
    return switch (refused.cause()) {
      case SPENT -> spent(claim, refused.retryAfter());
      case IN_FLIGHT -> denied(inFlight(claim), refused.retryAfter());
      case DELIVERED -> {
        @Nullable Reply reply = claim.ifDelivered();
        yield reply == null
            ? denied(claim.refused(), Duration.ZERO)
            : new Outcome.Answered(claim.refused(), reply);
      }
      case FULL -> denied(Combined.CLAIMS_FULL, refused.retryAfter());
      case OUT_OF_REACH -> denied(Combined.OUT_OF_REACH, refused.retryAfter());
    };
  }

  /// Who may have more by proving more is asked to.
  private static Outcome spent(Claim claim, Duration wait) {
    Reason reason = claim.refused();
    if (claim.kind() == Claim.Kind.ONCE || reason.challenge().isEmpty()) {
      return denied(reason, wait);
    }
    return new Outcome.Challenged(reason, List.of(reason.challenge()));
  }

  private static Reason inFlight(Claim claim) {
    Reason reason = claim.inFlight();
    return reason == null ? claim.refused() : reason;
  }

  private static Outcome denied(Reason reason, Duration retryAfter) {
    Duration told = retryAfter.compareTo(LONGEST) > 0 ? Duration.ZERO : retryAfter;
    return new Outcome.Denied(new Verdict.Deny(reason, List.of(), told));
  }

  private static List<Claim> claimed(List<Judged> judged, boolean enforced, boolean allowed) {
    List<Claim> all = List.of();
    for (Judged each : judged) {
      if (each.enforced() == enforced) {
        for (Claim claim : each.verdict().claims()) {
          if (allowed || claim.kept().regardless()) {
            all = all.isEmpty() ? new ArrayList<>(2) : all;
            all.add(enforced ? claim : claim.observed());
          }
        }
      }
    }
    return all;
  }
}

package dev.gatewarden.gateway.pipeline;

import dev.gatewarden.core.decision.Combined;
import dev.gatewarden.core.decision.Combiner;
import dev.gatewarden.core.decision.Decision;
import dev.gatewarden.core.decision.Decision.Outcome;
import dev.gatewarden.core.decision.IdentityRule.Identity;
import dev.gatewarden.core.decision.Judged;
import dev.gatewarden.core.decision.Mode;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Stage;
import java.util.ArrayList;
import java.util.List;

/// The identity rule's outcome as a decision of the stage IDENTIFY.
final class IdentityDecision {
  private static final Decision ALLOWED =
      new Decision(Outcome.ALLOWED, Stage.IDENTIFY, List.of(), List.of());

  private IdentityDecision() {}

  static Decision of(Identity identity, List<Judged> judged) {
    return switch (identity) {
      case Identity.Known _, Identity.Anonymous _ -> {
        List<Judged> wouldDeny = observedRefusals(judged);
        yield wouldDeny.isEmpty()
            ? ALLOWED
            : new Decision(Outcome.ALLOWED, Stage.IDENTIFY, List.of(), wouldDeny);
      }
      case Identity.Refused(Reason reason, var _) -> refused(reason, judged);
      case Identity.Unproved() -> unproved(judged);
    };
  }

  /// Only guards in observe: nobody is turned away, and everything that follows sees nobody.
  private static Decision unproved(List<Judged> judged) {
    if (!judged.isEmpty() && judged.stream().noneMatch(Judged::enforced)) {
      Judged would =
          new Judged(
              judged.getFirst().guard(), Mode.OBSERVE, Verdict.deny(Combined.NOTHING_PROVED));
      return new Decision(Outcome.ALLOWED, Stage.IDENTIFY, List.of(), List.of(would));
    }
    return refused(Combined.NOTHING_PROVED, judged);
  }

  private static Decision refused(Reason reason, List<Judged> judged) {
    List<Judged> determining = new ArrayList<>();
    for (Judged each : judged) {
      if (each.enforced() && Combiner.refuses(each.verdict())) {
        determining.add(each);
      }
    }
    if (determining.isEmpty()) {
      determining.add(new Judged(Combined.CONTROL, Mode.ENFORCE, Verdict.deny(reason)));
    }
    Outcome outcome =
        reason.status() == 401
            ? new Outcome.Challenged(reason, challenges(judged))
            : new Outcome.Denied(Verdict.deny(reason));
    return new Decision(outcome, Stage.IDENTIFY, determining, observedRefusals(judged));
  }

  /// What each guard says would do: one for each scheme the operation names (RFC 9110, section
  /// 11.6.1).
  private static List<String> challenges(List<Judged> judged) {
    List<String> challenges = new ArrayList<>(judged.size());
    for (Judged each : judged) {
      String challenge =
          switch (each.verdict()) {
            case Verdict.Absent(String text) -> text;
            case Verdict.Broken broken -> broken.challenge();
            case Verdict.Pass _,
                Verdict.Proved _,
                Verdict.Answer _,
                Verdict.Challenge _,
                Verdict.Redact _,
                Verdict.Noticed _,
                Verdict.Deny _ ->
                "";
          };
      if (!challenge.isEmpty() && !challenges.contains(challenge)) {
        challenges.add(challenge);
      }
    }
    return challenges;
  }

  private static List<Judged> observedRefusals(List<Judged> judged) {
    List<Judged> refusals = List.of();
    for (Judged each : judged) {
      if (!each.enforced() && Combiner.refuses(each.verdict())) {
        refusals = new ArrayList<>(refusals);
        refusals.add(each);
      }
    }
    return refusals;
  }
}

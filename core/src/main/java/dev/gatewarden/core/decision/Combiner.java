package dev.gatewarden.core.decision;

import dev.gatewarden.core.decision.Decision.Outcome;
import dev.gatewarden.core.exchange.Stage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How the verdicts of one stage become one decision. Order inside the stage cannot matter: refusal
/// before challenge before answer before the rest,
/// and among equals the guard whose name comes first.
///
/// IDENTIFY has a rule of its own, `IdentityRule`.
public final class Combiner {
  private static final Comparator<Judged> BY_GUARD = Comparator.comparing(Judged::guard);

  private Combiner() {}

  /// The decision of a stage.
  ///
  /// @param judged the verdicts that say more than a plain pass, in any order
  public static Decision combine(Stage stage, List<Judged> judged) {
    if (judged.isEmpty()) {
      return new Decision(Outcome.ALLOWED, stage, List.of(), List.of());
    }
    List<Judged> sorted = new ArrayList<>(judged);
    sorted.sort(BY_GUARD);
    List<Judged> wouldDeny = new ArrayList<>();
    List<Judged> enforced = new ArrayList<>();
    for (Judged each : sorted) {
      if (each.enforced()) {
        enforced.add(each);
      } else if (refuses(each.verdict())) {
        wouldDeny.add(each);
      }
    }
    return decide(stage, enforced, wouldDeny);
  }

  private static Decision decide(Stage stage, List<Judged> enforced, List<Judged> wouldDeny) {
    List<Judged> denying = of(enforced, Verdict.Deny.class);
    if (!denying.isEmpty()) {
      Verdict.Deny deny = (Verdict.Deny) denying.getFirst().verdict();
      return new Decision(new Outcome.Denied(deny), stage, denying, wouldDeny);
    }
    List<Judged> challenging = of(enforced, Verdict.Challenge.class);
    if (!challenging.isEmpty()) {
      List<String> schemes = new ArrayList<>();
      List<Reply.Line> headers = new ArrayList<>();
      for (Judged each : challenging) {
        Verdict.Challenge challenge = (Verdict.Challenge) each.verdict();
        schemes.add(challenge.scheme());
        headers.addAll(challenge.headers());
      }
      Reason reason = ((Verdict.Challenge) challenging.getFirst().verdict()).reason();
      return new Decision(
          new Outcome.Challenged(reason, List.copyOf(schemes), List.copyOf(headers)),
          stage,
          challenging,
          wouldDeny);
    }
    List<Judged> answering = of(enforced, Verdict.Answer.class);
    if (!answering.isEmpty()) {
      Verdict.Answer answer = (Verdict.Answer) answering.getFirst().verdict();
      return new Decision(
          new Outcome.Answered(answer.reason(), answer.reply()), stage, answering, wouldDeny);
    }
    return allow(stage, enforced, wouldDeny);
  }

  private static Decision allow(Stage stage, List<Judged> enforced, List<Judged> wouldDeny) {
    Map<Object, Edit> edits = new HashMap<>();
    for (Judged each : enforced) {
      for (Edit edit : edits(each.verdict())) {
        Edit other = edits.putIfAbsent(edit.target(), edit);
        if (other != null && !other.equals(edit)) {
          Verdict.Deny deny = Verdict.deny(Combined.CONTRADICTING_EDITS);
          return new Decision(
              new Outcome.Denied(deny),
              stage,
              List.of(new Judged(Combined.CONTROL, Mode.ENFORCE, deny)),
              wouldDeny);
        }
      }
    }
    List<Judged> speaking = new ArrayList<>();
    for (Judged each : enforced) {
      if (reason(each.verdict()) != null) {
        speaking.add(each);
      }
    }
    return new Decision(Outcome.ALLOWED, stage, speaking, wouldDeny);
  }

  private static List<Judged> of(List<Judged> all, Class<? extends Verdict> kind) {
    List<Judged> some = new ArrayList<>();
    for (Judged each : all) {
      if (kind.isInstance(each.verdict())) {
        some.add(each);
      }
    }
    return some;
  }

  /// Whether a verdict keeps the request, or a part of the response, from going on.
  public static boolean refuses(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Deny _,
          Verdict.Challenge _,
          Verdict.Broken _,
          Verdict.Redact _,
          Verdict.Noticed _ ->
          true;
      case Verdict.Pass _, Verdict.Absent _, Verdict.Proved _, Verdict.Answer _ -> false;
    };
  }

  /// The changes a verdict asks for.
  public static List<Edit> edits(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Pass pass -> pass.edits();
      case Verdict.Redact redact -> redact.edits();
      case Verdict.Absent _,
          Verdict.Proved _,
          Verdict.Broken _,
          Verdict.Answer _,
          Verdict.Challenge _,
          Verdict.Noticed _,
          Verdict.Deny _ ->
          List.of();
    };
  }

  /// Why a verdict is what it is, or null where there is nothing to say.
  public static @Nullable Reason reason(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Pass pass -> pass.reason();
      case Verdict.Redact redact -> redact.reason();
      case Verdict.Absent _, Verdict.Proved _ -> null;
      case Verdict.Broken broken -> broken.reason();
      case Verdict.Answer answer -> answer.reason();
      case Verdict.Challenge challenge -> challenge.reason();
      case Verdict.Deny deny -> deny.reason();
      case Verdict.Noticed noticed -> noticed.wouldBe().reason();
    };
  }
}

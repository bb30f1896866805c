package dev.gatewarden.gateway.pipeline;

import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Security;
import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Claims;
import dev.gatewarden.core.decision.Combined;
import dev.gatewarden.core.decision.Combiner;
import dev.gatewarden.core.decision.Decision;
import dev.gatewarden.core.decision.Decision.Outcome;
import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.decision.IdentityRule;
import dev.gatewarden.core.decision.IdentityRule.Identity;
import dev.gatewarden.core.decision.Judged;
import dev.gatewarden.core.decision.Mode;
import dev.gatewarden.core.decision.OutOfReach;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.decision.WouldWait;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.exchange.Stage;
import dev.gatewarden.core.identity.Proof;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Judges calls at one stage: asks the guards, combines their verdicts, takes what they claim.
///
/// A stage has no effect until it is complete: a guard or a port that throws `WouldWait` leaves
/// everything as it was.
public final class Pipeline {
  private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);
  private final Function<Operation, Plan> plans;
  private final Taking taking;

  public Pipeline(Function<Operation, Plan> plans, Claims claims) {
    this.plans = plans;
    this.taking = new Taking(claims);
  }

  /// Judges the calls at a stage other than IDENTIFY.
  ///
  /// @param deadline when what is taken is given up, if nobody settles it
  public Outcome judge(Stage stage, List<Call> calls, Notes notes, Instant deadline) {
    if (calls.size() == 1) {
      return judge(stage, calls.getFirst(), notes, deadline);
    }
    List<Judged> judged = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      Call call = calls.get(i);
      Seat[] seats = plans.apply(call.operation()).at(stage);
      judged.addAll(speaking(seats, verdicts(seats, call), call));
    }
    return conclude(Combiner.combine(stage, judged), judged, notes, deadline);
  }

  private Outcome judge(Stage stage, Call call, Notes notes, Instant deadline) {
    Plan plan = plans.apply(call.operation());
    Seat[] seats = plan.at(stage);
    if (seats.length == 0) {
      return Outcome.ALLOWED;
    }
    Verdict[] verdicts = verdicts(seats, call);
    Familiar familiar = plan.familiar(stage);
    Familiar.Known known = familiar.recognize(verdicts);
    if (known != null && notes.edited(known.edits())) {
      notes.said(known.decision());
      return known.decision().outcome();
    }
    List<Judged> judged = speaking(seats, verdicts, call);
    Decision decision = Combiner.combine(stage, judged);
    familiar.keep(verdicts, judged, decision);
    return conclude(decision, judged, notes, deadline);
  }

  /// Judges IDENTIFY: at most one Principal comes out.
  public Identified identify(Call carrier, Notes notes, Instant deadline) {
    return identified(carrier, notes, carrier.exchange().request().at(), deadline);
  }

  /// Judges IDENTIFY once more for what is under way: nothing is taken, and nothing is noted.
  ///
  /// @param carrier of an exchange that is `underWay`
  /// @param now what was excused when it began may have ended since
  public Identified identifyAgain(Call carrier, Instant now) {
    return identified(carrier, null, now, Instant.MIN);
  }

  private Identified identified(
      Call carrier, @Nullable Notes notes, Instant now, Instant deadline) {
    Seat[] seats = plans.apply(carrier.operation()).at(Stage.IDENTIFY);
    Security security = carrier.operation().security();
    List<IdentityRule.Answered> answers = new ArrayList<>(seats.length);
    List<Judged> judged = new ArrayList<>(seats.length);
    for (Seat seat : seats) {
      Mode mode = seat.modeAt(now);
      if (mode != Mode.OFF) {
        Verdict verdict = ask(seat, carrier);
        if (seats.length == 1 && verdict instanceof Verdict.Proved proved) {
          Identified alone = alone(proved, security, carrier.exchange());
          if (alone != null) {
            return alone;
          }
        }
        Judged each = new Judged(seat.id(), mode, verdict);
        answers.add(new IdentityRule.Answered(seat.scheme(), each));
        judged.add(each);
      }
    }
    Identity identity = IdentityRule.apply(security, answers);
    Decision decision = IdentityDecision.of(identity, judged);
    Outcome outcome =
        notes == null ? decision.outcome() : conclude(decision, judged, notes, deadline);
    return new Identified(outcome, callerOf(identity, carrier.exchange()));
  }

  /// What nearly every request is: one scheme is asked for, it is proved, and nothing is claimed.
  /// Null where the whole rule has to be applied.
  private static @Nullable Identified alone(
      Verdict.Proved proved, Security security, Exchange exchange) {
    if (security.alternatives().size() != 1 || !proved.claims().isEmpty()) {
      return null;
    }
    Security.Alternative only = security.alternatives().getFirst();
    if (only.needs().size() != 1) {
      return null;
    }
    Proof proof = proved.proof();
    return new Identified(Outcome.ALLOWED, exchange.calledBy(proof.alone(), only, proof.lease()));
  }

  /// The outcome of IDENTIFY, and the exchange with its caller where it is allowed.
  public record Identified(Outcome outcome, Exchange exchange) {}

  /// Clears a request whose every stage up to COMMIT was judged and allowed.
  ///
  /// @param calls those that were judged
  /// @param keyed whether it is done once however often it comes, for a key that it brings
  public Cleared cleared(
      List<Call> calls,
      Cleared.Head head,
      Upstreams upstreams,
      Within within,
      String upgrade,
      boolean keyed) {
    if (calls.isEmpty()) {
      throw new GatewardenBug("nothing was judged");
    }
    return new Cleared(head, upstreams, within, upgrade, keyed);
  }

  /// Takes what a request to the gate itself consumes.
  ///
  /// @param control who claims it
  public Outcome take(String control, List<Claim> claims, Notes notes, Instant deadline) {
    if (claims.isEmpty()) {
      return Outcome.ALLOWED;
    }
    Decision allowed = new Decision(Outcome.ALLOWED, Stage.INTAKE, List.of(), List.of());
    Judged claiming = new Judged(control, Mode.ENFORCE, new Verdict.Pass(null, claims, List.of()));
    Decision taken = taking.take(allowed, List.of(claiming), notes, deadline);
    notes.said(taken);
    return taken.outcome();
  }

  private static Exchange callerOf(Identity identity, Exchange exchange) {
    return switch (identity) {
      case Identity.Known known ->
          exchange.calledBy(known.principal(), known.proved(), known.lease());
      case Identity.Anonymous _, Identity.Refused _, Identity.Unproved _ -> exchange;
    };
  }

  /// What each seat says. A seat that is off, or dearer than one that already denies, is not asked
  /// and says nothing.
  private static Verdict[] verdicts(Seat[] seats, Call call) {
    Instant now = call.exchange().request().at();
    Verdict[] verdicts = new Verdict[seats.length];
    Seat denying = null;
    for (int i = 0; i < seats.length; i++) {
      Seat seat = seats[i];
      verdicts[i] = Verdict.pass();
      Mode mode = seat.modeAt(now);
      if (mode == Mode.OFF || (denying != null && seat.cost() != denying.cost())) {
        continue;
      }
      verdicts[i] = ask(seat, call);
      if (mode == Mode.ENFORCE && verdicts[i] instanceof Verdict.Deny) {
        denying = seat;
      }
    }
    return verdicts;
  }

  /// The verdicts that say more than a plain pass.
  private static List<Judged> speaking(Seat[] seats, Verdict[] verdicts, Call call) {
    Instant now = call.exchange().request().at();
    List<Judged> judged = List.of();
    for (int i = 0; i < seats.length; i++) {
      if (verdicts[i] != Verdict.pass()) {
        judged = judged.isEmpty() ? new ArrayList<>(4) : judged;
        judged.add(new Judged(seats[i].id(), seats[i].modeAt(now), verdicts[i]));
      }
    }
    return judged;
  }

  private static Verdict ask(Seat seat, Call call) {
    try {
      return seat.guard().judge(call);
    } catch (WouldWait detour) {
      throw detour;
    } catch (OutOfReach gone) {
      return Verdict.deny(Combined.OUT_OF_REACH);
    } catch (RuntimeException | StackOverflowError fault) {
      LOG.error(
          "guard {} failed on {} ({}): denied",
          seat.id(),
          call.operation().id(),
          call.exchange().id(),
          new GatewardenBug("a guard threw", fault));
      return Verdict.deny(Combined.GUARD_FAILED);
    }
  }

  private Outcome conclude(Decision decision, List<Judged> judged, Notes notes, Instant deadline) {
    Decision taken = taking.take(decision, judged, notes, deadline);
    if (taken.allowed()) {
      for (Judged each : judged) {
        List<Edit> edits = each.enforced() ? Combiner.edits(each.verdict()) : List.of();
        if (!edits.isEmpty() && !notes.edited(edits)) {
          taken =
              new Decision(
                  new Outcome.Denied(Verdict.deny(Combined.CONTRADICTING_EDITS)),
                  taken.stage(),
                  List.of(each),
                  taken.wouldDeny());
        }
      }
    }
    notes.said(taken);
    return taken.outcome();
  }
}

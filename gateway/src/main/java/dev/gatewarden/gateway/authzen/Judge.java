package dev.gatewarden.gateway.authzen;

import dev.gatewarden.controls.guards.access.ReadableFieldsGuard;
import dev.gatewarden.controls.guards.access.TenantMatchGuard;
import dev.gatewarden.core.address.Ip;
import dev.gatewarden.core.decision.Combiner;
import dev.gatewarden.core.decision.Decision.Outcome;
import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.decision.Grounds;
import dev.gatewarden.core.decision.Judged;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.exchange.ExchangeId;
import dev.gatewarden.core.exchange.Peer;
import dev.gatewarden.core.exchange.Stage;
import dev.gatewarden.core.policy.Ownership;
import dev.gatewarden.gateway.pipeline.Notes;
import dev.gatewarden.gateway.pipeline.Pipeline;
import dev.gatewarden.gateway.walk.DecisionLine;
import dev.gatewarden.gateway.walk.GateSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answers one question by the guards that judge requests, and writes the decision line that a
/// request would have got, with who asked. Waits.
final class Judge {
  private static final Outcome RESTRICTED =
      new Outcome.Denied(Verdict.deny(ReadableFieldsGuard.Why.WITHHELD));

  private final GateSettings settings;
  private final Asker asker;
  private final Peer peer;

  /// @param peer where the question comes from
  Judge(GateSettings settings, Asker asker, Peer peer) {
    this.settings = settings;
    this.asker = asker;
    this.peer = peer;
  }

  /// @param source from where the subject calls
  Ruling rule(Matter matter, Caller caller, Ip source) {
    if (!caller.whole() && matter.api().readsClaims()) {
      return Ruling.misunderstood(
          "policies of `" + matter.api().name() + "` read what only the user's own token says");
    }
    long began = settings.nanos().getAsLong();
    ExchangeId id = settings.ids().get();
    Instant at = settings.clock().instant();
    Exchange asked = matter.exchange(id, new Peer(source, peer.encrypted()), at);
    Exchange exchange = caller.in(asked, matter.operation().security());
    Notes notes = new Notes();
    Outcome outcome =
        caller.isShutOut(matter.api().settings().ports().blocks())
            ? new Outcome.Denied(Verdict.deny(AuthzenWhy.SHUT_OUT))
            : outcome(matter, exchange, notes);
    Reason reason = reason(outcome);
    record(matter, exchange, caller, reason, notes, began);
    List<Grounds> grounds = grounds(notes);
    return reason == null
        ? Ruling.yes(id.text(), grounds)
        : Ruling.no(id.text(), reason.status(), reason.summary(), grounds);
  }

  private static Outcome outcome(Matter matter, Exchange exchange, Notes notes) {
    if (isTenantless(matter, exchange)) {
      return new Outcome.Denied(Verdict.deny(TenantMatchGuard.Why.NO_TENANT));
    }
    boolean answered = matter.stated() != null;
    Pipeline pipeline = answered ? matter.api().answered() : matter.api().unanswered();
    Call call = matter.call(exchange);
    for (Stage stage : List.of(Stage.ADMIT, Stage.AUTHORIZE)) {
      Outcome outcome = pipeline.judge(stage, List.of(call), notes, Instant.MAX);
      if (!(outcome instanceof Outcome.Allowed)) {
        return outcome;
      }
    }
    Outcome outcome =
        matter.returns()
            ? pipeline.judge(Stage.RETURN, List.of(matter.answered(call)), notes, Instant.MAX)
            : Outcome.ALLOWED;
    return outcome instanceof Outcome.Allowed && cuts(notes) ? RESTRICTED : outcome;
  }

  /// What a request would be let through without, a question is not answered yes to.
  private static boolean cuts(Notes notes) {
    for (Edit edit : notes.edits()) {
      if (edit instanceof Edit.CutRequest
          || edit instanceof Edit.CutBody
          || edit instanceof Edit.MaskBody) {
        return true;
      }
    }
    return false;
  }

  /// Where requests name a tenant, who belongs to none cannot name their own.
  private static boolean isTenantless(Matter matter, Exchange exchange) {
    return matter.operation().tenant() != null
        && !matter.api().lacks(TenantMatchGuard.ENTRY.id())
        && !exchange.principal().isNobody()
        && Ownership.part(matter.operation().tenant().is(), exchange.principal()) == null;
  }

  private static @Nullable Reason reason(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Allowed() -> null;
      case Outcome.Denied(Verdict.Deny deny) -> deny.reason();
      case Outcome.Challenged(Reason reason, var _, var _) -> reason;
      case Outcome.Answered(Reason reason, var _) -> reason;
    };
  }

  private static List<Grounds> grounds(Notes notes) {
    List<Grounds> all = new ArrayList<>();
    for (Judged each : notes.determined()) {
      Reason reason = Combiner.reason(each.verdict());
      for (Grounds grounds : reason == null ? List.<Grounds>of() : reason.grounds()) {
        if (!all.contains(grounds)) {
          all.add(grounds);
        }
      }
    }
    return all;
  }

  private void record(
      Matter matter,
      Exchange exchange,
      Caller caller,
      @Nullable Reason reason,
      Notes notes,
      long began) {
    settings
        .recorder()
        .record(
            DecisionLine.write(
                new DecisionLine.Facts(
                    exchange.id().text(),
                    exchange.request().at().toEpochMilli(),
                    exchange.request().method(),
                    "",
                    peer.address().toString(),
                    matter.operation().id().toString(),
                    exchange,
                    reason == null ? 200 : reason.status(),
                    reason == null ? "allowed" : "denied",
                    reason,
                    notes,
                    List.of(),
                    settings.nanos().getAsLong() - began,
                    0,
                    0,
                    0,
                    0,
                    settings.policy(),
                    settings.era().name()),
                asker.name(),
                caller.stated()));
  }
}

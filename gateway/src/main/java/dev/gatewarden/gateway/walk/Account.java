package dev.gatewarden.gateway.walk;

import dev.gatewarden.controls.guards.intake.ContentCodingGuard;
import dev.gatewarden.controls.guards.schema.RequestSchemaGuard;
import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.decision.Claims;
import dev.gatewarden.core.decision.Combiner;
import dev.gatewarden.core.decision.Decision.Outcome;
import dev.gatewarden.core.decision.Judged;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Reply;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Detail;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.exchange.ExchangeId;
import dev.gatewarden.core.exchange.Headers;
import dev.gatewarden.core.exchange.Peer;
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.gateway.binder.Binding;
import dev.gatewarden.gateway.conformity.Fault;
import dev.gatewarden.gateway.pipeline.Notes;
import dev.gatewarden.gateway.recorder.Metrics;
import dev.gatewarden.gateway.reply.ProblemReply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How one walk ends: what the caller is told instead of the service's answer, and what the
/// operator is told of it (room 9).
final class Account {
  private final RequestHead head;
  private final Generation gate;
  private final ExchangeId id;
  private final Instant at;
  private final long began;
  private final Notes notes = new Notes();
  private @Nullable Entrance entrance;
  private @Nullable Exchange exchange;
  private Claims.Settlement settlement = Claims.Settlement.REFUSED;
  private String outcome = "allowed";
  private @Nullable Reason cause;
  private long forwarded;
  private int times;
  private long answered;
  private List<Fault> faults = List.of();
  private Duration heldBack = Duration.ZERO;
  private AnswerCosts costs = AnswerCosts.NONE;

  Account(RequestHead head, Generation gate) {
    this.head = head;
    this.gate = gate;
    this.id = gate.settings().ids().get();
    this.at = gate.settings().clock().instant();
    this.began = gate.settings().nanos().getAsLong();
  }

  /// Nanoseconds since the request began.
  long elapsed() {
    return gate.settings().nanos().getAsLong() - began;
  }

  ExchangeId id() {
    return id;
  }

  Instant at() {
    return at;
  }

  Notes notes() {
    return notes;
  }

  void entered(Entrance here) {
    entrance = here;
  }

  /// The exchange as far as it is known.
  void reached(Exchange now) {
    exchange = now;
  }

  void forwards() {
    forwarded = gate.settings().nanos().getAsLong();
    settlement = Claims.Settlement.CLEARED;
  }

  /// Something of the request has left for the upstream.
  void left() {
    times++;
  }

  /// The upstream's head is there.
  void answered(int status) {
    answered = gate.settings().nanos().getAsLong();
    if (status >= 200 && status < 400) {
      delivered();
    } else if (status >= 400 && status < 500) {
      settlement = Claims.Settlement.DECLINED;
    }
  }

  /// The service did nothing of it.
  void undone() {
    settlement = Claims.Settlement.REFUSED;
  }

  void delivered() {
    settlement = Claims.Settlement.DELIVERED;
  }

  /// What the service's answer costs, as far as its head says it.
  void costs(Headers headers) {
    costs = AnswerCosts.of(notes.edits(), headers);
  }

  /// How long the refusal is held back.
  Duration heldBack() {
    return heldBack;
  }

  /// Whether something of the request has left for the upstream.
  boolean hasLeft() {
    return times > 0;
  }

  /// What the service says became of it, other than by its status.
  void settles(Claims.Settlement said) {
    settlement = said;
  }

  void found(List<Fault> broken) {
    faults = broken;
  }

  /// The gate answered a request to itself.
  Reply own(@Nullable Reason reason, Reply reply) {
    outcome = reply.status() < 400 ? "answered" : "denied";
    cause = reason;
    return ProblemReply.named(reply, id);
  }

  Reply failed(Reason reason) {
    return failed(reason, List.of());
  }

  Reply failed(Reason reason, List<Reply.Line> headers) {
    outcome = "failed";
    cause = reason;
    Reply reply = ProblemReply.of(reason, id);
    return readable(headers.isEmpty() ? reply : reply.with(headers));
  }

  Reply refused(Reason reason, List<Reply.Line> headers) {
    outcome = "denied";
    cause = reason;
    Reply reply = ProblemReply.of(reason, id);
    return readable(headers.isEmpty() ? reply : reply.with(headers));
  }

  /// Refuses what cannot be bound, and tells why where that is because it could not be read.
  Reply refused(Entrance.Listed here, Binding why, Reading reading) {
    if (reading.complete()) {
      return refused(why, List.of());
    }
    outcome = "denied";
    cause = why;
    int most = details(here);
    List<Detail> all = most == 0 ? List.of() : reading.explain();
    Verdict.Deny deny = Verdict.deny(why, all.subList(0, Math.min(most, all.size())));
    return readable(ProblemReply.of(new Outcome.Denied(deny), id));
  }

  private static int details(Entrance.Listed here) {
    ApiSettings.Tuning tuning = here.service().settings().tuning();
    return tuning.config(RequestSchemaGuard.ENTRY, here.exchange().operation())
            instanceof RequestSchemaGuard.Config config
        ? config.details()
        : 0;
  }

  /// What the pipeline decided instead of letting the exchange go on.
  Reply refused(Outcome result) {
    outcome =
        switch (result) {
          case Outcome.Denied _ -> "denied";
          case Outcome.Challenged _ -> "challenged";
          case Outcome.Answered _ -> "answered";
          case Outcome.Allowed _ -> throw new GatewardenBug("an allowed exchange was refused");
        };
    if (result instanceof Outcome.Denied(Verdict.Deny deny)) {
      heldBack = deny.reason().heldBack();
    }
    Reply reply = limited(ProblemReply.of(announcing(result), id));
    return readable(
        result instanceof Outcome.Denied(var deny)
                && deny.reason() == ContentCodingGuard.Why.NOT_TAKEN
                && entrance instanceof Entrance.Listed here
            ? reply.with(here.service().takenCodings(here.exchange().operation()))
            : reply);
  }

  /// Tells which limit refused, and what is left: nothing.
  private Reply limited(Reply reply) {
    if (notes.policies().isEmpty() || (reply.status() != 429 && reply.status() != 401)) {
      return reply;
    }
    List<Reply.Line> lines = new ArrayList<>(5);
    RateLimitHeaders.write(notes, (name, value) -> lines.add(new Reply.Line(name, value)));
    return lines.isEmpty() ? reply : reply.with(lines);
  }

  /// Lets the scripts that may read the service's answers read the gate's as well, or a browser
  /// shows them no more than that something failed.
  private Reply readable(Reply reply) {
    if (head.headers().first("origin") != null && entrance instanceof Entrance.Listed here) {
      return OwnReplies.readable(
          reply, here.service().cors(here.exchange().operation()), head.headers());
    }
    return reply;
  }

  /// Tells beside each challenge for a token what the gate publishes of the API (RFC 9728, section
  /// 5.1).
  private Outcome announcing(Outcome result) {
    if (!(result
            instanceof
            Outcome.Challenged(Reason reason, List<String> schemes, List<Reply.Line> headers))
        || !(entrance instanceof Entrance.Listed here)) {
      return result;
    }
    String more = "";
    for (OwnRoute route : here.service().settings().own()) {
      String each = route.announced(here.exchange().request());
      more = each.isEmpty() ? more : more + ", " + each;
    }
    if (more.isEmpty()) {
      return result;
    }
    List<String> told = new ArrayList<>(schemes.size());
    for (String scheme : schemes) {
      boolean token = scheme.startsWith("Bearer ") || scheme.startsWith("DPoP ");
      told.add(token ? scheme + more : scheme);
    }
    return new Outcome.Challenged(reason, told, headers);
  }

  /// Settles what was claimed, and writes the one line.
  ///
  /// @param sent the status on the wire, 0 when nothing was sent
  void close(int sent, long bytesIn, long bytesOut) {
    List<Claims.Receipt> receipts = notes.receipts();
    for (int i = 0; i < receipts.size(); i++) {
      gate.settings().claims().settle(receipts.get(i), settlement);
    }
    if (settlement != Claims.Settlement.REFUSED) {
      costs.charge(bytesOut, gate.settings().clock().instant(), gate.settings().claims());
    }
    long nanos = gate.settings().nanos().getAsLong() - began;
    route().count(sent, nanos);
    count();
    gate.settings()
        .recorder()
        .record(
            DecisionLine.write(
                new DecisionLine.Facts(
                    id.text(),
                    at.toEpochMilli(),
                    head.method(),
                    head.authority(),
                    source(),
                    operation(),
                    exchange,
                    sent,
                    outcome,
                    cause,
                    notes,
                    faults,
                    nanos,
                    times,
                    forwarded > 0 && answered > 0 ? answered - forwarded : 0,
                    bytesIn,
                    bytesOut,
                    gate.settings().policy(),
                    gate.settings().era().name())));
  }

  private void count() {
    Metrics metrics = gate.settings().metrics();
    if (cause != null) {
      metrics.refused(cause.code());
    }
    if (!outcome.equals("allowed")) {
      for (Judged each : notes.determined()) {
        Reason reason = Combiner.reason(each.verdict());
        if (reason != null && !(outcome.equals("failed") && reason.status() < 400)) {
          metrics.refused(reason.code());
        }
      }
    }
    for (Judged each : notes.wouldDeny()) {
      Reason reason = Combiner.reason(each.verdict());
      if (reason != null) {
        metrics.wouldDeny(reason.code());
      }
    }
  }

  private Metrics.Route route() {
    return entrance instanceof Entrance.Listed listed
        ? listed.place().route()
        : gate.settings().metrics().unlisted();
  }

  private String operation() {
    return switch (entrance) {
      case Entrance.Listed listed -> listed.place().name();
      case Entrance.Owned owned -> owned.route().name();
      case Entrance.Own _, Entrance.Refused _ -> "";
      case null -> "";
    };
  }

  private String source() {
    Exchange here = exchange;
    Peer peer =
        entrance instanceof Entrance.Owned owned
            ? owned.request().peer()
            : here == null ? head.peer() : here.request().peer();
    return peer.address().toString();
  }
}

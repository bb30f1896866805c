package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Reply;
import dev.gatewarden.core.exchange.ExchangeId;
import dev.gatewarden.core.exchange.Peer;
import dev.gatewarden.gateway.pipeline.Notes;
import dev.gatewarden.gateway.reply.ProblemReply;
import java.util.List;

/// The gate in service. What is in force can be replaced as a whole; a walk keeps what it began
/// with.
public final class OpenGate implements Gate {
  private static final String FRAMING = "framing";

  private volatile Generation generation;

  /// @throws dev.gatewarden.core.document.ProblemsException with everything that keeps the APIs
  ///     from being served
  public OpenGate(GateSettings settings, List<ApiSettings> apis) {
    this.generation = new Generation(settings, apis);
  }

  /// Puts what another gate, made aside, would serve in force for every walk that begins from now
  /// on.
  public synchronized void follow(OpenGate next) {
    Generation before = generation;
    generation = next.generation;
    before.settings().era().term().replaced();
  }

  /// Which generation judges walks that begin now.
  public Era era() {
    return generation.settings().era();
  }

  /// What is in force now.
  Generation newest() {
    return generation;
  }

  /// Who judges each operation of each API now.
  public List<InForce> inForce() {
    return generation.inForce();
  }

  @Override
  public Walk begin(RequestHead head) {
    return new RestWalk(head, begun(), this::newest);
  }

  @Override
  public Walk misdirected(RequestHead head) {
    RestWalk walk = new RestWalk(head, begun(), this::newest);
    walk.misdirected();
    return walk;
  }

  private Generation begun() {
    Generation now = generation;
    while (!now.settings().era().term().begin()) {
      now = generation;
    }
    return now;
  }

  @Override
  public boolean framed() {
    return !generation.settings().without().contains(FRAMING);
  }

  @Override
  public Reply refuse(Reason reason, Peer peer) {
    GateSettings settings = generation.settings();
    ExchangeId id = settings.ids().get();
    settings.metrics().unlisted().count(reason.status(), 0);
    settings.metrics().refused(reason.code());
    settings
        .recorder()
        .record(
            DecisionLine.write(
                new DecisionLine.Facts(
                    id.text(),
                    settings.clock().millis(),
                    "",
                    "",
                    peer.address().toString(),
                    "",
                    null,
                    reason.status(),
                    "denied",
                    reason,
                    new Notes(),
                    List.of(),
                    0,
                    0,
                    0,
                    0,
                    0,
                    settings.policy(),
                    settings.era().name())));
    return ProblemReply.of(reason, id);
  }
}

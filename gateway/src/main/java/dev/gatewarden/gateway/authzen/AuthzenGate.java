package dev.gatewarden.gateway.authzen;

import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Reply;
import dev.gatewarden.core.exchange.ExchangeId;
import dev.gatewarden.core.exchange.Peer;
import dev.gatewarden.gateway.pipeline.Notes;
import dev.gatewarden.gateway.reply.ProblemReply;
import dev.gatewarden.gateway.walk.ApiSettings;
import dev.gatewarden.gateway.walk.DecisionLine;
import dev.gatewarden.gateway.walk.Era;
import dev.gatewarden.gateway.walk.Gate;
import dev.gatewarden.gateway.walk.GateSettings;
import dev.gatewarden.gateway.walk.RequestHead;
import dev.gatewarden.gateway.walk.Walk;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;

/// The gate as a policy decision point (AuthZEN 1.0) for the services behind it: a port of its own,
/// beside that of callers.
public final class AuthzenGate implements Gate {
  /// How many calls are answered at once.
  private static final int MOST_AT_ONCE = 64;

  private final GateSettings gate;
  private final AuthzenSettings settings;
  private final AskerProofs askers;
  private final Map<String, AskedApi> apis = new HashMap<>();
  private final PageTokens pages = new PageTokens();
  private final Semaphore room = new Semaphore(MOST_AT_ONCE);

  /// An API that may be asked about.
  ///
  /// @param issuers who vouches for what a scheme proves, by the scheme's name
  /// @param readsClaims whether its decision points look at what proofs claim besides
  public record Open(ApiSettings api, Map<String, String> issuers, boolean readsClaims) {}

  public AuthzenGate(GateSettings gate, AuthzenSettings settings, List<Open> apis) {
    this.gate = gate;
    this.settings = settings;
    this.askers = new AskerProofs(settings.askers(), settings.provers());
    for (Open each : apis) {
      AskedApi asked =
          new AskedApi(
              each.api(), each.issuers(), each.readsClaims(), gate.without(), gate.claims());
      this.apis.put(asked.name(), asked);
    }
  }

  /// Section 9; what is absent cannot be asked.
  Map<String, Object> metadata() {
    String url = settings.url().get();
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("policy_decision_point", url);
    all.put("access_evaluation_endpoint", url + Endpoint.ONE.path());
    all.put("access_evaluations_endpoint", url + Endpoint.SEVERAL.path());
    all.put("search_resource_endpoint", url + Endpoint.RESOURCES.path());
    all.put("search_action_endpoint", url + Endpoint.ACTIONS.path());
    return all;
  }

  /// Which generation answers.
  public Era era() {
    return gate.era();
  }

  @Override
  public Walk begin(RequestHead head) {
    return new AuthzenWalk(head, this);
  }

  @Override
  public Reply refuse(Reason reason, Peer peer) {
    return recorded(reason, peer, "");
  }

  /// Somebody asked whom nobody knows.
  void unproved(RequestHead head) {
    var unused = recorded(AuthzenWhy.NOT_PROVED, head.peer(), "");
  }

  /// Somebody who may ask was told nothing.
  void refused(Reason reason, RequestHead head, Asker asker) {
    var unused = recorded(reason, head.peer(), asker.name());
  }

  private Reply recorded(Reason reason, Peer peer, String asker) {
    ExchangeId id = gate.ids().get();
    gate.metrics().refused(reason.code());
    gate.recorder()
        .record(
            DecisionLine.write(
                new DecisionLine.Facts(
                    id.text(),
                    gate.clock().millis(),
                    "POST",
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
                    gate.policy(),
                    gate.era().name()),
                asker,
                false));
    return ProblemReply.of(reason, id);
  }

  AuthzenSettings settings() {
    return settings;
  }

  AskerProofs askers() {
    return askers;
  }

  /// Whether one more call may be answered now; who is told so says when it is.
  boolean begin() {
    return room.tryAcquire();
  }

  void end() {
    room.release();
  }

  /// What answers the questions of one call.
  Answers answers(Asker asker, Peer peer) {
    Map<String, AskedApi> open = new TreeMap<>();
    for (String name : asker.apis()) {
      AskedApi api = apis.get(name);
      if (api != null) {
        open.put(name, api);
      }
    }
    return new Answers(
        gate,
        settings,
        new MatterReader(asker, open),
        new CallerReader(asker, settings.own(), peer.address()),
        new Judge(gate, asker, peer),
        pages);
  }
}

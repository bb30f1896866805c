package dev.gatewarden.gateway.authzen;

import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.decision.OutOfReach;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Reply;
import dev.gatewarden.core.decision.WouldWait;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.gateway.authzen.Understood.Clear;
import dev.gatewarden.gateway.authzen.Understood.Wrong;
import dev.gatewarden.gateway.identity.JsonWriter;
import dev.gatewarden.gateway.identity.StrictJson;
import dev.gatewarden.gateway.walk.RequestHead;
import dev.gatewarden.gateway.walk.ResponseHead;
import dev.gatewarden.gateway.walk.Walk;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The walk of one call of a service: who asks, what it asks, the answer. Nothing is forwarded.
final class AuthzenWalk implements Walk {
  private static final String REQUEST_ID = "x-request-id";
  private static final int LONGEST_ID = 200;

  private final RequestHead head;
  private final AuthzenGate gate;
  private final String path;
  private @Nullable Asker asker;

  AuthzenWalk(RequestHead head, AuthzenGate gate) {
    this.head = head;
    this.gate = gate;
    int query = head.target().indexOf('?');
    this.path = query < 0 ? head.target() : head.target().substring(0, query);
  }

  @Override
  public Admission admit() {
    if (!isPlain()) {
      return answered(refused(AuthzenWhy.NOT_UNDERSTOOD, "`X-Request-ID` is one short plain text"));
    }
    if (path.equals(Endpoint.METADATA)) {
      return answered(
          head.method().equals("GET")
              ? told(200, gate.metadata())
              : refused(AuthzenWhy.METHOD, AuthzenWhy.METHOD.summary()));
    }
    if (Endpoint.at(path) == null) {
      return answered(refused(AuthzenWhy.NOT_HERE, AuthzenWhy.NOT_HERE.summary()));
    }
    if (!head.method().equals("POST")) {
      return answered(refused(AuthzenWhy.METHOD, AuthzenWhy.METHOD.summary()));
    }
    Asker known = gate.askers().of(head);
    if (known == null) {
      gate.unproved(head);
      return answered(refused(AuthzenWhy.NOT_PROVED, AuthzenWhy.NOT_PROVED.summary()));
    }
    asker = known;
    if (!isJson()) {
      return answered(refused(AuthzenWhy.NOT_UNDERSTOOD, "`Content-Type` is `application/json`"));
    }
    if (head.length() > gate.settings().body()) {
      return answered(refused(AuthzenWhy.TOO_LONG, AuthzenWhy.TOO_LONG.summary()));
    }
    return new Admission.Admitted(new BodyPlan(true, gate.settings().body()));
  }

  private static Admission answered(Reply reply) {
    return new Admission.Answered(reply);
  }

  /// What is echoed is one line of characters that people see.
  private boolean isPlain() {
    List<String> ids = head.headers().all(REQUEST_ID);
    return ids.isEmpty()
        || (ids.size() == 1
            && ids.getFirst().length() <= LONGEST_ID
            && ids.getFirst().chars().allMatch(c -> c >= ' ' && c <= '~'));
  }

  private boolean isJson() {
    List<String> types = head.headers().all("content-type");
    if (types.size() != 1 || !head.headers().all("content-encoding").isEmpty()) {
      return false;
    }
    String type = types.getFirst();
    int parameters = type.indexOf(';');
    return (parameters < 0 ? type : type.substring(0, parameters))
        .strip()
        .equalsIgnoreCase("application/json");
  }

  @Override
  public Judgement judge(Bytes body) {
    if (!Thread.currentThread().isVirtual()) {
      throw WouldWait.INSTANCE;
    }
    return new Judgement.Answered(answer(body));
  }

  private Reply answer(Bytes body) {
    Endpoint endpoint = Endpoint.at(path);
    Asker who = asker;
    if (endpoint == null || who == null) {
      throw new GatewardenBug("somebody was let in who asks nothing");
    }
    if (endpoint == Endpoint.SUBJECTS) {
      return refused(AuthzenWhy.NO_SUBJECTS, AuthzenWhy.NO_SUBJECTS.summary());
    }
    Map<String, Object> call =
        StrictJson.object(Arrays.copyOfRange(body.array(), body.from(), body.to()));
    if (call == null) {
      return refused(
          AuthzenWhy.NOT_UNDERSTOOD, "the body is not one JSON object with distinct members");
    }
    if (!gate.begin()) {
      return refused(AuthzenWhy.BUSY, AuthzenWhy.BUSY.summary());
    }
    try {
      return switch (asked(endpoint, gate.answers(who, head.peer()), call)) {
        case Clear<Map<String, Object>>(Map<String, Object> told) -> told(200, told);
        case Wrong<Map<String, Object>>(String message) ->
            refused(AuthzenWhy.NOT_UNDERSTOOD, message);
      };
    } catch (OutOfReach gone) {
      return refused(AuthzenWhy.OUT_OF_REACH, AuthzenWhy.OUT_OF_REACH.summary());
    } finally {
      gate.end();
    }
  }

  private static Understood<Map<String, Object>> asked(
      Endpoint endpoint, Answers answers, Map<String, Object> call) {
    return switch (endpoint) {
      case ONE -> answers.one(call);
      case SEVERAL -> answers.several(call);
      case RESOURCES -> new Search(answers).resources(call);
      case ACTIONS -> new Search(answers).actions(call);
      case SUBJECTS -> throw new GatewardenBug("subjects are not listed");
    };
  }

  private Reply told(int status, Map<String, Object> body) {
    return headed(Reply.text(status, "application/json", JsonWriter.write(body)));
  }

  private Reply refused(Reason reason, String message) {
    Asker who = asker;
    if (who != null) {
      gate.refused(reason, head, who);
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", reason.status());
    body.put("detail", message);
    Reply reply = Reply.text(reason.status(), "application/problem+json", JsonWriter.write(body));
    return headed(
        switch (reason.status()) {
          case 401 ->
              reply.with(
                  List.of(
                      new Reply.Line("www-authenticate", "Bearer realm=\"gatewarden decisions\"")));
          case 405 ->
              reply.with(
                  List.of(
                      new Reply.Line("allow", path.equals(Endpoint.METADATA) ? "GET" : "POST")));
          default -> reply;
        });
  }

  private Reply headed(Reply reply) {
    String id = isPlain() ? head.headers().first(REQUEST_ID) : null;
    Reply plain =
        reply.with(
            List.of(
                new Reply.Line("cache-control", "no-store"),
                new Reply.Line("x-content-type-options", "nosniff")));
    return id == null ? plain : plain.with(List.of(new Reply.Line(REQUEST_ID, id)));
  }

  @Override
  public Reply abandon(TransportFault fault) {
    return switch (fault) {
      case BODY_TOO_LONG -> refused(AuthzenWhy.TOO_LONG, AuthzenWhy.TOO_LONG.summary());
      case BODY_TIMEOUT, BODY_MALFORMED, CALLER_GONE, CALLER_SLOW ->
          refused(AuthzenWhy.TOO_SLOW, AuthzenWhy.TOO_SLOW.summary());
      case BUDGET_EXHAUSTED, DRAINING, BUG, PROOF_ENDED ->
          refused(AuthzenWhy.BUSY, AuthzenWhy.BUSY.summary());
    };
  }

  @Override
  public boolean holds() {
    return true;
  }

  /// Each evaluation has a decision line of its own.
  @Override
  public void end(int sent, long bytesIn, long bytesOut) {
    gate.era().term().end();
  }

  @Override
  public @Nullable String id() {
    return null;
  }

  @Override
  public Reception receive(ResponseHead received) {
    throw forwarded();
  }

  @Override
  public Release release(Bytes body) {
    throw forwarded();
  }

  @Override
  public Reply unreachable(UpstreamFault fault) {
    throw forwarded();
  }

  private static GatewardenBug forwarded() {
    return new GatewardenBug("a question was forwarded");
  }
}

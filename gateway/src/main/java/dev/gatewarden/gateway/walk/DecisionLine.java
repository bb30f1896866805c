package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.decision.Combiner;
import dev.gatewarden.core.decision.Grounds;
import dev.gatewarden.core.decision.Judged;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.identity.Principal;
import dev.gatewarden.gateway.conformity.Fault;
import dev.gatewarden.gateway.pipeline.Notes;
import dev.gatewarden.gateway.recorder.JsonLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One line for one request: who, what, the decision and why. Never a token, a body, a secret, a
/// query value or an object's id.
public final class DecisionLine {
  private static final ThreadLocal<JsonLine> LINE = ThreadLocal.withInitial(JsonLine::new);

  private static final int MOST_FAULTS = 3;
  private static final int MOST_WORDS = 32;
  private static final int MOST_POLICIES = 8;

  private DecisionLine() {}

  /// What is known at the end of a walk.
  ///
  /// @param operation its full name; empty where none answers
  /// @param exchange null when the request never became one
  /// @param outcome `allowed`, `denied`, `challenged`, `answered` or `failed`
  /// @param cause the reason of a room, where no guard decided
  /// @param faults where the answer broke the contract
  /// @param generation by whose rules it was judged; empty where there is only ever one
  /// @param forwarded how often the request, or some of it, left for the service
  public record Facts(
      String id,
      long atMillis,
      String method,
      String host,
      String source,
      String operation,
      @Nullable Exchange exchange,
      int status,
      String outcome,
      @Nullable Reason cause,
      Notes notes,
      List<Fault> faults,
      long nanos,
      int forwarded,
      long upstreamNanos,
      long bytesIn,
      long bytesOut,
      String policy,
      String generation) {}

  static JsonLine write(Facts facts) {
    return write(facts, "", false);
  }

  /// The line of a question that a service asked beside a request.
  ///
  /// @param asker the service's name in the configuration; empty for a request
  /// @param stated whether nobody but the service says who the subject is
  public static JsonLine write(Facts facts, String asker, boolean stated) {
    JsonLine line = LINE.get().begin();
    line.text("id", facts.id()).instant("at", facts.atMillis()).text("asked_by", asker);
    line.text("subject_is", stated ? "stated" : "");
    line.text("method", facts.exchange() == null ? method(facts.method()) : facts.method());
    // what no API answers to is a text of the caller's
    if (facts.exchange() != null || !facts.operation().isEmpty()) {
      line.text("host", facts.host());
    }
    line.text("source", facts.source());
    Exchange exchange = facts.exchange();
    if (!facts.operation().isEmpty()) {
      line.text("operation", facts.operation());
    }
    if (exchange != null) {
      line.text("route", exchange.operation().path().text());
    }
    line.number("status", facts.status()).text("outcome", facts.outcome());
    reasons(line, "reasons", facts.cause(), facts.notes().determined());
    reasons(line, "would_deny", null, facts.notes().wouldDeny());
    about(line, facts.notes());
    grounds(line, facts.notes());
    faults(line, facts.faults());
    if (exchange != null && !exchange.principal().isNobody()) {
      principal(line, exchange.principal());
    }
    if (facts.forwarded() > 0) {
      line.number("forwarded", facts.forwarded());
    }
    line.number("duration_us", facts.nanos() / 1000);
    if (facts.upstreamNanos() > 0) {
      line.number("upstream_us", facts.upstreamNanos() / 1000);
    }
    if (facts.notes().tries() != 1) {
      line.number("attempts", facts.notes().tries());
    }
    line.number("bytes_in", facts.bytesIn()).number("bytes_out", facts.bytesOut());
    return line.text("policy", facts.policy()).text("generation", facts.generation()).end();
  }

  /// Any other method is a text of the caller's, which might say anything.
  private static String method(String method) {
    return switch (method) {
      case "GET",
          "HEAD",
          "POST",
          "PUT",
          "PATCH",
          "DELETE",
          "OPTIONS",
          "TRACE",
          "CONNECT",
          "QUERY" ->
          method;
      default -> "_OTHER";
    };
  }

  private static void reasons(
      JsonLine line, String name, @Nullable Reason cause, List<Judged> judged) {
    if (cause == null && judged.isEmpty()) {
      return;
    }
    line.beginArray(name);
    if (cause != null) {
      line.item(cause.control(), cause.name());
    }
    for (int i = 0; i < judged.size(); i++) {
      Reason reason = Combiner.reason(judged.get(i).verdict());
      if (reason != null && reason != cause) {
        line.item(reason.control(), reason.name());
      }
    }
    line.endArray();
  }

  /// What of the contract they are about: `purchase.pay`.
  private static void about(JsonLine line, Notes notes) {
    boolean any = false;
    for (int i = 0; i < notes.determined().size() + notes.wouldDeny().size(); i++) {
      int beyond = i - notes.determined().size();
      Judged judged = beyond < 0 ? notes.determined().get(i) : notes.wouldDeny().get(beyond);
      Reason reason = Combiner.reason(judged.verdict());
      if (reason != null && !reason.about().isEmpty()) {
        if (!any) {
          line.beginArray("about");
          any = true;
        }
        line.item(reason.about());
      }
    }
    if (any) {
      line.endArray();
    }
  }

  /// By which policies decision points decided: each point once.
  private static void grounds(JsonLine line, Notes notes) {
    List<Grounds> all = List.of();
    for (int i = 0; i < notes.determined().size() + notes.wouldDeny().size(); i++) {
      int beyond = i - notes.determined().size();
      Judged judged = beyond < 0 ? notes.determined().get(i) : notes.wouldDeny().get(beyond);
      Reason reason = Combiner.reason(judged.verdict());
      List<Grounds> more = reason == null ? List.of() : reason.grounds();
      for (int j = 0; j < more.size(); j++) {
        if (!all.contains(more.get(j))) {
          all = all.isEmpty() ? new ArrayList<>(2) : all;
          all.add(more.get(j));
        }
      }
    }
    if (all.isEmpty()) {
      return;
    }
    line.beginArray("decided_by");
    for (int i = 0; i < all.size(); i++) {
      Grounds grounds = all.get(i);
      line.beginObject().text("point", grounds.point()).text("policy", grounds.digest());
      if (!grounds.policies().isEmpty()) {
        line.beginArray("policies");
        for (int j = 0; j < grounds.policies().size() && j < MOST_POLICIES; j++) {
          line.item(grounds.policies().get(j));
        }
        line.endArray();
      }
      other(line, grounds.next());
      line.endObject();
    }
    line.endArray();
  }

  private static void other(JsonLine line, Grounds.@Nullable Other next) {
    if (next == null) {
      return;
    }
    line.beginObject("next").text("says", next.says()).text("policy", next.digest());
    if (!next.policies().isEmpty()) {
      line.beginArray("policies");
      for (int i = 0; i < next.policies().size() && i < MOST_POLICIES; i++) {
        line.item(next.policies().get(i));
      }
      line.endArray();
    }
    line.endObject();
  }

  /// Places of the contract, never a value: where in the answer, and which keyword.
  private static void faults(JsonLine line, List<Fault> faults) {
    if (faults.isEmpty()) {
      return;
    }
    line.beginArray("broken_at");
    for (int i = 0; i < faults.size() && i < MOST_FAULTS; i++) {
      Fault fault = faults.get(i);
      String keyword = fault.keyword().isEmpty() ? fault.sentence() : fault.keyword();
      line.item((fault.at().isEmpty() ? "" : fault.at() + " ") + keyword);
    }
    line.endArray();
  }

  private static void principal(JsonLine line, Principal principal) {
    line.beginObject("principal");
    line.text("issuer", principal.issuer()).text("subject", principal.subject());
    line.text("tenant", principal.tenant()).text("client", principal.client());
    words(line, "scopes", principal.scopes());
    words(line, "roles", principal.roles());
    words(line, "crossing", principal.crossing());
    line.endObject();
  }

  /// What was brought, so that what nobody ever brings can be found.
  private static void words(JsonLine line, String name, Set<String> words) {
    if (words.isEmpty()) {
      return;
    }
    line.beginArray(name);
    int left = MOST_WORDS;
    for (String word : words) {
      if (left-- == 0) {
        break;
      }
      line.item(word);
    }
    line.endArray();
  }
}

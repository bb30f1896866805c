package dev.gatewarden.gateway.reply;

import dev.gatewarden.core.decision.Decision.Outcome;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Reply;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Detail;
import dev.gatewarden.core.exchange.ExchangeId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The gate's refusals as problem documents (RFC 9457): a stable type for each status, the
/// decision's id, and nothing that tells a foreign object
/// from an absent one.
public final class ProblemReply {
  private static final Reply.Line TYPE = new Reply.Line("content-type", "application/problem+json");
  private static final Reply.Line NO_GUESSING = new Reply.Line("x-content-type-options", "nosniff");
  private static final Reply.Line NO_STORE = new Reply.Line("cache-control", "no-store");

  private ProblemReply() {}

  /// The answer to a decision that does not let the exchange go on.
  public static Reply of(Outcome outcome, ExchangeId id) {
    return switch (outcome) {
      case Outcome.Denied(Verdict.Deny deny) ->
          of(deny.reason(), id, deny.details(), deny.retryAfter());
      case Outcome.Challenged(Reason reason, List<String> schemes, List<Reply.Line> more) -> {
        Reply challenge = challenge(reason, id, schemes);
        yield more.isEmpty() ? challenge : challenge.with(more);
      }
      case Outcome.Answered(var _, Reply reply) -> named(reply, id);
      case Outcome.Allowed() ->
          throw new dev.gatewarden.core.GatewardenBug("an allowed exchange has no refusal");
    };
  }

  /// An answer of the gate's own that is no refusal, with the id of its decision.
  public static Reply named(Reply reply, ExchangeId id) {
    return reply.with(List.of(new Reply.Line("x-request-id", id.text())));
  }

  /// A refusal without details.
  public static Reply of(Reason reason, ExchangeId id) {
    return of(reason, id, List.of(), Duration.ZERO);
  }

  static Reply of(Reason reason, ExchangeId id, List<Detail> details, Duration retryAfter) {
    List<Reply.Line> headers = headers(id);
    if (!reason.challenge().isEmpty()) {
      headers.add(new Reply.Line("www-authenticate", reason.challenge()));
    }
    if (retryAfter.isPositive()) {
      headers.add(new Reply.Line("retry-after", Long.toString(wholeSeconds(retryAfter))));
    }
    return new Reply(reason.status(), headers, document(reason, id, details));
  }

  private static Reply challenge(Reason reason, ExchangeId id, List<String> schemes) {
    List<Reply.Line> headers = headers(id);
    for (String scheme : schemes) {
      headers.add(new Reply.Line("www-authenticate", scheme));
    }
    return new Reply(reason.status(), headers, document(reason, id, List.of()));
  }

  private static List<Reply.Line> headers(ExchangeId id) {
    List<Reply.Line> headers = new ArrayList<>(6);
    headers.add(TYPE);
    headers.add(NO_STORE);
    headers.add(NO_GUESSING);
    headers.add(new Reply.Line("x-request-id", id.text()));
    return headers;
  }

  /// RFC 9110, section 10.2.3: whole seconds; rounded up, so that who waits as told is not refused
  /// again.
  private static long wholeSeconds(Duration duration) {
    return duration.toSeconds() + (duration.toNanosPart() > 0 ? 1 : 0);
  }

  private static byte[] document(Reason reason, ExchangeId id, List<Detail> details) {
    StringBuilder text = new StringBuilder(256);
    Status status = Status.of(reason.status());
    text.append("{\"type\":\"urn:gatewarden:problem:").append(status.word());
    text.append("\",\"title\":\"").append(status.title());
    text.append("\",\"status\":").append(reason.status());
    text.append(",\"detail\":\"");
    escape(status.hidesReason() ? status.summary() : reason.summary(), text);
    text.append("\",\"instance\":\"urn:gatewarden:decision:").append(id.text()).append('"');
    if (!details.isEmpty()) {
      text.append(",\"errors\":[");
      for (int i = 0; i < details.size(); i++) {
        Detail detail = details.get(i);
        text.append(i == 0 ? "{" : ",{").append("\"instanceLocation\":\"");
        escape(detail.instanceLocation(), text);
        text.append("\",\"keywordLocation\":\"");
        escape(detail.keywordLocation(), text);
        text.append("\",\"message\":\"");
        escape(detail.message(), text);
        text.append("\"}");
      }
      text.append(']');
    }
    return text.append('}').toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void escape(String from, StringBuilder to) {
    for (int i = 0; i < from.length(); i++) {
      char c = from.charAt(i);
      if (c == '"' || c == '\\') {
        to.append('\\').append(c);
      } else if (c < 0x20) {
        to.append("\\u00")
            .append(Character.forDigit(c >> 4, 16))
            .append(Character.forDigit(c & 15, 16));
      } else {
        to.append(c);
      }
    }
  }
}

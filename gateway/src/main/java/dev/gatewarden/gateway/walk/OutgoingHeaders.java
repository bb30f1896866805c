package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.canon.TraceParent;
import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.exchange.Headers;
import dev.gatewarden.gateway.pipeline.HeaderLines;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The header lines of a request on its way to the upstream: the caller's own, without what belongs
/// to the connection, what only the gate may say,
/// and what identifies the caller; then the gate's.
final class OutgoingHeaders implements HeaderLines {
  private final Exchange exchange;
  private final List<String> named;
  private final boolean judgedByResponse;
  private final boolean decoded;
  private final boolean forwardCredentials;
  private final List<String> keys;
  private final Set<String> stripped;
  private final @Nullable String token;
  private final TraceParent trace;
  private final Iterable<Edit> edits;
  private final OwnCookies cookies;
  private final String timeout;

  /// @param judgedByResponse whether the response has to come whole and unencoded
  /// @param decoded whether the request's body travels on without its content coding
  /// @param forwardCredentials whether the caller's own credentials travel on
  /// @param keys the fields, besides `Authorization`, in which callers prove themselves
  /// @param stripped what else never travels on, in lower case
  /// @param token the token that names the caller, or null
  /// @param cookies what the service does not learn
  /// @param timeout what is left of the time that the caller waits, or empty
  OutgoingHeaders(
      Exchange exchange,
      boolean judgedByResponse,
      boolean decoded,
      boolean forwardCredentials,
      List<String> keys,
      Set<String> stripped,
      @Nullable String token,
      TraceParent trace,
      Iterable<Edit> edits,
      OwnCookies cookies,
      String timeout) {
    this.exchange = exchange;
    this.named = HeaderRules.named(exchange.request().headers());
    this.judgedByResponse = judgedByResponse;
    this.decoded = decoded;
    this.forwardCredentials = forwardCredentials;
    this.keys = keys;
    this.stripped = stripped;
    this.token = token;
    this.trace = trace;
    this.edits = edits;
    this.cookies = cookies;
    this.timeout = timeout;
  }

  @Override
  public void each(BiConsumer<String, String> line) {
    Headers headers = exchange.request().headers();
    headers.each(
        (name, value) -> {
          if (travels(name)) {
            String left =
                cookies.none() || !name.equalsIgnoreCase("cookie") ? value : cookies.without(value);
            if (left != null) {
              line.accept(name, left);
            }
          }
        });
    if (token != null) {
      line.accept("authorization", "Bearer " + token);
    }
    if (judgedByResponse) {
      line.accept("accept-encoding", "identity");
    }
    if (!timeout.isEmpty()) {
      line.accept(CallerTimeout.FIELD, timeout);
    }
    line.accept("x-request-id", exchange.id().text());
    line.accept("traceparent", trace.text());
    line.accept("x-forwarded-for", exchange.request().peer().address().toString());
    line.accept("x-forwarded-proto", exchange.request().scheme());
    line.accept("x-forwarded-host", exchange.request().host());
    for (Edit edit : edits) {
      if (edit instanceof Edit.SetRequestHeader(String name, String value)) {
        line.accept(name, value);
      }
    }
  }

  private boolean travels(String sent) {
    // Services that read fields as CGI variables take the one for the other.
    String name = sent.indexOf('_') < 0 ? sent : sent.replace('_', '-');
    if (HeaderRules.hopByHop(name)
        || name.equalsIgnoreCase(CallerTimeout.FIELD)
        || IdentityHeaders.end(name, exchange.operation(), stripped)
        || HeaderRules.forged(name)
        || HeaderRules.isNamed(named, name)
        || (judgedByResponse && HeaderRules.selective(name) && !conditionsWrite(name))
        || (decoded && HeaderRules.ofCoding(name))
        || (!forwardCredentials && (HeaderRules.credential(name) || isKey(name)))) {
      return false;
    }
    for (Edit edit : edits) {
      if (names(edit, sent)) {
        return false;
      }
    }
    return true;
  }

  /// Whether a condition keeps a write from happening: the service alone can say whether it holds.
  private boolean conditionsWrite(String name) {
    return !exchange.operation().safe()
        && (name.equalsIgnoreCase("if-match")
            || name.equalsIgnoreCase("if-none-match")
            || name.equalsIgnoreCase("if-unmodified-since"));
  }

  private boolean isKey(String name) {
    for (int i = 0; i < keys.size(); i++) {
      if (keys.get(i).equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }

  private static boolean names(Edit edit, String name) {
    return switch (edit) {
      case Edit.SetRequestHeader set -> set.name().equalsIgnoreCase(name);
      case Edit.RemoveRequestHeader remove -> remove.name().equalsIgnoreCase(name);
      case Edit.SetQuery _,
          Edit.SetResponseHeader _,
          Edit.RemoveResponseHeader _,
          Edit.AddResponseValue _,
          Edit.CutRequest _,
          Edit.WriteRequest _,
          Edit.CutBody _,
          Edit.MaskBody _,
          Edit.ReplaceBody _,
          Edit.KeepAnswer _,
          Edit.WatchLogin _,
          Edit.ChargeAnswer _,
          Edit.KeepStep _ ->
          false;
    };
  }
}

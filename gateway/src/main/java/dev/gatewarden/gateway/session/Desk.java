package dev.gatewarden.gateway.session;

import dev.gatewarden.controls.guards.intake.Source;
import dev.gatewarden.controls.guards.session.SessionCookies;
import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Reply;
import dev.gatewarden.core.decision.WouldWait;
import dev.gatewarden.core.exchange.Request;
import dev.gatewarden.core.identity.Blocks;
import dev.gatewarden.core.identity.TokenVerifier;
import dev.gatewarden.gateway.state.Sealing;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What the operations of one section share.
///
/// @param flows seals logins on their way
record Desk(
    SessionSettings settings,
    Provider provider,
    SessionStore store,
    KeptSessions sessions,
    SessionSection.Signatures signatures,
    TokenVerifier verifier,
    Blocks blocks,
    Sealing flows,
    InstantSource clock,
    RandomGenerator random) {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
  private static final long MOST_LOGINS = 300;

  /// Whether the request came over TLS, or from this machine: a browser sends our cookies over
  /// nothing else.
  static boolean encrypted(Request request) {
    return request.scheme().equals("https") || LOOPBACK.contains(request.host());
  }

  /// Leaves the event loop.
  static void mayWait() {
    if (!Thread.currentThread().isVirtual()) {
      throw WouldWait.INSTANCE;
    }
  }

  /// What each source may begin.
  static List<Claim> claims(Request request) {
    String key = "session/source/" + Source.of(request.peer().address());
    return List.of(
        Claim.take(key, 1, MOST_LOGINS, Duration.ofMinutes(1), SessionWhy.TOO_MANY).keptAlways());
  }

  /// The session cookie that a request brings, if it is one and well formed.
  @Nullable String cookie(Request request) {
    String name = settings.cookie();
    String value = SessionCookies.first(request.headers(), name);
    return value != null
            && SessionCookies.count(request.headers(), name) == 1
            && SessionCookies.wellFormed(value)
        ? value
        : null;
  }

  Reply.Line session(String value) {
    return set(
        settings.cookie(),
        value,
        settings.absolute().toSeconds(),
        settings.strict() ? "Strict" : "Lax");
  }

  Reply.Line noSession() {
    return set(settings.cookie(), "", 0, settings.strict() ? "Strict" : "Lax");
  }

  /// It comes back with a navigation that the provider starts, so it cannot be `Strict`.
  Reply.Line flow(String value) {
    return set(settings.flowCookie(), value, FlowState.LIFE.toSeconds(), "Lax");
  }

  Reply.Line noFlow() {
    return set(settings.flowCookie(), "", 0, "Lax");
  }

  private static Reply.Line set(String name, String value, long seconds, String sameSite) {
    return new Reply.Line(
        "set-cookie",
        name
            + "="
            + value
            + "; Path=/; Max-Age="
            + seconds
            + "; Secure; HttpOnly; SameSite="
            + sameSite);
  }
}

package dev.gatewarden.app.configuration;

import java.time.Duration;
import java.util.Set;

/// What must hold of the sessions that the gate keeps for browsers.
final class SessionChecks {
  private static final Duration LONGEST_SIGN_IN = Duration.ofDays(30);
  /// What the gate itself says in an authorization request.
  private static final Set<String> OF_LOGIN =
      Set.of(
          "response_type",
          "response_mode",
          "client_id",
          "client_secret",
          "redirect_uri",
          "scope",
          "state",
          "nonce",
          "code_challenge",
          "code_challenge_method",
          "acr_values",
          "max_age",
          "request",
          "request_uri",
          "client_assertion",
          "client_assertion_type");

  private SessionChecks() {}

  static void session(BrowserSession session, Remarks at) {
    at.path("at", session.at());
    at.path("after-logout", session.afterLogout());
    if (!session.scopes().contains("openid")) {
      at.add(
          "scopes",
          "without the scope `openid` nobody is told who has signed in",
          "write `scopes: [openid]` and what else is asked for");
    }
    for (String scope : session.scopes()) {
      if (scope.isEmpty() || !scope.chars().allMatch(SessionChecks::inScope)) {
        at.add("scopes", "`" + scope + "` is no scope", "a scope has no spaces and no quotes");
      }
    }
    for (String name : session.parameters().keySet()) {
      if (OF_LOGIN.contains(name)) {
        at.add("parameters", "`" + name + "` is the gate's own to say", "leave it out");
      }
    }
    at.positive("idle", session.idle());
    if (session.absolute().compareTo(session.idle()) < 0) {
      at.add("absolute", "`absolute` is shorter than `idle`", "");
    }
    if (session.absolute().compareTo(LONGEST_SIGN_IN) > 0) {
      at.add("absolute", "`absolute` is more than 30d", "let users sign in now and then");
    }
    String cookie = session.cookie();
    if (cookie != null
        && !(cookie.startsWith("__Host-")
            && cookie.length() > 7
            && cookie.length() <= 64
            && cookie
                .chars()
                .allMatch(c -> Character.isLetterOrDigit(c) && c < 128 || c == '-' || c == '_'))) {
      at.add(
          "cookie",
          "`cookie` is `"
              + cookie
              + "`; it begins with `__Host-`, so that no other host can set it",
          "write `__Host-session`, and the same name in the contract's scheme");
    }
  }

  static void client(BrowserSession.Client client, Remarks at) {
    if (client.id().isBlank()) {
      at.add("id", "a client needs a name", "");
    }
    if ((client.secret() == null) == (client.key() == null)) {
      at.add(
          "a client proves itself by a `secret` or by a `key`",
          "write `secret: env:NAME` or `key: file:keys/client.pem`");
    }
    if (client.kid() != null && client.key() == null) {
      at.add("kid", "`kid` has no effect without `key`", "leave it out");
    }
  }

  /// RFC 6749, section 3.3.
  private static boolean inScope(int c) {
    return c > ' ' && c < 0x7f && c != '"' && c != '\\';
  }
}

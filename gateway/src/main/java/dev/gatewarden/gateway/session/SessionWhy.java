package dev.gatewarden.gateway.session;

import dev.gatewarden.core.decision.Reason;

/// Why an operation of a browser session's own was answered as it was.
enum SessionWhy implements Reason {
  LOGIN_BEGUN(303, "the browser goes to the identity provider"),
  LOGGED_IN(303, "the user has signed in"),
  LOGGED_OUT(200, "the user has signed out"),
  TOLD(200, "the page learns who has signed in"),
  ENDED_BY_PROVIDER(200, "the identity provider signed the user out"),
  RETURN_ELSEWHERE(400, "a login returns to a path of the same host"),
  MALFORMED(400, "the request is not well formed"),
  NOT_A_NAVIGATION(400, "a login begins with a page that the user opens"),
  NOT_ENCRYPTED(400, "sessions need TLS"),
  /// The browser brings no login of its own on its way: it began elsewhere, is older than ten
  /// minutes, or somebody made the browser come here.
  NO_LOGIN(400, "this login did not begin in this browser"),
  /// What the provider sends back belongs to another login.
  WRONG_STATE(400, "this login did not begin in this browser"),
  /// The answer names another issuer, or none although it should (RFC 9207).
  WRONG_ISSUER(400, "this login did not begin in this browser"),
  /// The provider says that the user did not sign in.
  DENIED_BY_PROVIDER(403, "the identity provider did not let the user in"),
  /// The provider does not take the code: used before, too old, or meant for another client.
  CODE_REFUSED(403, "the sign-in could not be completed"),
  /// The ID token's signature, issuer, audience, times, nonce, age or context is not good.
  ID_TOKEN(403, "the sign-in could not be completed"),
  /// The access token is none that this gate takes: another audience, not a signed token, or
  /// another
  /// user's.
  ACCESS_TOKEN(403, "the sign-in could not be completed"),
  /// The provider, its metadata or its keys cannot be had, or say what they may not.
  PROVIDER_UNAVAILABLE(503, "the identity provider cannot be reached at the moment"),
  NO_ROOM(503, "there is no room for another session at the moment"),
  FORGED(403, "the page that sent this is not one of ours"),
  LOGOUT_TOKEN(400, "the logout token is not valid"),
  TOO_MANY(429, "too many logins from this address");

  private final int status;
  private final String summary;

  SessionWhy(int status, String summary) {
    this.status = status;
    this.summary = summary;
  }

  @Override
  public String control() {
    return "session";
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public String summary() {
    return summary;
  }
}

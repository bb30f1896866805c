package dev.gatewarden.gateway.identity.exchange;

import dev.gatewarden.core.decision.Reason;

/// Why no token for the upstream was had in place of the caller's.
public enum ExchangeWhy implements Reason {
  /// The authorization server does not answer, or keeps failing.
  UNREACHABLE(503, "the service behind the gate cannot be told who is calling at the moment"),
  /// Too many exchanges wait.
  OVERLOADED(503, "the service behind the gate cannot be told who is calling at the moment"),
  /// The authorization server refuses to exchange the caller's token.
  REFUSED(502, "the service behind the gate cannot be told who is calling"),
  /// What came back is not a token for this upstream and this caller.
  UNFIT(502, "the service behind the gate cannot be told who is calling"),
  /// The caller was proved by something else than a token.
  NO_TOKEN(502, "the service behind the gate cannot be told who is calling"),
  /// The caller was proved by a token of another issuer, which is not shown to this one.
  OTHER_ISSUER(502, "the service behind the gate cannot be told who is calling"),
  /// More stand between caller and upstream than the configuration allows.
  CHAIN_TOO_LONG(403, "too many act for the caller already");

  private final int status;
  private final String summary;

  ExchangeWhy(int status, String summary) {
    this.status = status;
    this.summary = summary;
  }

  @Override
  public String control() {
    return "token-exchange";
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

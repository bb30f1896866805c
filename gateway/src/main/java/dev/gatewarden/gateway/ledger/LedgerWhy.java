package dev.gatewarden.gateway.ledger;

import dev.gatewarden.core.decision.Reason;

/// Why a request or an answer that concerns tokens of a service is refused.
public enum LedgerWhy implements Reason {
  UNKNOWN_RENEWAL(401, "the access token is not valid"),
  NO_SUBJECT(502, "the service's answer cannot be released"),
  TWO_SUBJECTS(502, "the service's answer cannot be released"),
  UNREACHABLE(503, "sessions cannot be kept at the moment"),
  FULL(503, "no more sessions can be begun at the moment");

  private final int status;
  private final String summary;

  LedgerWhy(int status, String summary) {
    this.status = status;
    this.summary = summary;
  }

  @Override
  public String control() {
    return "ledger";
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

package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.decision.Reason;

/// Why no operation of a contract answers a request.
enum RouterWhy implements Reason {
  PREFLIGHT(204, "the gate answers a browser's question itself"),
  UNLISTED(404, "no contract lists this"),
  METHOD_NOT_LISTED(405, "this path does not take this method"),
  UPGRADE_NOT_LISTED(400, "this operation does not switch protocols"),
  MISDIRECTED(421, "this connection was made for another host");

  private final int status;
  private final String summary;

  RouterWhy(int status, String summary) {
    this.status = status;
    this.summary = summary;
  }

  @Override
  public String control() {
    return "router";
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

package dev.gatewarden.gateway.authzen;

import dev.gatewarden.core.decision.Reason;

/// Why a question is not answered.
enum AuthzenWhy implements Reason {
  NOT_PROVED(401, "nobody who may ask was proved"),
  NOT_HERE(404, "nothing is here"),
  METHOD(405, "questions are asked by POST"),
  NOT_UNDERSTOOD(400, "the question is not understood"),
  TOO_LONG(413, "the question is too long"),
  TOO_SLOW(408, "the question did not come in time"),
  SHUT_OUT(401, "the subject is shut out"),
  NO_SUBJECTS(501, "subjects cannot be listed: the gate keeps no list of callers"),
  OUT_OF_REACH(503, "what the answer rests on cannot be found out at the moment"),
  BUSY(503, "too many questions are under way");

  private final int status;
  private final String summary;

  AuthzenWhy(int status, String summary) {
    this.status = status;
    this.summary = summary;
  }

  @Override
  public String control() {
    return "authzen";
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

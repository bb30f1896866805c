package dev.gatewarden.gateway.binder;

import dev.gatewarden.core.decision.Reason;

/// Why a request cannot be bound to what the contract promises.
public enum Binding implements Reason {
  UNSUPPORTED_MEDIA_TYPE(415, "the body is of a type that this operation does not take"),
  BODY_NOT_EXPECTED(400, "this operation takes no body"),
  CONTENT_ENCODED(415, "an encoded body is not accepted"),
  CODING_BROKEN(400, "the body is not encoded as it says"),
  CODING_TOO_MUCH(413, "the body becomes longer than this operation takes"),
  CANNOT_BE_STRIPPED(
      403, "without what this caller may not write, the request is not what the contract promises"),
  OBJECT_NOT_NAMED(400, "the request does not say which object it is about"),
  ODD_ID(404, "the id is not in the form that ids of this kind have"),
  ODD_CURSOR(400, "the cursor is none that was given out; begin with the first page");

  private final int status;
  private final String summary;

  Binding(int status, String summary) {
    this.status = status;
    this.summary = summary;
  }

  @Override
  public String control() {
    return "binder";
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

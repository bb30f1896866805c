package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.decision.Reason;

/// Why a walk ended without the upstream's answer, though no guard refused.
enum Breakage implements Reason {
  UPSTREAM_REFUSED(502, "the service behind the gate cannot be reached"),
  UPSTREAM_RESET(502, "the service behind the gate broke off"),
  UPSTREAM_TIMEOUT(504, "the service behind the gate took too long"),
  UPSTREAM_FRAMING(502, "the service behind the gate answered ambiguously"),
  UPSTREAM_CODING(502, "the service behind the gate answered in a coding that was not asked for"),
  UPSTREAM_TOO_LONG(502, "the service behind the gate answered with too much"),
  UPSTREAM_OVERLOADED(503, "the service behind the gate has no room"),
  UPSTREAM_RESTING(503, "the service behind the gate failed too often and is left alone a while"),
  UPSTREAM_FULL(503, "as many requests as may be are at the service behind the gate"),
  DEADLINE_PASSED(504, "the time for this request was over before it could be forwarded"),
  UPSTREAM_SWITCHED(502, "the service behind the gate switched protocols unasked"),
  OWNED_ALREADY(502, "the service says that it created what is there already"),
  CANNOT_BE_CUT(502, "the service's answer cannot be shortened to what the caller may see"),
  ID_CANNOT_BE_SHOWN(502, "the service's answer holds an id that cannot be shown"),
  ITEM_UNREADABLE(502, "an item of the service's stream cannot be read"),
  NOT_WRITTEN_DOWN(503, "what the service did cannot be written down at the moment"),
  BODY_TOO_LONG(413, "the body is longer than this operation takes"),
  BODY_TIMEOUT(408, "the body took too long"),
  BODY_MALFORMED(400, "the body is not framed as HTTP says"),
  BUDGET_EXHAUSTED(503, "the gate has no room for another body"),
  CALLER_GONE(400, "the caller went away"),
  CALLER_SLOW(408, "the caller took the answer too slowly"),
  PROOF_ENDED(401, "the caller's proof ended while the answer was under way"),
  DRAINING(503, "the gate is stopping"),
  BUG(500, "the gate cannot answer this request");

  private final int status;
  private final String summary;

  Breakage(int status, String summary) {
    this.status = status;
    this.summary = summary;
  }

  static Breakage of(Walk.UpstreamFault fault) {
    return switch (fault) {
      case REFUSED -> UPSTREAM_REFUSED;
      case RESET -> UPSTREAM_RESET;
      case TIMEOUT -> UPSTREAM_TIMEOUT;
      case BROKEN_FRAMING -> UPSTREAM_FRAMING;
      case BODY_TOO_LONG -> UPSTREAM_TOO_LONG;
      case OVERLOADED -> UPSTREAM_OVERLOADED;
      case RESTING -> UPSTREAM_RESTING;
      case FULL -> UPSTREAM_FULL;
    };
  }

  static Breakage of(Walk.TransportFault fault) {
    return switch (fault) {
      case BODY_TOO_LONG -> BODY_TOO_LONG;
      case BODY_TIMEOUT -> BODY_TIMEOUT;
      case BODY_MALFORMED -> BODY_MALFORMED;
      case BUDGET_EXHAUSTED -> BUDGET_EXHAUSTED;
      case CALLER_GONE -> CALLER_GONE;
      case CALLER_SLOW -> CALLER_SLOW;
      case PROOF_ENDED -> PROOF_ENDED;
      case DRAINING -> DRAINING;
      case BUG -> BUG;
    };
  }

  @Override
  public String control() {
    return "transport";
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

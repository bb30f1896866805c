package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.decision.OutOfReach;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.gateway.ledger.Issuance;
import dev.gatewarden.gateway.ledger.LedgerWhy;
import org.jspecify.annotations.Nullable;

/// What one exchange does to the ledger of tokens that its service issues: asked before it is
/// forwarded, written down before its answer is released.
final class Issuing {
  private final Issuance issuance;
  private Issuance.@Nullable Asked asked;
  private boolean registered;

  Issuing(Issuance issuance) {
    this.issuance = issuance;
  }

  /// Why the request may not be forwarded, or null.
  @Nullable LedgerWhy ask(Call call) {
    if (asked != null) {
      return null;
    }
    try {
      asked = issuance.ask(call);
    } catch (OutOfReach away) {
      return LedgerWhy.UNREACHABLE;
    }
    return asked == null ? LedgerWhy.UNKNOWN_RENEWAL : null;
  }

  /// Whether the answer's body has to be held.
  boolean awaits(int status) {
    return issuance.readsAnswer(status);
  }

  /// Writes down what the answer issues or ends; once, even if RETURN has to wait and is judged
  /// again.
  ///
  /// @return why the answer may not be released, or null
  @Nullable LedgerWhy register(Call call, ResponseHead received, Bytes body) {
    Issuance.Asked here = asked;
    if (here == null || registered) {
      return null;
    }
    try {
      LedgerWhy why = issuance.answered(here, call, received.status(), received.headers(), body);
      registered = true;
      return why;
    } catch (OutOfReach away) {
      return LedgerWhy.UNREACHABLE;
    }
  }
}

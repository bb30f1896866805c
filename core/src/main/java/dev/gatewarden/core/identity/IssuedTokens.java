package dev.gatewarden.core.identity;

/// The tokens of one ledger: those that a service was seen to issue, and no others. A port.
public interface IssuedTokens {

  /// Whose a presented token is.
  ///
  /// @throws dev.gatewarden.core.decision.WouldWait on an event loop when the answer is not at hand
  Verification verify(String token);

  /// The same for a connection that a token opened: the token is not used by it, so its idle time
  /// goes on.
  default Verification look(String token) {
    return verify(token);
  }

  /// The answer to a presented token.
  sealed interface Verification {
    /// The gate saw it being issued, and nothing ended it since.
    record Verified(Proof proof) implements Verification {}

    /// It opens nothing.
    record Refused(Fault fault) implements Verification {}
  }

  /// Why a token opens nothing. Told to the operator; the caller learns `invalid_token`.
  enum Fault {
    /// The gate did not see it being issued, or it ended: forged, logged out, or too long unused.
    UNKNOWN,
    EXPIRED,
    /// Everything of its subject was ended after it was issued.
    ENDED,
    /// It buys new tokens and nothing else.
    RENEWAL,
    /// The ledger is out of reach: nobody can say.
    UNREACHABLE
  }
}

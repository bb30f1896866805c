package dev.gatewarden.core.identity;

/// Proves signed tokens of one issuer; verified ones may come from a cache, whose hit checks
/// expiry, revocation and key withdrawal again.
public interface TokenVerifier {

  /// What a token proves, or why it proves nothing.
  ///
  /// @param token the compact serialization (RFC 7515, section 7.1), as it was presented
  /// @throws dev.gatewarden.core.decision.WouldWait on an event loop when the answer is not at hand
  Verification verify(String token);

  /// The answer to a token.
  sealed interface Verification {
    /// The token is good. Kept in the cache as it is, so a hit allocates nothing.
    record Verified(Proof proof) implements Verification {}

    /// The token is refused.
    record Refused(Fault fault) implements Verification {}
  }

  /// Why a token proves nothing (RFC 7519, 8725, 9068). Told to the operator; the caller learns
  /// `invalid_token`.
  enum Fault {
    MALFORMED,
    ALGORITHM,
    UNKNOWN_KEY,
    SIGNATURE,
    TYPE,
    ISSUER,
    AUDIENCE,
    EXPIRED,
    NOT_YET_VALID,
    LIFETIME,
    MISSING_CLAIM,
    REVOKED,
    /// The issuer's keys cannot be had: nobody can say whether the token is good.
    KEYS_UNAVAILABLE,
    /// Too many unproved tokens wait already.
    OVERLOADED
  }
}

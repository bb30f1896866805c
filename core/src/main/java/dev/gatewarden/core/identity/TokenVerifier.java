package dev.gatewarden.core.identity;

import dev.gatewarden.core.address.Ip;

/// Proves signed tokens of one issuer; verified ones may come from a cache, whose hit checks
/// expiry, revocation and key withdrawal again.
public interface TokenVerifier {

  /// What a token proves, or why it proves nothing.
  ///
  /// @param token the compact serialization (RFC 7515, section 7.1; RFC 7516, section 7.1), as it
  ///     was
  ///     presented
  /// @param source the network address it comes from; one that keeps bringing forged tokens is
  ///     refused before a signature is computed for it
  /// @throws dev.gatewarden.core.decision.WouldWait on an event loop when the answer is not at hand
  Verification verify(String token, Ip source);

  /// Whether a token says of itself that it is for this verifier and no other: by its issuer
  /// and its audience, of which nothing is proved.
  default boolean isNamedIn(String token) {
    return false;
  }

  /// Whether nothing but asking its issuer can say what a token is worth.
  default boolean asksAbout(String token) {
    return false;
  }

  /// Takes back that a token which was refused here counts against its source: another issuer
  /// vouches for it.
  default void pardon(String token, Ip source) {}

  /// Whether each token may be used once.
  default boolean once() {
    return false;
  }

  /// Whether a token was proved lately and still holds. Never waits; false where only verifying it
  /// could say.
  default boolean isProved(String token) {
    return false;
  }

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
    /// Accepted only by an exception, which has ended.
    EXCEPTION_OVER,
    REVOKED,
    /// Encrypted, and no key here opens it (RFC 7516).
    DECRYPTION,
    /// Not looked at: its source brought too many tokens that nobody had signed.
    FAILING_SOURCE,
    /// The issuer was asked, and says that the token is not good, or not any more.
    INACTIVE,
    /// The issuer was asked and did not answer: nobody can say whether the token is good.
    UNANSWERED,
    /// The issuer's keys cannot be had: nobody can say whether the token is good.
    KEYS_UNAVAILABLE,
    /// The issuer's status list cannot be had: nobody can say whether the token was withdrawn.
    STATUS_UNAVAILABLE,
    /// Too many unproved tokens wait already.
    OVERLOADED
  }
}

package dev.gatewarden.core.identity;

/// What the tokens of an issuer have to be bound to, and who reads the proofs of those that are.
///
/// A token that is bound is always held to it; the demand says whether one that is not is accepted.
public record Possession(Demand demand, KeyProofs proofs) {

  /// Tokens as they come; bound ones are refused, since nobody reads their proofs.
  public static final Possession NONE = new Possession(Demand.NONE, KeyProofs.NONE);

  /// What a token must be bound to.
  public enum Demand {
    /// Nothing.
    NONE,
    /// A key (RFC 9449) or a certificate (RFC 8705).
    ANY,
    /// A key.
    DPOP,
    /// A certificate.
    MTLS
  }
}

package dev.gatewarden.core.identity;

/// Who proves what one security scheme of a contract asks for: what the configuration's `security`
/// names for the scheme.
public sealed interface Prover {

  /// Tokens of one issuer.
  ///
  /// @param possession what they have to be bound to
  record Tokens(TokenVerifier verifier, Possession possession) implements Prover {
    /// Tokens that nothing has to be bound to, and bound ones that nobody can judge.
    public Tokens(TokenVerifier verifier) {
      this(verifier, Possession.NONE);
    }
  }

  /// Client certificates that lead to one bundle.
  record Certificates(CertificateVerifier verifier) implements Prover {}

  /// Signed events of one sender.
  record Events(Sender sender) implements Prover {}

  /// API keys of one ring.
  record Keys(ApiKeys keys) implements Prover {}

  /// Tokens that a service issues, as a ledger saw them pass.
  record Issued(IssuedTokens tokens) implements Prover {}

  /// Cookies of sessions that the gate itself keeps.
  record Browser(BrowserSessions sessions) implements Prover {}
}

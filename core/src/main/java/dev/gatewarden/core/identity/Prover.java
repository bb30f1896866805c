package dev.gatewarden.core.identity;

/// Who proves what one security scheme of a contract asks for: what the configuration's `security`
/// names for the scheme.
public sealed interface Prover {

  /// Tokens of one issuer.
  record Tokens(TokenVerifier verifier) implements Prover {}

  /// Signed events of one sender.
  record Events(Sender sender) implements Prover {}
}

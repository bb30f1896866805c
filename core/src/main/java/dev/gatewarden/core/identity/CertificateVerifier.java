package dev.gatewarden.core.identity;

import java.security.cert.X509Certificate;
import java.util.List;

/// Proves client certificates by one trust bundle. A port; what was proved may come from a cache
/// that looks at expiry, revocation and the bundle again.
public interface CertificateVerifier {

  /// What a certificate proves, or why it proves nothing. That its holder has the key, the TLS
  /// handshake has shown.
  ///
  /// @param chain the caller's own certificate, its issuers behind it; never empty
  /// @throws dev.gatewarden.core.decision.WouldWait on an event loop when the answer is not at hand
  Verification verify(List<X509Certificate> chain);

  /// The answer to a certificate.
  sealed interface Verification {
    /// It is good, and names this caller.
    record Verified(Proof proof) implements Verification {}

    /// It is refused.
    record Refused(Fault fault) implements Verification {}
  }

  /// Why a certificate proves nothing (RFC 5280). Told to the operator; the caller learns that it
  /// is
  /// not valid.
  enum Fault {
    /// No path leads to the bundle within its constraints.
    UNTRUSTED,
    EXPIRED,
    NOT_YET_VALID,
    /// Made for something else than proving a client.
    PURPOSE,
    /// A key or a signature algorithm that is too weak.
    WEAK,
    REVOKED,
    /// No list that is up to date says whether it is revoked.
    REVOCATION_UNKNOWN,
    /// No name of the kind that is configured.
    NO_NAME,
    /// Several names of that kind: nobody knows which of them calls.
    SEVERAL_NAMES,
    MALFORMED_NAME,
    /// A workload of another trust domain.
    TRUST_DOMAIN,
    /// A name that is not among those that are known.
    UNKNOWN_NAME,
    /// Too many certificates wait to be checked.
    OVERLOADED
  }
}

package dev.gatewarden.core.identity;

/// Reads what a caller signs to show that it holds a key: DPoP proofs (RFC 9449). A port.
public interface KeyProofs {

  /// Reads nothing: where nobody was set up to read proofs, no bound token is good.
  KeyProofs NONE =
      new KeyProofs() {
        @Override
        public Read read(String proof) {
          return Read.UNREADABLE;
        }

        @Override
        public String nonce() {
          return "";
        }

        @Override
        public boolean isFresh(String nonce) {
          return false;
        }
      };

  /// What a proof says, before anybody knows whether its signature is good. Computes nothing dear.
  ///
  /// @param proof the compact serialization (RFC 7515, section 7.1), as it was presented
  Read read(String proof);

  /// The nonce that the next proof shall carry; the same for a while, and known again by every gate
  /// that holds the same key.
  String nonce();

  /// Whether a nonce was given out lately.
  boolean isFresh(String nonce);

  /// What comes of reading a proof.
  sealed interface Read {
    Read UNREADABLE = new Unreadable(Fault.MALFORMED);

    /// It is a proof in form.
    record Said(Statement statement, Signature signature) implements Read {}

    /// It is none.
    record Unreadable(Fault fault) implements Read {}
  }

  /// Why a text is no proof at all.
  enum Fault {
    MALFORMED,
    /// Another type than `dpop+jwt`.
    TYPE,
    /// No asymmetric algorithm that is known here.
    ALGORITHM,
    /// No public key that fits the algorithm: absent, private, weak, meant for something else.
    KEY
  }

  /// What a proof claims (RFC 9449, section 4.2). Texts are empty where it does not say them.
  ///
  /// @param algorithm by its name in `alg`
  /// @param thumbprint of the key that the proof brings along (RFC 7638, SHA-256)
  /// @param method `htm`
  /// @param uri `htu`
  /// @param issuedAt `iat`, in seconds since 1970
  /// @param id `jti`
  /// @param tokenDigest `ath`
  /// @param nonce `nonce`
  record Statement(
      String algorithm,
      String thumbprint,
      String method,
      String uri,
      long issuedAt,
      String id,
      String tokenDigest,
      String nonce) {}

  /// The signature of a proof, not yet checked.
  @FunctionalInterface
  interface Signature {

    /// Checks it by the key that the proof brings along.
    ///
    /// @throws dev.gatewarden.core.decision.WouldWait on an event loop: it takes long
    Checked check();
  }

  /// What a signature turned out to be.
  enum Checked {
    GOOD,
    BAD,
    /// Too many proofs wait already.
    OVERLOADED
  }
}

package dev.gatewarden.core.identity;

/// The API keys of one ring. A port that answers from memory and never waits.
public interface ApiKeys {

  /// What a presented text is.
  Verification verify(String presented);

  /// The answer to a presented text.
  sealed interface Verification {
    /// A good key. Kept as it is with the key, so that a known caller allocates nothing.
    ///
    /// @param key what it opens
    /// @param proof who calls with it
    record Verified(ApiKey key, Proof proof) implements Verification {}

    /// No good key.
    record Refused(Fault fault) implements Verification {}
  }

  /// Why a text opens nothing. Told to the operator; the caller learns no more than that.
  enum Fault {
    /// It has not the shape of a key.
    MALFORMED,
    /// It has the shape, and a checksum that does not fit: mistyped, cut, or made up.
    CHECKSUM,
    /// Nobody issued a key of that id.
    UNKNOWN,
    /// The id is right, the secret is not.
    SECRET,
    /// It belongs to another ring.
    OTHER_RING,
    /// It is of another environment, such as a key of `test` that was brought to `live`.
    ENVIRONMENT,
    EXPIRED,
    REVOKED,
    LEAKED
  }
}

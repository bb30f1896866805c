package dev.gatewarden.core.exchange;

/// The kind of promise that a message breaks, so that a refusal can say so by its code.
public enum Breach {
  /// None: the message conforms.
  NONE,
  /// A value is not what its schema says, or the message cannot be read at all.
  SCHEMA,
  /// A required parameter is not there.
  MISSING_PARAMETER,
  /// A parameter that has one value is given more than once, or under several spellings.
  REPEATED_PARAMETER,
  /// A parameter that the operation does not have.
  UNDECLARED_PARAMETER,
  /// A header of the response that is not what the contract promises.
  RESPONSE_HEADER,
  /// A content type that the contract does not promise for this status.
  UNDECLARED_TYPE,
  /// A status that the contract does not promise.
  UNDECLARED_STATUS;

  /// The one to speak of where there are two: what is there though it should not be goes before
  /// what is wrong or missing.
  public Breach or(Breach other) {
    return compareTo(other) >= 0 ? this : other;
  }
}

package dev.gatewarden.gateway.binder.body;

/// What the content of a part stands for.
enum PartKind {
  /// A string.
  TEXT,
  /// A number, a boolean or null, as JSON writes it.
  SCALAR,
  /// What reads as a scalar is one; anything else is a string.
  EITHER,
  /// A JSON document of its own.
  JSON,
  /// Bytes.
  FILE,
  /// Bytes, written in base64.
  BASE64,
  /// Whatever the part says it is.
  ANY;

  /// What two schemas of one part agree on.
  PartKind or(PartKind other) {
    if (this == other) {
      return this;
    }
    boolean plain = isPlain() && other.isPlain();
    return plain ? EITHER : ANY;
  }

  private boolean isPlain() {
    return this == TEXT || this == SCALAR || this == EITHER;
  }
}

package dev.gatewarden.core.exchange;

/// A named place in the fixed order in which an Exchange is judged.
public enum Stage {
  /// Before anything is known of the caller: source, size, shape.
  INTAKE,
  /// Who is calling, proved.
  IDENTIFY,
  /// Whether this caller may be here at all, and how often.
  ADMIT,
  /// Whether the message is what the contract promised.
  CONFORM,
  /// Whether this caller may do this to this object and these properties.
  AUTHORIZE,
  /// What must happen once: event ids, idempotency keys.
  COMMIT,
  /// The upstream's answer, before it is released.
  RETURN
}

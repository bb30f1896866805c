package dev.gatewarden.core.schema;

/// What happens to a field that no part of a composition declares, where the schema itself does not
/// say.
public enum UnknownFields {
  /// It is a violation.
  REFUSE,
  /// It passes, and its span is kept under [Spans#UNKNOWN].
  OBSERVE,
  /// It passes.
  ALLOW
}

package dev.gatewarden.core.schema;

/// Which way a document travels, which decides what `readOnly` and `writeOnly` mean.
public enum Direction {
  /// From the caller to the service: `readOnly` fields are refused and never required.
  REQUEST,
  /// From the service to the caller: `writeOnly` fields are refused and never required.
  RESPONSE,
  /// Neither word counts.
  BOTH
}

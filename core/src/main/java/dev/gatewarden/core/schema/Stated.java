package dev.gatewarden.core.schema;

/// How far a schema is believed that says in which language it is written.
public enum Stated {
  /// `$schema` is not looked at: whoever asks knows better.
  IGNORED,
  /// It names a dialect. No metaschema switches anything off; for contracts, where whoever writes a
  /// schema could otherwise switch the gate's judgement off.
  DIALECT,
  /// The vocabularies of a metaschema count as well, down to no assertions at all.
  VOCABULARIES
}

package dev.gatewarden.core.schema;

/// How the keywords of one schema resource are read: its dialect, and which vocabularies count
/// (JSON Schema 2020-12 core, section 8.1.2).
///
/// @param applies     whether keywords that hold other schemas count
/// @param validates   whether the plain assertions count
/// @param unevaluated whether `unevaluatedProperties` and `unevaluatedItems` count
/// @param formats     whether the metaschema itself makes `format` a promise
record Language(
    Dialect dialect, boolean applies, boolean validates, boolean unevaluated, boolean formats) {

  static Language of(Dialect dialect) {
    return new Language(dialect, true, true, true, false);
  }
}

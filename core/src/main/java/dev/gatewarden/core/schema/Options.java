package dev.gatewarden.core.schema;

import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.References;

/// How a schema is to be read.
///
/// @param dialect       the language it is written in
/// @param direction     which way its documents travel
/// @param unknownFields what an undeclared field means
/// @param assertFormats whether `format` is a promise (the default) or only a note
/// @param stated        how far `$schema` is believed
/// @param references    where other documents are found
/// @param bounds        what no document may exceed
/// @param labels        the labels authors put on schemas
public record Options(
    Dialect dialect,
    Direction direction,
    UnknownFields unknownFields,
    boolean assertFormats,
    Stated stated,
    References references,
    Bounds bounds,
    Labels labels) {

  /// Only references within the schema itself lead anywhere.
  public static final References NOWHERE =
      (reference, from) ->
          new References.Resolution.Missing(
              new Problem(from, "the reference `" + reference + "` leads nowhere"));

  /// The plain reading of a dialect: both directions, undeclared fields as the schema says, formats
  /// asserted, vocabularies as a metaschema states them, except in contracts.
  public static Options of(Dialect dialect) {
    return new Options(
        dialect,
        Direction.BOTH,
        UnknownFields.ALLOW,
        true,
        dialect.openApi() ? Stated.DIALECT : Stated.VOCABULARIES,
        NOWHERE,
        Bounds.DEFAULT,
        Labels.NONE);
  }

  public Options direction(Direction value) {
    return new Options(
        dialect, value, unknownFields, assertFormats, stated, references, bounds, labels);
  }

  public Options unknownFields(UnknownFields value) {
    return new Options(
        dialect, direction, value, assertFormats, stated, references, bounds, labels);
  }

  public Options assertFormats(boolean value) {
    return new Options(
        dialect, direction, unknownFields, value, stated, references, bounds, labels);
  }

  public Options stated(Stated value) {
    return new Options(
        dialect, direction, unknownFields, assertFormats, value, references, bounds, labels);
  }

  public Options references(References value) {
    return new Options(
        dialect, direction, unknownFields, assertFormats, stated, value, bounds, labels);
  }

  public Options bounds(Bounds value) {
    return new Options(
        dialect, direction, unknownFields, assertFormats, stated, references, value, labels);
  }

  public Options labels(Labels value) {
    return new Options(
        dialect, direction, unknownFields, assertFormats, stated, references, bounds, value);
  }
}

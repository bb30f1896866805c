package dev.gatewarden.core.schema;

import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.References;

/// How a schema is to be read.
///
/// @param dialect       the language it is written in
/// @param direction     which way its documents travel
/// @param unknownFields what an undeclared field means
/// @param assertFormats whether `format` is a promise (the default) or only a note
/// @param vocabularies whether a metaschema of one's own may switch vocabularies off; never in a
///     contract, where whoever writes a schema could switch the gate's judgement off
/// @param references    where other documents are found
/// @param bounds        what no document may exceed
/// @param labels        the labels authors put on schemas
public record Options(
    Dialect dialect,
    Direction direction,
    UnknownFields unknownFields,
    boolean assertFormats,
    boolean vocabularies,
    References references,
    Bounds bounds,
    Labels labels) {

  /// Only references within the schema itself lead anywhere.
  public static final References NOWHERE =
      (reference, from) ->
          new References.Resolution.Missing(
              new Problem(from, "the reference `" + reference + "` leads nowhere"));

  /// The plain reading of a dialect: both directions, undeclared fields as the schema says, formats
  /// asserted, vocabularies as
  /// a metaschema states them, except in contracts.
  public static Options of(Dialect dialect) {
    return new Options(
        dialect,
        Direction.BOTH,
        UnknownFields.ALLOW,
        true,
        !dialect.openApi(),
        NOWHERE,
        Bounds.DEFAULT,
        Labels.NONE);
  }

  public Options direction(Direction value) {
    return new Options(
        dialect, value, unknownFields, assertFormats, vocabularies, references, bounds, labels);
  }

  public Options unknownFields(UnknownFields value) {
    return new Options(
        dialect, direction, value, assertFormats, vocabularies, references, bounds, labels);
  }

  public Options assertFormats(boolean value) {
    return new Options(
        dialect, direction, unknownFields, value, vocabularies, references, bounds, labels);
  }

  public Options vocabularies(boolean value) {
    return new Options(
        dialect, direction, unknownFields, assertFormats, value, references, bounds, labels);
  }

  public Options references(References value) {
    return new Options(
        dialect, direction, unknownFields, assertFormats, vocabularies, value, bounds, labels);
  }

  public Options bounds(Bounds value) {
    return new Options(
        dialect, direction, unknownFields, assertFormats, vocabularies, references, value, labels);
  }

  public Options labels(Labels value) {
    return new Options(
        dialect, direction, unknownFields, assertFormats, vocabularies, references, bounds, value);
  }
}

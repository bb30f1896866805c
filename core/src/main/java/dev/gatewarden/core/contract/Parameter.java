package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Place;
import org.jspecify.annotations.Nullable;

/// A parameter of an operation, or a header of a response.
///
/// @param name as written; header names are compared without case
/// @param schema what the value must be; the empty schema where the contract gives none
/// @param style how a list or an object is written as text
/// @param explode whether each item or member is written by itself
/// @param mediaType set when the value is itself a document (`content` instead of `schema`), else
///     null
/// @param allowReserved whether reserved characters may stand unencoded in a query value
/// @param allowEmptyValue whether the name may stand in the query without a value
public record Parameter(
    In in,
    String name,
    boolean required,
    SchemaSource schema,
    Style style,
    boolean explode,
    @Nullable String mediaType,
    boolean allowReserved,
    boolean allowEmptyValue,
    Place place) {

  /// Where a parameter travels.
  public enum In {
    PATH,
    QUERY,
    HEADER,
    COOKIE,
    /// OpenAPI 3.2: the whole query text is one document.
    QUERYSTRING
  }

  /// How a value is written as text (OpenAPI, "Style Values").
  public enum Style {
    SIMPLE,
    LABEL,
    MATRIX,
    FORM,
    SPACE_DELIMITED,
    PIPE_DELIMITED,
    DEEP_OBJECT,
    /// OpenAPI 3.2.
    COOKIE
  }
}

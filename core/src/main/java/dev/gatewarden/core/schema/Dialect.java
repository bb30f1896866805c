package dev.gatewarden.core.schema;

/// The language a schema is written in.
public enum Dialect {
  /// OpenAPI 3.0: `nullable`, boolean exclusive bounds, nothing counts beside a `$ref`.
  OPENAPI_3_0,
  /// OpenAPI 3.1: JSON Schema 2020-12 with `discriminator`.
  OPENAPI_3_1,
  DRAFT_2020_12,
  DRAFT_7,
  DRAFT_4;

  /// Whether a `$ref` silences every keyword beside it.
  boolean referenceStandsAlone() {
    return this == OPENAPI_3_0 || this == DRAFT_7 || this == DRAFT_4;
  }

  boolean openApi() {
    return this == OPENAPI_3_0 || this == OPENAPI_3_1;
  }

  /// Whether the keywords that came with 2019-09 and 2020-12 count.
  boolean modern() {
    return this != DRAFT_7 && this != DRAFT_4;
  }

  /// Whether `dependencies`, `additionalItems` and arrays under `items` count.
  boolean legacy() {
    return !(this == OPENAPI_3_1 || this == DRAFT_2020_12);
  }
}

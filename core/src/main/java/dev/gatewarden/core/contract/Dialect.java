package dev.gatewarden.core.contract;

/// The language in which a contract writes its schemas.
public enum Dialect {
  /// OpenAPI 3.0: `nullable`, boolean `exclusiveMinimum`, siblings of `$ref` ignored.
  OPENAPI_3_0,
  /// OpenAPI 3.1 and later: JSON Schema 2020-12 with OpenAPI's own words.
  OPENAPI_3_1
}

package dev.gatewarden.core.contract;

/// The language in which a contract writes its schemas.
public enum Dialect {
  /// OpenAPI 3.0: `nullable`, boolean `exclusiveMinimum`, siblings of `$ref` ignored.
  OPENAPI_3_0,
  /// OpenAPI 3.1 and later: JSON Schema 2020-12 with OpenAPI's own words.
  OPENAPI_3_1;

  /// The same to whoever compiles its schemas.
  public dev.gatewarden.core.schema.Dialect ofSchemas() {
    return switch (this) {
      case OPENAPI_3_0 -> dev.gatewarden.core.schema.Dialect.OPENAPI_3_0;
      case OPENAPI_3_1 -> dev.gatewarden.core.schema.Dialect.OPENAPI_3_1;
    };
  }
}

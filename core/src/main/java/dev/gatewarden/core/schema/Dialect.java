package dev.gatewarden.core.schema;

import org.jspecify.annotations.Nullable;

/// The language a schema is written in.
public enum Dialect {
  /// OpenAPI 3.0: `nullable`, boolean exclusive bounds, nothing counts beside a `$ref`.
  OPENAPI_3_0,
  /// OpenAPI 3.1: JSON Schema 2020-12 with `discriminator`.
  OPENAPI_3_1,
  DRAFT_2020_12,
  DRAFT_2019_09,
  DRAFT_7,
  DRAFT_6,
  DRAFT_4;

  private static final String OPENAPI = "https://spec.openapis.org/oas/3.1/dialect/";
  private static final String DRAFTS = "json-schema.org/";

  /// The dialect a `$schema` names, or null for a metaschema that others wrote.
  ///
  /// The scheme may be either of `http` and `https`, and an empty fragment is no difference.
  static @Nullable Dialect named(String metaschema) {
    if (metaschema.startsWith(OPENAPI)) {
      return OPENAPI_3_1;
    }
    int from = metaschema.startsWith("https://") ? 8 : metaschema.startsWith("http://") ? 7 : -1;
    if (from < 0 || !metaschema.startsWith(DRAFTS, from)) {
      return null;
    }
    int to = metaschema.endsWith("#") ? metaschema.length() - 1 : metaschema.length();
    return switch (metaschema.substring(from + DRAFTS.length(), to)) {
      case "draft/2020-12/schema" -> DRAFT_2020_12;
      case "draft/2019-09/schema" -> DRAFT_2019_09;
      case "draft-07/schema" -> DRAFT_7;
      case "draft-06/schema" -> DRAFT_6;
      case "draft-04/schema" -> DRAFT_4;
      default -> null;
    };
  }

  /// Whether a `$ref` silences every keyword beside it.
  boolean referenceStandsAlone() {
    return this == OPENAPI_3_0 || this == DRAFT_7 || this == DRAFT_6 || this == DRAFT_4;
  }

  boolean openApi() {
    return this == OPENAPI_3_0 || this == OPENAPI_3_1;
  }

  /// Whether the keywords that came with 2019-09 count.
  boolean modern() {
    return this != DRAFT_7 && this != DRAFT_6 && this != DRAFT_4;
  }

  /// Whether `prefixItems` and what else came with 2020-12 counts.
  boolean newest() {
    return this == OPENAPI_3_1 || this == DRAFT_2020_12 || this == OPENAPI_3_0;
  }

  /// Whether arrays under `items`, and `additionalItems`, count.
  boolean tuples() {
    return !(this == OPENAPI_3_1 || this == DRAFT_2020_12);
  }

  /// Whether `if`, `then` and `else` count.
  boolean conditional() {
    return this != DRAFT_6 && this != DRAFT_4;
  }
}

package dev.gatewarden.core.schema;

/// The word a violation is known by: a keyword of JSON Schema, or one of the gate's own for what no
/// schema says.
public enum Keyword {
  TYPE("type"),
  ENUM("enum"),
  CONST("const"),
  MULTIPLE_OF("multipleOf"),
  MAXIMUM("maximum"),
  EXCLUSIVE_MAXIMUM("exclusiveMaximum"),
  MINIMUM("minimum"),
  EXCLUSIVE_MINIMUM("exclusiveMinimum"),
  MAX_LENGTH("maxLength"),
  MIN_LENGTH("minLength"),
  PATTERN("pattern"),
  FORMAT("format"),
  CONTENT_ENCODING("contentEncoding"),
  CONTENT_MEDIA_TYPE("contentMediaType"),
  MAX_ITEMS("maxItems"),
  MIN_ITEMS("minItems"),
  UNIQUE_ITEMS("uniqueItems"),
  CONTAINS("contains"),
  MAX_CONTAINS("maxContains"),
  MIN_CONTAINS("minContains"),
  MAX_PROPERTIES("maxProperties"),
  MIN_PROPERTIES("minProperties"),
  REQUIRED("required"),
  DEPENDENT_REQUIRED("dependentRequired"),
  PROPERTY_NAMES("propertyNames"),
  ALL_OF("allOf"),
  ANY_OF("anyOf"),
  ONE_OF("oneOf"),
  NOT("not"),
  IF("if"),
  DEPENDENT_SCHEMAS("dependentSchemas"),
  DISCRIMINATOR("discriminator"),
  READ_ONLY("readOnly"),
  WRITE_ONLY("writeOnly"),
  /// A schema that is the word `false`: nothing may stand here.
  NEVER("false"),
  /// A field that nothing declares.
  UNKNOWN_FIELD("unknownField"),
  /// A field that nothing declares, under a name that some readers take for a declared one.
  LOOKALIKE_FIELD("lookalikeField"),
  /// Not JSON (RFC 8259).
  SYNTAX("json"),
  /// Text that is not UTF-8, or half a surrogate pair.
  ENCODING("encoding"),
  DUPLICATE_KEY("duplicateKey"),
  MAX_DEPTH("maxDepth"),
  MAX_KEYS("maxKeys"),
  MAX_STRING_BYTES("maxStringBytes"),
  MAX_NUMBER("maxNumberDigits"),
  MAX_SPANS("maxMarkedValues"),
  MAX_STEPS("maxSteps");

  private final String word;

  Keyword(String word) {
    this.word = word;
  }

  /// The word as it stands in a schema or an error.
  public String word() {
    return word;
  }
}

package dev.gatewarden.core.schema.metaschema;

/// Keywords by what may stand behind them; it writes the `properties` of a metaschema.
///
/// Single quotes stand for double ones.
final class Table {
  static final String TEXT = "{'type':'string'}";
  static final String ADDRESS = "{'type':'string','format':'uri'}";
  static final String REFERENCE = "{'type':'string','format':'uri-reference'}";
  static final String PATTERN = "{'type':'string','format':'regex'}";
  static final String FLAG = "{'type':'boolean'}";
  static final String NUMBER = "{'type':'number'}";
  static final String STEP = "{'type':'number','exclusiveMinimum':0}";
  static final String LIST = "{'type':'array','items':true}";
  static final String ANYTHING = "true";

  private final StringBuilder text = new StringBuilder();

  /// What one or several keywords, separated by spaces, are described by.
  Table put(String keywords, String shape) {
    for (String keyword : keywords.split(" ", -1)) {
      text.append(text.isEmpty() ? "" : ",")
          .append('\'')
          .append(keyword)
          .append("':")
          .append(shape);
    }
    return this;
  }

  String properties() {
    return "'properties':{" + text + "}";
  }

  static String refer(String reference) {
    return "{'$ref':'" + reference + "'}";
  }

  static String mapOf(String shape) {
    return "{'type':'object','additionalProperties':" + shape + "}";
  }

  static String either(String one, String other) {
    return "{'anyOf':[" + one + "," + other + "]}";
  }

  /// A list of one or more.
  static String listOf(String shape) {
    return "{'type':'array','minItems':1,'items':" + shape + "}";
  }

  /// What `type` may say, where the types have a definition of their own.
  static String types(String simple) {
    return either(
        simple, "{'type':'array','minItems':1,'uniqueItems':true,'items':" + simple + "}");
  }

  static final String SIMPLE_TYPES =
      "{'enum':['array','boolean','integer','null','number','object','string']}";
}

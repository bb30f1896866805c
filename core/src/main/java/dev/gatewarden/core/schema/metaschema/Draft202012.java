package dev.gatewarden.core.schema.metaschema;

import static dev.gatewarden.core.schema.metaschema.Table.FLAG;
import static dev.gatewarden.core.schema.metaschema.Table.TEXT;
import static dev.gatewarden.core.schema.metaschema.Table.either;
import static dev.gatewarden.core.schema.metaschema.Table.listOf;
import static dev.gatewarden.core.schema.metaschema.Table.mapOf;
import static dev.gatewarden.core.schema.metaschema.Table.refer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The metaschema of draft 2020-12 and those of its vocabularies.
final class Draft202012 {
  private static final String ADDRESS = "https://json-schema.org/draft/2020-12/";
  private static final String SELF = "{'$dynamicRef':'#meta'}";
  private static final List<String> VOCABULARIES =
      List.of(
          "core",
          "applicator",
          "unevaluated",
          "validation",
          "meta-data",
          "format-annotation",
          "content");

  private Draft202012() {}

  static @Nullable String text(String name) {
    return switch (name) {
      case "schema" -> schema();
      case "meta/core" -> vocabulary(name, core(), CORE_NAMES);
      case "meta/applicator" -> vocabulary(name, applicator(), schemaArray(SELF));
      case "meta/unevaluated" ->
          vocabulary(name, new Table().put("unevaluatedItems unevaluatedProperties", SELF), "");
      case "meta/validation" -> vocabulary(name, validation(), COUNTS);
      case "meta/meta-data" -> vocabulary(name, metadata(), "");
      case "meta/format-annotation", "meta/format-assertion" ->
          vocabulary(name, new Table().put("format", TEXT), "");
      case "meta/content" -> vocabulary(name, content(SELF), "");
      default -> null;
    };
  }

  private static String schema() {
    StringBuilder counted = new StringBuilder();
    StringBuilder parts = new StringBuilder();
    for (String word : VOCABULARIES) {
      String comma = counted.isEmpty() ? "" : ",";
      counted.append(comma).append('\'').append(ADDRESS).append("vocab/").append(word);
      counted.append("':true");
      parts.append(comma).append(refer("meta/" + word));
    }
    Table older =
        new Table()
            .put("definitions", mapOf(SELF))
            .put("dependencies", mapOf(either(SELF, refer("meta/validation#/$defs/stringArray"))))
            .put("$recursiveAnchor", refer("meta/core#/$defs/anchorString"))
            .put("$recursiveRef", refer("meta/core#/$defs/uriReferenceString"));
    return head("schema")
        + "'$vocabulary':{"
        + counted
        + "},'allOf':["
        + parts
        + "],"
        + older.properties()
        + "}";
  }

  private static String vocabulary(String name, Table table, String definitions) {
    return head(name)
        + "'$vocabulary':{'"
        + ADDRESS
        + name.replace("meta/", "vocab/")
        + "':true},"
        + definitions
        + table.properties()
        + "}";
  }

  private static String head(String name) {
    return "{'$id':'"
        + ADDRESS
        + name
        + "','$schema':'"
        + ADDRESS
        + "schema','$dynamicAnchor':'meta','type':['object','boolean'],";
  }

  private static final String CORE_NAMES =
      "'$defs':{'anchorString':{'type':'string','pattern':'^[A-Za-z_][-A-Za-z0-9._]*$'},"
          + "'uriString':"
          + Table.ADDRESS
          + ",'uriReferenceString':"
          + Table.REFERENCE
          + "},";

  private static Table core() {
    String address = refer("#/$defs/uriString");
    String reference = refer("#/$defs/uriReferenceString");
    return new Table()
        .put("$id", "{'$ref':'#/$defs/uriReferenceString','pattern':'^[^#]*#?$'}")
        .put("$schema", address)
        .put("$ref $dynamicRef", reference)
        .put("$anchor $dynamicAnchor", refer("#/$defs/anchorString"))
        .put("$vocabulary", flags(address))
        .put("$comment", TEXT)
        .put("$defs", mapOf(SELF));
  }

  static String flags(String names) {
    return "{'type':'object','propertyNames':" + names + ",'additionalProperties':" + FLAG + "}";
  }

  private static Table applicator() {
    return applicators(SELF).put("items", SELF).put("prefixItems", refer("#/$defs/schemaArray"));
  }

  /// What this draft and the one before it put alike.
  static Table applicators(String self) {
    return new Table()
        .put("contains additionalProperties propertyNames if then else not", self)
        .put("properties dependentSchemas", mapOf(self))
        .put(
            "patternProperties",
            "{'type':'object','propertyNames':{'format':'regex'},'additionalProperties':"
                + self
                + "}")
        .put("allOf anyOf oneOf", refer("#/$defs/schemaArray"));
  }

  static String schemaArray(String self) {
    return "'$defs':{'schemaArray':" + listOf(self) + "},";
  }

  static final String COUNTS =
      "'$defs':{'nonNegativeInteger':{'type':'integer','minimum':0},"
          + "'nonNegativeIntegerDefault0':{'$ref':'#/$defs/nonNegativeInteger'},"
          + "'simpleTypes':"
          + Table.SIMPLE_TYPES
          + ",'stringArray':{'type':'array','uniqueItems':true,'items':{'type':'string'}}},";

  static Table validation() {
    String names = refer("#/$defs/stringArray");
    return new Table()
        .put("type", Table.types(refer("#/$defs/simpleTypes")))
        .put("const", Table.ANYTHING)
        .put("enum", Table.LIST)
        .put("multipleOf", Table.STEP)
        .put("maximum exclusiveMaximum minimum exclusiveMinimum", Table.NUMBER)
        .put("maxLength maxItems maxContains maxProperties", refer("#/$defs/nonNegativeInteger"))
        .put("minLength minItems minProperties", refer("#/$defs/nonNegativeIntegerDefault0"))
        .put("minContains", refer("#/$defs/nonNegativeInteger"))
        .put("pattern", Table.PATTERN)
        .put("uniqueItems", FLAG)
        .put("required", names)
        .put("dependentRequired", mapOf(names));
  }

  static Table metadata() {
    return new Table()
        .put("title description", TEXT)
        .put("default", Table.ANYTHING)
        .put("deprecated readOnly writeOnly", FLAG)
        .put("examples", Table.LIST);
  }

  static Table content(String self) {
    return new Table().put("contentEncoding contentMediaType", TEXT).put("contentSchema", self);
  }
}

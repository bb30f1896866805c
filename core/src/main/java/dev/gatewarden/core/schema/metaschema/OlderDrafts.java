package dev.gatewarden.core.schema.metaschema;

import static dev.gatewarden.core.schema.metaschema.Table.ANYTHING;
import static dev.gatewarden.core.schema.metaschema.Table.FLAG;
import static dev.gatewarden.core.schema.metaschema.Table.NUMBER;
import static dev.gatewarden.core.schema.metaschema.Table.PATTERN;
import static dev.gatewarden.core.schema.metaschema.Table.REFERENCE;
import static dev.gatewarden.core.schema.metaschema.Table.SIMPLE_TYPES;
import static dev.gatewarden.core.schema.metaschema.Table.TEXT;
import static dev.gatewarden.core.schema.metaschema.Table.either;
import static dev.gatewarden.core.schema.metaschema.Table.listOf;
import static dev.gatewarden.core.schema.metaschema.Table.mapOf;
import static dev.gatewarden.core.schema.metaschema.Table.refer;
import static dev.gatewarden.core.schema.metaschema.Table.types;

/// The metaschemas of drafts 4, 6 and 7.
final class OlderDrafts {
  private static final String SELF = refer("#");
  private static final String SCHEMAS = refer("#/definitions/schemaArray");
  private static final String NAMES = refer("#/definitions/stringArray");
  private static final String TYPES = types(refer("#/definitions/simpleTypes"));

  private OlderDrafts() {}

  static String four() {
    String count = refer("#/definitions/positiveInteger");
    String zero = refer("#/definitions/positiveIntegerDefault0");
    String open = either(FLAG, SELF);
    Table table =
        common(count, zero)
            .put("id $schema", TEXT)
            .put("multipleOf", "{'type':'number','minimum':0,'exclusiveMinimum':true}")
            .put("exclusiveMaximum exclusiveMinimum", FLAG)
            .put("additionalItems additionalProperties", open)
            .put("items", either(SELF, SCHEMAS))
            .put("enum", "{'type':'array','minItems':1,'uniqueItems':true}")
            .put("properties patternProperties definitions", mapOf(SELF))
            .put("dependencies", mapOf(either(SELF, NAMES)))
            .put("default", "{}")
            .put("format", TEXT);
    return "{'id':'http://json-schema.org/draft-04/schema#',"
        + "'$schema':'http://json-schema.org/draft-04/schema#','type':'object',"
        + "'dependencies':{'exclusiveMaximum':['maximum'],'exclusiveMinimum':['minimum']},"
        + definitions(
            "positiveInteger",
            "{'type':'integer','minimum':0}",
            "positiveIntegerDefault0",
            "{'minItems':1,'type':'array','uniqueItems':true,'items':{'type':'string'}}")
        + table.properties()
        + "}";
  }

  static String six() {
    return newer("06", later());
  }

  static String seven() {
    return newer(
        "07",
        later()
            .put("$comment contentMediaType contentEncoding", TEXT)
            .put("readOnly writeOnly", FLAG)
            .put("if then else", SELF));
  }

  private static Table later() {
    String count = refer("#/definitions/nonNegativeInteger");
    String zero = refer("#/definitions/nonNegativeIntegerDefault0");
    return common(count, zero)
        .put("$id $ref", REFERENCE)
        .put("$schema", Table.ADDRESS)
        .put("multipleOf", Table.STEP)
        .put("exclusiveMaximum exclusiveMinimum", NUMBER)
        .put("additionalItems additionalProperties contains propertyNames", SELF)
        .put("items", either(SELF, SCHEMAS))
        .put("enum examples", Table.LIST)
        .put("const default", ANYTHING)
        .put("properties definitions", mapOf(SELF))
        .put(
            "patternProperties",
            "{'type':'object','propertyNames':{'format':'regex'},'additionalProperties':"
                + SELF
                + "}")
        .put("dependencies", mapOf(either(SELF, NAMES)))
        .put("format", TEXT);
  }

  private static String newer(String number, Table table) {
    String address = "'http://json-schema.org/draft-" + number + "/schema#'";
    return "{'$id':"
        + address
        + ",'$schema':"
        + address
        + ",'type':['object','boolean'],"
        + definitions(
            "nonNegativeInteger",
            "{'type':'integer','minimum':0}",
            "nonNegativeIntegerDefault0",
            "{'type':'array','uniqueItems':true,'items':{'type':'string'}}")
        + table.properties()
        + "}";
  }

  /// What the three drafts put alike.
  private static Table common(String count, String zero) {
    return new Table()
        .put("title description", TEXT)
        .put("maximum minimum", NUMBER)
        .put("pattern", PATTERN)
        .put("maxLength maxItems maxProperties", count)
        .put("minLength minItems minProperties", zero)
        .put("uniqueItems", FLAG)
        .put("required", NAMES)
        .put("type", TYPES)
        .put("allOf anyOf oneOf", SCHEMAS)
        .put("not", SELF);
  }

  private static String definitions(String count, String shape, String zero, String names) {
    return "'definitions':{'schemaArray':"
        + listOf(SELF)
        + ",'simpleTypes':"
        + SIMPLE_TYPES
        + ",'stringArray':"
        + names
        + ",'"
        + count
        + "':"
        + shape
        + ",'"
        + zero
        + "':{'allOf':["
        + refer("#/definitions/" + count)
        + "]}},";
  }
}

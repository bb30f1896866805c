package dev.gatewarden.core.schema.metaschema;

import static dev.gatewarden.core.schema.metaschema.Table.FLAG;
import static dev.gatewarden.core.schema.metaschema.Table.TEXT;
import static dev.gatewarden.core.schema.metaschema.Table.mapOf;
import static dev.gatewarden.core.schema.metaschema.Table.refer;

import org.jspecify.annotations.Nullable;

/// The dialect of OpenAPI 3.1: draft 2020-12 with the keywords of its Schema Object (OpenAPI 3.1.0,
/// section 4.8.24).
final class OpenApiDialect {
  private static final String ADDRESS = "https://spec.openapis.org/oas/3.1/";
  private static final String DRAFT = "https://json-schema.org/draft/2020-12/";

  private OpenApiDialect() {}

  static @Nullable String text(String name) {
    return switch (name) {
      case "dialect/base" ->
          head(name)
              + "'allOf':["
              + refer(DRAFT + "schema")
              + ","
              + refer(ADDRESS + "meta/base")
              + "]}";
      case "meta/base" -> head(name) + keywords().properties() + "}";
      default -> null;
    };
  }

  private static String head(String name) {
    return "{'$id':'"
        + ADDRESS
        + name
        + "','$schema':'"
        + DRAFT
        + "schema','$dynamicAnchor':'meta','type':['object','boolean'],";
  }

  private static Table keywords() {
    return new Table()
        .put("example", Table.ANYTHING)
        .put(
            "discriminator",
            "{'type':'object','required':['propertyName'],'properties':{'propertyName':"
                + TEXT
                + ",'mapping':"
                + mapOf(TEXT)
                + "},'patternProperties':{'^x-':true},'unevaluatedProperties':false}")
        .put(
            "externalDocs",
            "{'type':'object','required':['url'],'properties':{'url':"
                + Table.REFERENCE
                + ",'description':"
                + TEXT
                + "},'patternProperties':{'^x-':true},'unevaluatedProperties':false}")
        .put(
            "xml",
            "{'type':'object','properties':{'name':"
                + TEXT
                + ",'namespace':"
                + Table.ADDRESS
                + ",'prefix':"
                + TEXT
                + ",'attribute':"
                + FLAG
                + ",'wrapped':"
                + FLAG
                + "},'patternProperties':{'^x-':true},'unevaluatedProperties':false}");
  }
}

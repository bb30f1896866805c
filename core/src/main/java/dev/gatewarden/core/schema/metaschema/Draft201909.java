package dev.gatewarden.core.schema.metaschema;

import static dev.gatewarden.core.schema.metaschema.Table.TEXT;
import static dev.gatewarden.core.schema.metaschema.Table.either;
import static dev.gatewarden.core.schema.metaschema.Table.mapOf;
import static dev.gatewarden.core.schema.metaschema.Table.refer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The metaschema of draft 2019-09 and those of its vocabularies.
final class Draft201909 {
  private static final String ADDRESS = "https://json-schema.org/draft/2019-09/";
  private static final String SELF = "{'$recursiveRef':'#'}";
  private static final List<String> VOCABULARIES =
      List.of("core", "applicator", "validation", "meta-data", "format", "content");

  private Draft201909() {}

  static @Nullable String text(String name) {
    return switch (name) {
      case "schema" -> schema();
      case "meta/core" -> vocabulary(name, core(), "");
      case "meta/applicator" -> vocabulary(name, applicator(), Draft202012.schemaArray(SELF));
      case "meta/validation" -> vocabulary(name, Draft202012.validation(), Draft202012.COUNTS);
      case "meta/meta-data" -> vocabulary(name, Draft202012.metadata(), "");
      case "meta/format" -> vocabulary(name, new Table().put("format", TEXT), "");
      case "meta/content" -> vocabulary(name, Draft202012.content(SELF), "");
      default -> null;
    };
  }

  private static String schema() {
    StringBuilder counted = new StringBuilder();
    StringBuilder parts = new StringBuilder();
    for (String word : VOCABULARIES) {
      String comma = counted.isEmpty() ? "" : ",";
      counted.append(comma).append('\'').append(ADDRESS).append("vocab/").append(word);
      counted.append("':").append(!word.equals("format"));
      parts.append(comma).append(refer("meta/" + word));
    }
    Table older =
        new Table()
            .put("definitions", mapOf(SELF))
            .put("dependencies", mapOf(either(SELF, refer("meta/validation#/$defs/stringArray"))));
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
        + "schema','$recursiveAnchor':true,'type':['object','boolean'],";
  }

  private static Table core() {
    return new Table()
        .put("$id", "{'type':'string','format':'uri-reference','pattern':'^[^#]*#?$'}")
        .put("$schema", Table.ADDRESS)
        .put("$anchor", "{'type':'string','pattern':'^[A-Za-z][-A-Za-z0-9.:_]*$'}")
        .put("$ref $recursiveRef", Table.REFERENCE)
        .put("$recursiveAnchor", Table.FLAG)
        .put("$vocabulary", Draft202012.flags(Table.ADDRESS))
        .put("$comment", TEXT)
        .put("$defs", mapOf(SELF));
  }

  private static Table applicator() {
    return Draft202012.applicators(SELF)
        .put("items", either(SELF, refer("#/$defs/schemaArray")))
        .put("additionalItems unevaluatedItems unevaluatedProperties", SELF);
  }
}

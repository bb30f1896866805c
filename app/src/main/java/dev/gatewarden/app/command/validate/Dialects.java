package dev.gatewarden.app.command.validate;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.schema.Dialect;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The languages of schemas, by the names users give them, and by what a document says of itself.
public final class Dialects {
  /// By name, in the order they are offered.
  public static final Map<String, Dialect> BY_NAME = named();

  private Dialects() {}

  private static Map<String, Dialect> named() {
    Map<String, Dialect> named = new LinkedHashMap<>();
    named.put("2020-12", Dialect.DRAFT_2020_12);
    named.put("2019-09", Dialect.DRAFT_2019_09);
    named.put("draft-7", Dialect.DRAFT_7);
    named.put("draft-6", Dialect.DRAFT_6);
    named.put("draft-4", Dialect.DRAFT_4);
    named.put("openapi-3.0", Dialect.OPENAPI_3_0);
    named.put("openapi-3.1", Dialect.OPENAPI_3_1);
    return Collections.unmodifiableMap(named);
  }

  /// What a document says its schemas are written in.
  public sealed interface Said {

    /// It is one of ours.
    record Known(Dialect dialect) implements Said {}

    /// It says nothing.
    record Nothing() implements Said {}

    /// It is a language that is not judged here.
    record Unknown(Node word) implements Said {}
  }

  /// @param root the whole document
  /// @param schema the schema within it
  static Said of(Node root, Node schema) {
    if (schema instanceof Obj object && object.get("$schema") instanceof Node.Text own) {
      return of(own);
    }
    if (!(root instanceof Obj document)) {
      return new Said.Nothing();
    }
    Node openapi = document.get("openapi");
    Node swagger = document.get("swagger");
    if (openapi != null) {
      return version(openapi);
    }
    if (swagger != null) {
      return new Said.Known(Dialect.OPENAPI_3_0);
    }
    return document.get("$schema") instanceof Node.Text text ? of(text) : new Said.Nothing();
  }

  /// Whether a document holds the schemas of a contract, and is none itself.
  static boolean contract(Node root) {
    return root instanceof Obj document
        && (document.get("openapi") != null || document.get("swagger") != null);
  }

  private static Said version(Node openapi) {
    String written =
        switch (openapi) {
          case Node.Text text -> text.value();
          case Node.Num number -> number.literal();
          case Obj _, Node.Arr _, Node.Bool _, Node.Null _ -> "";
        };
    if (written.equals("3.0") || written.startsWith("3.0.")) {
      return new Said.Known(Dialect.OPENAPI_3_0);
    }
    return written.matches("3\\.[12](\\..*)?")
        ? new Said.Known(Dialect.OPENAPI_3_1)
        : new Said.Unknown(openapi);
  }

  private static Said of(Node.Text address) {
    Dialect dialect = byAddress(address.value());
    return dialect == null ? new Said.Unknown(address) : new Said.Known(dialect);
  }

  private static @Nullable Dialect byAddress(String address) {
    String plain = address.endsWith("#") ? address.substring(0, address.length() - 1) : address;
    return switch (plain.replaceFirst("^https?://", "")) {
      case "json-schema.org/draft/2020-12/schema" -> Dialect.DRAFT_2020_12;
      case "json-schema.org/draft/2019-09/schema" -> Dialect.DRAFT_2019_09;
      case "json-schema.org/draft-07/schema" -> Dialect.DRAFT_7;
      case "json-schema.org/draft-06/schema" -> Dialect.DRAFT_6;
      case "json-schema.org/draft-04/schema" -> Dialect.DRAFT_4;
      case "spec.openapis.org/oas/3.1/dialect/base" -> Dialect.OPENAPI_3_1;
      default -> null;
    };
  }
}

package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Node;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a message body may be, by media type.
///
/// @param types by media range as the contract writes it, lower case, without parameters
public record Content(Map<String, MediaType> types) {

  public static final Content NONE = new Content(Map.of());

  public Content {
    types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
  }

  /// One media type and the schema of its bodies.
  ///
  /// @param range lower case, `application/json`, `text/*` or `*/*`
  /// @param schema null when the contract says nothing about the body
  /// @param items the schema of each item of a sequence (OpenAPI 3.2, `itemSchema`), or null
  /// @param source as written, with `encoding` and `examples`
  public record MediaType(
      String range, @Nullable SchemaSource schema, @Nullable SchemaSource items, Node.Obj source) {
    public MediaType(String range, @Nullable SchemaSource schema, Node.Obj source) {
      this(range, schema, null, source);
    }

    /// Whether bodies of it are files: neither JSON, nor a form, parts, XML or text; a picture in
    /// XML is a file all the same.
    public boolean isBinary() {
      if (range.startsWith("image/")
          || range.startsWith("audio/")
          || range.startsWith("video/")
          || range.startsWith("font/")) {
        return true;
      }
      return range.startsWith("application/")
          && !range.endsWith("/*")
          && !range.equals("application/json")
          && !range.endsWith("+json")
          && !range.equals("application/xml")
          && !range.endsWith("+xml")
          && !range.equals("application/x-www-form-urlencoded")
          && !range.contains("json")
          && !range.contains("yaml")
          && !range.contains("graphql")
          && !range.contains("grpc");
    }
  }

  /// What the contract says about a body of that type, or null when it does not list it: the exact
  /// type first, then `type/*`, then `*/*`.
  ///
  /// @param contentType a `Content-Type` value; its parameters are not looked at
  public @Nullable MediaType of(String contentType) {
    int end = contentType.indexOf(';');
    String type =
        (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    MediaType exact = types.get(type);
    if (exact != null) {
      return exact;
    }
    int slash = type.indexOf('/');
    MediaType wide = slash < 0 ? null : types.get(type.substring(0, slash) + "/*");
    return wide != null ? wide : types.get("*/*");
  }

  public boolean isEmpty() {
    return types.isEmpty();
  }
}

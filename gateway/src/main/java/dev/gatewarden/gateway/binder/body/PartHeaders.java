package dev.gatewarden.gateway.binder.body;

import dev.gatewarden.core.contract.SchemaSource;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.References;
import dev.gatewarden.core.schema.Direction;
import dev.gatewarden.core.schema.Labels;
import dev.gatewarden.gateway.binder.body.PartRule.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads which header lines a part may have (OpenAPI, "Encoding Object", `headers`).
final class PartHeaders {
  private final @Nullable SchemaSource source;
  private final Schemas schemas;
  private final Manner manner;

  /// @param source the schema of the body, whose references and dialect hold for the headers too
  PartHeaders(@Nullable SchemaSource source, Schemas schemas, Manner manner) {
    this.source = source;
    this.schemas = schemas;
    this.manner = manner;
  }

  List<Header> read(Node.@Nullable Obj encoding) {
    if (source == null
        || encoding == null
        || !(encoding.get("headers") instanceof Node.Obj named)) {
      return List.of();
    }
    List<Header> headers = new ArrayList<>();
    for (Node.Member member : named.entries()) {
      String name = member.name().toLowerCase(Locale.ROOT);
      Node.Obj header = followed(source, member.value());
      if (header != null && !name.equals("content-type")) {
        headers.add(header(source, name, header));
      }
    }
    return headers;
  }

  private Header header(SchemaSource body, String name, Node.Obj header) {
    boolean required = header.get("required") instanceof Node.Bool bool && bool.value();
    Node schema = header.get("schema");
    if (schema == null) {
      return new Header(name, required, PartKind.TEXT, null);
    }
    Node.Obj plain = followed(body, schema);
    String type = plain != null && plain.get("type") instanceof Node.Text text ? text.value() : "";
    PartKind kind =
        switch (type) {
          case "integer", "number", "boolean" -> PartKind.SCALAR;
          case "string" -> PartKind.TEXT;
          default -> PartKind.EITHER;
        };
    return new Header(
        name,
        required,
        kind,
        schemas.compile(
            new SchemaSource(schema, body.references(), body.dialect()),
            Direction.REQUEST,
            manner,
            Labels.NONE,
            List.of()));
  }

  private static Node.@Nullable Obj followed(SchemaSource source, Node node) {
    Node at = node;
    for (int i = 0; i < 32 && at instanceof Node.Obj object; i++) {
      if (!(object.get("$ref") instanceof Node.Text reference)) {
        return object;
      }
      at =
          source.references().resolve(reference.value(), reference.place())
                  instanceof References.Resolution.Found(Node found)
              ? found
              : null;
    }
    return null;
  }
}

package dev.gatewarden.app.command.probe;

import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.platform.probing.graphql.GraphqlSchema;
import dev.gatewarden.platform.probing.grpc.GrpcSchema;
import dev.gatewarden.platform.probing.protocol.Promised;
import dev.gatewarden.platform.probing.protocol.Spoken;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The kind of a contract document, told by its content, whatever the file is called.
public enum ContractKind {
  /// OpenAPI or Swagger, or whatever else a reader of those is to complain about.
  OPENAPI,
  /// The schema language of GraphQL, or the JSON that answers an introspection query.
  GRAPHQL,
  /// A `FileDescriptorSet`, as `protoc --descriptor_set_out` writes it.
  DESCRIPTORS,
  /// The text that descriptors are made of.
  PROTO;

  private static final int LOOKED_AT = 1 << 20;

  private static final Pattern SDL =
      Pattern.compile(
          "(?m)^(?:extend\\s+)?(?:schema\\s*[@{]|(?:type|interface|union|enum|input|scalar)\\s+\\w+"
              + "\\s*(?:[{@=\"#]|implements\\b|$))");
  private static final Pattern OTHER = Pattern.compile("(?m)^[\"']?(?:openapi|swagger)[\"']?\\s*:");
  private static final Pattern SYNTAX = Pattern.compile("(?m)^(?:syntax|edition)\\s*=\\s*[\"']");

  public static ContractKind of(byte[] content) {
    int length = Math.min(content.length, LOOKED_AT);
    for (int i = 0; i < length; i++) {
      if (content[i] >= 0 && content[i] < '\t') {
        return DESCRIPTORS;
      }
    }
    String text = new String(content, 0, length, StandardCharsets.UTF_8);
    if (text.stripLeading().startsWith("{")) {
      return text.contains("\"__schema\"") ? GRAPHQL : OPENAPI;
    }
    if (OTHER.matcher(text).find()) {
      return OPENAPI;
    }
    if (SYNTAX.matcher(text).find()) {
      return PROTO;
    }
    return SDL.matcher(text).find() ? GRAPHQL : OPENAPI;
  }

  /// What a service is fuzzed from; null where it is probed by paths and methods.
  ///
  /// @throws ProblemsException with everything that is wrong with it
  public @Nullable Spoken read(Path file, String name, byte[] content) {
    Place.Origin origin = new Place.Origin(file.toUri(), name);
    return switch (this) {
      case OPENAPI -> null;
      case GRAPHQL -> GraphqlSchema.read(origin, content);
      case DESCRIPTORS -> GrpcSchema.read(origin, content);
      case PROTO ->
          throw new ProblemsException(
              List.of(
                  new Problem(
                      Promised.at(origin, 1, 1),
                      "this is the text of a protobuf schema, and its descriptors are needed",
                      "run `protoc --include_imports --descriptor_set_out=shop.binpb shop.proto`"
                          + " (or `buf build -o shop.binpb`) and name that file")));
    };
  }
}

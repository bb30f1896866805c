package dev.gatewarden.platform.probing.graphql;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.platform.probing.protocol.ProtocolCase;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Holds the data of an answer to the types that the schema promises.
final class AnswerShape {
  /// What of the data is not as promised.
  ///
  /// @param at the names of its fields
  record Broken(String at, String message) {}

  private final GraphqlSchema schema;

  AnswerShape(GraphqlSchema schema) {
    this.schema = schema;
  }

  /// The first thing that is not as promised, or null.
  @Nullable Broken broken(ProtocolCase made, Node data) {
    GraphQLFieldDefinition field = schema.field(made.operation());
    if (!(data instanceof Node.Obj object)) {
      return data instanceof Node.Null ? null : new Broken("data", "`data` is no object");
    }
    Node value = object.get(field.getName());
    return value == null
        ? new Broken(field.getName(), "`" + field.getName() + "` is missing in `data`")
        : broken(field.getType(), value, field.getName());
  }

  private @Nullable Broken broken(GraphQLType type, Node value, String at) {
    if (type instanceof GraphQLNonNull sure) {
      return value instanceof Node.Null
          ? new Broken(at, "`" + at + "` is null, and never is by the schema")
          : broken(sure.getWrappedType(), value, at);
    }
    if (value instanceof Node.Null) {
      return null;
    }
    return switch (type) {
      case GraphQLList list -> items(list, value, at);
      case GraphQLEnumType words ->
          value instanceof Node.Text(var _, String text) && words.getValue(text) != null
              ? null
              : new Broken(at, "`" + at + "` is none of the words of `" + words.getName() + "`");
      case GraphQLScalarType scalar ->
          isOne(scalar.getName(), value)
              ? null
              : new Broken(at, "`" + at + "` is no `" + scalar.getName() + "`");
      default -> members(type, value, at);
    };
  }

  private @Nullable Broken items(GraphQLList list, Node value, String at) {
    if (!(value instanceof Node.Arr(var _, List<Node> items))) {
      return new Broken(at, "`" + at + "` is no list");
    }
    for (Node each : items) {
      Broken broken = broken(list.getWrappedType(), each, at);
      if (broken != null) {
        return broken;
      }
    }
    return null;
  }

  private @Nullable Broken members(GraphQLType type, Node value, String at) {
    if (!(value instanceof Node.Obj object)) {
      return new Broken(at, "`" + at + "` is no object");
    }
    GraphQLType here =
        object.get("__typename") instanceof Node.Text(var _, String name)
            ? schema.types().getType(name)
            : type;
    for (Node.Member each : object.entries()) {
      GraphQLFieldDefinition field =
          here instanceof GraphQLFieldsContainer fields
              ? fields.getFieldDefinition(each.name())
              : null;
      if (field == null && !each.name().equals("__typename")) {
        return new Broken(at, "`" + at + "` has a field that its type has not");
      }
      Broken broken =
          field == null ? null : broken(field.getType(), each.value(), at + "." + each.name());
      if (broken != null) {
        return broken;
      }
    }
    return null;
  }

  private static boolean isOne(String scalar, Node value) {
    return switch (scalar) {
      case "Int" -> value instanceof Node.Num number && InputValues.isInt(number.value());
      case "Float" -> value instanceof Node.Num;
      case "Boolean" -> value instanceof Node.Bool;
      case "String" -> value instanceof Node.Text;
      case "ID" -> value instanceof Node.Text || value instanceof Node.Num;
      default -> true;
    };
  }
}

package dev.gatewarden.platform.probing.graphql;

import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What can be wrong with a value of an input type: each with one thing wrong, and the name of it.
final class WrongValues {
  /// A value, and what is wrong with it.
  record Wrong(String what, Node value) {}

  private final Node whole;
  private final List<Wrong> all = new ArrayList<>();

  private WrongValues(Node whole) {
    this.whole = whole;
  }

  /// @param right a value that the type permits
  static List<Wrong> of(GraphQLType type, Node right) {
    WrongValues values = new WrongValues(right);
    values.at(type, right, List.of());
    return values.all.stream().filter(each -> !InputValues.takes(type, each.value())).toList();
  }

  private void add(String what, List<String> path, Node value) {
    all.add(
        new Wrong(
            path.isEmpty() ? what : what + " at " + String.join("/", path),
            Json.with(whole, path, value)));
  }

  private void at(GraphQLType type, Node value, List<String> path) {
    switch (type) {
      case GraphQLNonNull sure -> {
        add("null", path, Json.NULL);
        at(sure.getWrappedType(), value, path);
      }
      case GraphQLList list -> list(list, value, path);
      case GraphQLEnumType _ -> {
        add("unknown word", path, Json.of("GATEWARDEN_NONE_OF_THEM"));
        add("number for a word", path, Json.of(7));
      }
      case GraphQLInputObjectType object -> object(object, value, path);
      case GraphQLScalarType scalar -> scalar(scalar.getName(), path);
      default -> {}
    }
  }

  private void list(GraphQLList list, Node value, List<String> path) {
    if (value instanceof Node.Arr array && !array.items().isEmpty()) {
      at(list.getWrappedType(), array.items().getFirst(), step(path, "0"));
    }
  }

  private void object(GraphQLInputObjectType object, Node value, List<String> path) {
    add("text for an object", path, Json.of("x"));
    if (!(value instanceof Node.Obj members)) {
      return;
    }
    add("unknown member", step(path, "gatewardenUnknown"), Json.of(1));
    for (GraphQLInputObjectField each : object.getFields()) {
      Node member = members.get(each.getName());
      if (member != null) {
        if (InputValues.isRequired(each)) {
          add("missing " + each.getName(), path, Json.without(members, each.getName()));
        }
        at(each.getType(), member, step(path, each.getName()));
      }
    }
  }

  private void scalar(String name, List<String> path) {
    switch (name) {
      case "Int" -> {
        add("text for a number", path, Json.of("seven"));
        add("fraction", path, Json.number("1.5"));
        add("beyond 32 bits", path, Json.number("2147483648"));
        add("below 32 bits", path, Json.number("-2147483649"));
      }
      case "Float" -> add("text for a number", path, Json.of("seven"));
      case "Boolean" -> add("text for a truth value", path, Json.of("maybe"));
      // engines make an id of whatever they are given
      case "String" -> add("object for a text", path, Json.of(Map.of("a", Json.of(1))));
      default -> {}
    }
  }

  private static List<String> step(List<String> path, String more) {
    List<String> longer = new ArrayList<>(path);
    longer.add(more);
    return longer;
  }
}

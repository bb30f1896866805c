package dev.gatewarden.platform.probing.graphql;

import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.platform.probing.protocol.ProtocolCase;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.GraphQLUnmodifiedType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A case as it is sent: the document, and its variables.
///
/// Places of a case are `args/limit` for an argument of the operation, `args/orders/first` for one
/// of a field below it, and `fields/orders/id` for a field that is asked for. `inline` writes the
/// arguments into the document. The others say what is wrong: `undeclared` and `unsent` name an
/// argument whose variable is, `bare` asks for an object without fields, `operationName` for what
/// the document has not, and `document` and `body` are sent as they stand.
final class GraphqlDocument {
  static final String ARGS = "args/";
  static final String FIELDS = "fields/";
  static final String UNKNOWN = "gatewardenUnknown";

  /// The fields that are asked for below one.
  private record Asked(Map<String, Asked> below) {}

  private final GraphqlSchema schema;
  private final ProtocolCase made;
  private final Map<String, String> declared = new LinkedHashMap<>();
  private final Map<String, Node> variables = new LinkedHashMap<>();

  private GraphqlDocument(GraphqlSchema schema, ProtocolCase made) {
    this.schema = schema;
    this.made = made;
  }

  /// The body of the request.
  static String body(GraphqlSchema schema, ProtocolCase made) {
    if (made.values().get("body") instanceof Node.Text(var _, String raw)) {
      return raw;
    }
    GraphqlDocument document = new GraphqlDocument(schema, made);
    String text = document.text();
    Map<String, Node> members = new LinkedHashMap<>();
    members.put(
        "query", made.values().get("document") instanceof Node.Text raw ? raw : Json.of(text));
    if (!document.variables.isEmpty()) {
      members.put("variables", Json.of(document.variables));
    }
    Node name = made.values().get("operationName");
    if (name != null) {
      members.put("operationName", name);
    }
    return Json.text(Json.of(members));
  }

  /// The document alone.
  static String text(GraphqlSchema schema, ProtocolCase made) {
    return new GraphqlDocument(schema, made).text();
  }

  private String text() {
    GraphQLFieldDefinition field = schema.field(made.operation());
    StringBuilder selection = new StringBuilder("{ ");
    field(field.getName(), field, List.of(), asked(), selection);
    selection.append(" }");
    StringBuilder text = new StringBuilder();
    boolean mutation = schema.root(made.operation()).equals(schema.types().getMutationType());
    text.append(mutation ? "mutation" : "query");
    char before = '(';
    for (Map.Entry<String, String> each : declared.entrySet()) {
      text.append(before == '(' ? "(" : ", ").append('$').append(each.getKey()).append(": ");
      text.append(each.getValue());
      before = ',';
    }
    return text.append(before == '(' ? " " : ") ").append(selection).toString();
  }

  private Asked asked() {
    Asked root = new Asked(new LinkedHashMap<>());
    for (String at : made.values().keySet()) {
      if (at.startsWith(FIELDS)) {
        Asked here = root;
        for (String step : at.substring(FIELDS.length()).split("/", -1)) {
          here = here.below().computeIfAbsent(step, _ -> new Asked(new LinkedHashMap<>()));
        }
      }
    }
    return root;
  }

  private void field(
      String name,
      @Nullable GraphQLFieldDefinition field,
      List<String> path,
      Asked asked,
      StringBuilder to) {
    to.append(name);
    arguments(field, path, to);
    GraphQLUnmodifiedType type = field == null ? null : GraphQLTypeUtil.unwrapAll(field.getType());
    boolean leaf = type == null || GraphQLTypeUtil.isLeaf(type);
    boolean bare = path.isEmpty() && made.values().containsKey("bare");
    if ((!leaf && !bare) || !asked.below().isEmpty()) {
      selection(type, path, asked, to);
    }
  }

  private void selection(
      @Nullable GraphQLType type, List<String> path, Asked asked, StringBuilder to) {
    boolean several = type != null && GraphQLTypeUtil.isInterfaceOrUnion(type);
    to.append(" { ").append(several || asked.below().isEmpty() ? "__typename " : "");
    asked
        .below()
        .forEach(
            (name, below) -> {
              List<String> longer = new ArrayList<>(path);
              longer.add(name);
              if (name.startsWith("on ")) {
                to.append("... ").append(name);
                selection(schema.types().getType(name.substring(3)), longer, below, to);
              } else {
                field(
                    name,
                    type instanceof GraphQLFieldsContainer fields
                        ? fields.getFieldDefinition(name)
                        : null,
                    longer,
                    below,
                    to);
              }
              to.append(' ');
            });
    to.append('}');
  }

  private void arguments(
      @Nullable GraphQLFieldDefinition field, List<String> path, StringBuilder to) {
    String before = ARGS + String.join("/", path) + (path.isEmpty() ? "" : "/");
    StringBuilder text = new StringBuilder();
    made.values()
        .forEach(
            (at, value) -> {
              if (at.startsWith(before) && at.indexOf('/', before.length()) < 0 && value != null) {
                String name = at.substring(before.length());
                GraphQLArgument argument = field == null ? null : field.getArgument(name);
                text.append(text.isEmpty() ? "" : ", ").append(name).append(": ");
                argument(at, argument, value, text);
              }
            });
    if (!text.isEmpty()) {
      to.append('(').append(text).append(')');
    }
  }

  private void argument(
      String at, @Nullable GraphQLArgument argument, Node value, StringBuilder to) {
    if (argument == null) {
      to.append('1');
    } else if (names("undeclared", at)) {
      to.append("$gatewardenUndeclared");
    } else if (made.values().containsKey("inline")) {
      literal(argument.getType(), value, to);
    } else {
      String name = at.substring(ARGS.length()).replaceAll("\\W", "_");
      declared.put(name, GraphQLTypeUtil.simplePrint(argument.getType()));
      if (!names("unsent", at)) {
        variables.put(name, value);
      }
      to.append('$').append(name);
    }
  }

  private boolean names(String word, String at) {
    return made.values().get(word) instanceof Node.Text(var _, String named) && named.equals(at);
  }

  /// A value as the document writes it (GraphQL, October 2021, section 2.9).
  private static void literal(@Nullable GraphQLType type, Node value, StringBuilder to) {
    GraphQLType here = type == null ? null : GraphQLTypeUtil.unwrapNonNull(type);
    switch (value) {
      case Node.Obj object -> {
        String before = "{";
        for (Node.Member each : object.entries()) {
          GraphQLInputObjectField field =
              here instanceof GraphQLInputObjectType it ? it.getField(each.name()) : null;
          to.append(before).append(each.name()).append(": ");
          literal(field == null ? null : field.getType(), each.value(), to);
          before = ", ";
        }
        to.append(before.equals("{") ? "{}" : "}");
      }
      case Node.Arr array -> {
        to.append('[');
        GraphQLType item = here instanceof GraphQLList list ? list.getWrappedType() : null;
        for (int i = 0; i < array.items().size(); i++) {
          to.append(i == 0 ? "" : ", ");
          literal(item, array.items().get(i), to);
        }
        to.append(']');
      }
      case Node.Text(var _, String text) when isWord(here) -> to.append(text);
      case Node.Text _, Node.Num _, Node.Bool _, Node.Null _ -> to.append(Json.text(value));
    }
  }

  private static boolean isWord(@Nullable GraphQLType type) {
    return type instanceof GraphQLEnumType
        || (type instanceof GraphQLList list && isWord(item(list)));
  }

  private static GraphQLType item(GraphQLList list) {
    return list.getWrappedType() instanceof GraphQLNonNull sure
        ? sure.getWrappedType()
        : list.getWrappedType();
  }
}

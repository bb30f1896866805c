package dev.gatewarden.platform.probing.graphql;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.platform.probing.protocol.ProtocolCase;
import dev.gatewarden.platform.probing.protocol.Simpler;
import graphql.ParseAndValidate;
import graphql.parser.Parser;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.GraphQLUnionType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes the cases of an operation, no deeper than three fields below it.
final class GraphqlCases {
  private static final int DEEPEST = 3;
  private static final int MOST_FIELDS = 6;
  private static final int MOST_PLACES = 200;
  private static final int TRIES = 6;

  private final GraphqlSchema schema;
  private final List<String> ids;

  /// @param ids such as are known to be somebody's; it may grow
  GraphqlCases(GraphqlSchema schema, List<String> ids) {
    this.schema = schema;
    this.ids = ids;
  }

  /// A case that the schema permits; null where none is found.
  @Nullable ProtocolCase right(Operation operation, Random random) {
    for (int tries = 0; tries < TRIES; tries++) {
      Map<String, Node> values = new LinkedHashMap<>();
      GraphQLFieldDefinition field = schema.field(operation.id().name());
      if (arguments(field, "", random, values)) {
        fields(field.getType(), "", 0, random, values);
        if (random.nextInt(4) == 0) {
          values.put("inline", Json.of(true));
        }
        ProtocolCase made = new ProtocolCase("", operation.id().name(), true, values);
        if (isValid(made)) {
          return made;
        }
      }
    }
    return null;
  }

  /// Whether the document is one by the language's own rules.
  private boolean isValid(ProtocolCase made) {
    return ParseAndValidate.validate(
            schema.types(), Parser.parse(GraphqlDocument.text(schema, made)))
        .isEmpty();
  }

  /// Whether each argument that must be there has a value.
  private boolean arguments(
      GraphQLFieldDefinition field, String path, Random random, Map<String, Node> values) {
    for (GraphQLArgument each : field.getArguments()) {
      boolean must = isRequired(each);
      if (must || (path.isEmpty() && random.nextInt(3) > 0)) {
        Node value = new InputValues(random, ids).right(each.getType(), 0);
        if (value != null) {
          values.put(GraphqlDocument.ARGS + path + each.getName(), value);
        } else if (must) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isRequired(GraphQLArgument argument) {
    return argument.getType() instanceof GraphQLNonNull && !argument.hasSetDefaultValue();
  }

  private void fields(
      GraphQLType of, String path, int depth, Random random, Map<String, Node> values) {
    GraphQLType type = GraphQLTypeUtil.unwrapAll(of);
    if (type instanceof GraphQLUnionType union) {
      for (var each : union.getTypes()) {
        boolean wanted = random.nextBoolean() && values.size() < MOST_PLACES;
        if (wanted && each instanceof GraphQLObjectType object) {
          fields(object, path + "on " + object.getName() + "/", depth, random, values);
        }
      }
      return;
    }
    if (!(type instanceof GraphQLFieldsContainer container)) {
      return;
    }
    int taken = 0;
    for (GraphQLFieldDefinition each : container.getFieldDefinitions()) {
      boolean leaf = GraphQLTypeUtil.isLeaf(GraphQLTypeUtil.unwrapAll(each.getType()));
      boolean wanted = leaf ? random.nextInt(4) > 0 : depth + 1 < DEEPEST && random.nextInt(3) == 0;
      String at = path + each.getName();
      if (wanted && taken < MOST_FIELDS && arguments(each, at + "/", random, values)) {
        taken++;
        values.put(GraphqlDocument.FIELDS + at, Json.of(true));
        if (!leaf) {
          fields(each.getType(), at + "/", depth + 1, random, values);
        }
      }
    }
  }

  /// A case with one thing wrong; null where none is found.
  @Nullable ProtocolCase wrong(Operation operation, Random random) {
    ProtocolCase right = right(operation, random);
    if (right == null) {
      return null;
    }
    List<ProtocolCase> choices = new ArrayList<>();
    // values are most of what there is to be wrong about
    if (random.nextInt(3) > 0) {
      values(right, choices);
    }
    if (choices.isEmpty()) {
      document(right, choices);
    }
    return choices.isEmpty() ? null : choices.get(random.nextInt(choices.size()));
  }

  private void values(ProtocolCase right, List<ProtocolCase> to) {
    GraphQLFieldDefinition field = schema.field(right.operation());
    for (GraphQLArgument each : field.getArguments()) {
      String at = GraphqlDocument.ARGS + each.getName();
      Node value = right.values().get(at);
      if (value != null) {
        for (WrongValues.Wrong wrong : WrongValues.of(each.getType(), value)) {
          to.add(said(right.with(at, wrong.value()), at + ": " + wrong.what()));
        }
        if (isRequired(each)) {
          to.add(said(right.without(at), at + ": missing"));
          if (!right.values().containsKey("inline")) {
            to.add(said(right.with("unsent", Json.of(at)), at + ": variable not sent"));
          }
        }
        to.add(said(right.with("undeclared", Json.of(at)), at + ": unknown variable"));
      }
    }
  }

  private void document(ProtocolCase right, List<ProtocolCase> to) {
    String unknown = GraphqlDocument.UNKNOWN;
    GraphQLType type = GraphQLTypeUtil.unwrapAll(schema.field(right.operation()).getType());
    boolean leaf = GraphQLTypeUtil.isLeaf(type);
    to.add(
        said(
            right.with(GraphqlDocument.FIELDS + unknown, Json.of(true)),
            leaf ? "fields of a value" : "unknown field"));
    to.add(said(right.with(GraphqlDocument.ARGS + unknown, Json.of(1)), "unknown argument"));
    to.add(said(right.with("operationName", Json.of(unknown)), "unknown operation"));
    if (!leaf) {
      ProtocolCase bare = right;
      for (String at : right.values().keySet()) {
        bare = at.startsWith(GraphqlDocument.FIELDS) ? bare.without(at) : bare;
      }
      to.add(said(bare.with("bare", Json.of(true)), "object without fields"));
    }
    String text = GraphqlDocument.text(schema, right);
    String cut = text.substring(0, text.lastIndexOf('}'));
    to.add(said(right.with("document", Json.of(cut)), "document without its end"));
    to.add(said(right.with("document", Json.of("")), "empty document"));
    to.add(said(body(right, "{"), "body that is no JSON"));
    to.add(said(body(right, "{\"variables\":{}}"), "body without a document"));
    to.add(said(body(right, "{\"query\":7}"), "body with a number for a document"));
  }

  private static ProtocolCase body(ProtocolCase right, String raw) {
    return new ProtocolCase("", right.operation(), false, Map.of("body", Json.of(raw)));
  }

  private static ProtocolCase said(ProtocolCase made, String what) {
    return made.wrong(what);
  }

  /// The same case with less in it, still as right or as wrong as it is.
  List<ProtocolCase> simpler(ProtocolCase made) {
    List<ProtocolCase> less = new ArrayList<>();
    Set<String> names = made.values().keySet();
    for (String at : names) {
      boolean spoilt = !made.right() && (made.wrongness().startsWith(at) || isMark(at));
      if (!spoilt && isOptional(made, at)) {
        less.add(withoutAll(made, at));
      }
    }
    if (made.right()) {
      for (GraphQLArgument each : schema.field(made.operation()).getArguments()) {
        String at = GraphqlDocument.ARGS + each.getName();
        for (Node value : Simpler.values(made.values().get(at))) {
          if (InputValues.takes(each.getType(), value)) {
            less.add(made.with(at, value));
          }
        }
      }
    }
    return less;
  }

  private static boolean isMark(String at) {
    return !at.startsWith(GraphqlDocument.ARGS) && !at.startsWith(GraphqlDocument.FIELDS)
        || at.endsWith(GraphqlDocument.UNKNOWN);
  }

  private boolean isOptional(ProtocolCase made, String at) {
    if (!at.startsWith(GraphqlDocument.ARGS)) {
      return true;
    }
    String name = at.substring(GraphqlDocument.ARGS.length());
    GraphQLArgument argument = schema.field(made.operation()).getArgument(name);
    return argument != null && !isRequired(argument);
  }

  /// Without a place and what stands below it.
  private static ProtocolCase withoutAll(ProtocolCase made, String at) {
    ProtocolCase less = made.without(at);
    if (at.startsWith(GraphqlDocument.FIELDS)) {
      String below = at.substring(GraphqlDocument.FIELDS.length()) + "/";
      for (String each : made.values().keySet()) {
        if (each.startsWith(GraphqlDocument.FIELDS + below)
            || each.startsWith(GraphqlDocument.ARGS + below)) {
          less = less.without(each);
        }
      }
    }
    return less;
  }
}

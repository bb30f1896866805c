package dev.gatewarden.platform.probing.graphql;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.DocumentReader;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.platform.probing.Target;
import dev.gatewarden.platform.probing.Wire;
import dev.gatewarden.platform.probing.protocol.Promised;
import dev.gatewarden.platform.probing.protocol.Protocol;
import dev.gatewarden.platform.probing.protocol.Spoken;
import graphql.GraphQLError;
import graphql.GraphQLException;
import graphql.introspection.IntrospectionResultToSchema;
import graphql.language.SourceLocation;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import graphql.schema.idl.UnExecutableSchemaGenerator;
import graphql.schema.idl.errors.SchemaProblem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a GraphQL service promises: its types, and each field of its roots as an operation.
///
/// @param contract the operations, `Query.order`, `Mutation.placeOrder`
public record GraphqlSchema(GraphQLSchema types, Contract contract) implements Spoken {

  private static final int DEEPEST = 100;

  /// Reads the schema language, or the answer to an introspection query as JSON.
  ///
  /// @throws ProblemsException with everything that is wrong with it
  public static GraphqlSchema read(Place.Origin origin, byte[] content) {
    String text = new String(content, StandardCharsets.UTF_8);
    try {
      TypeDefinitionRegistry registry =
          text.stripLeading().startsWith("{")
              ? introspected(origin, content)
              : written(origin, text);
      GraphQLSchema types = UnExecutableSchemaGenerator.makeUnExecutableSchema(registry);
      return new GraphqlSchema(types, contract(origin, types));
    } catch (SchemaProblem wrong) {
      throw new ProblemsException(
          wrong.getErrors().stream().map(each -> problem(origin, each)).toList());
    } catch (GraphQLException wrong) {
      throw no(origin, String.valueOf(wrong.getMessage()));
    }
  }

  private static TypeDefinitionRegistry written(Place.Origin origin, String text) {
    int deep = Nesting.deeper(text, DEEPEST);
    if (deep >= 0) {
      int line = (int) text.substring(0, deep).chars().filter(each -> each == '\n').count() + 1;
      throw new ProblemsException(
          List.of(
              new Problem(
                  Promised.at(origin, line, deep - text.lastIndexOf('\n', deep)),
                  "its brackets are nested more than " + DEEPEST + " levels deep",
                  "")));
    }
    return new SchemaParser().parse(text);
  }

  private static TypeDefinitionRegistry introspected(Place.Origin origin, byte[] content) {
    Node read = new DocumentReader(Bounds.DEFAULT).read(origin, content);
    Node inner = read instanceof Node.Obj object ? object.get("data") : null;
    Object answer = plain(inner == null ? read : inner);
    Map<String, Object> members = new LinkedHashMap<>();
    if (answer instanceof Map<?, ?> map) {
      map.forEach((name, value) -> members.put(String.valueOf(name), value));
    }
    try {
      return new SchemaParser()
          .buildRegistry(new IntrospectionResultToSchema().createSchemaDefinition(members));
    } catch (ClassCastException | NullPointerException | IllegalArgumentException other) {
      throw no(origin, "it does not answer an introspection query");
    }
  }

  private static ProblemsException no(Place.Origin origin, String why) {
    return new ProblemsException(
        List.of(new Problem(Promised.at(origin, 1, 1), "this is no GraphQL schema: " + why, "")));
  }

  private static @Nullable Object plain(Node node) {
    return switch (node) {
      case Node.Obj object -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        object.entries().forEach(each -> map.put(each.name(), plain(each.value())));
        yield map;
      }
      case Node.Arr array -> {
        List<@Nullable Object> list = new ArrayList<>();
        array.items().forEach(each -> list.add(plain(each)));
        yield list;
      }
      case Node.Bool bool -> bool.value();
      case Node.Null _ -> null;
      case Node.Text _, Node.Num _ -> Json.scalar(node);
    };
  }

  private static Problem problem(Place.Origin origin, GraphQLError error) {
    List<SourceLocation> places = error.getLocations();
    SourceLocation at =
        places == null || places.isEmpty() ? SourceLocation.EMPTY : places.getFirst();
    String message = String.valueOf(error.getMessage()).replaceAll(" \\[@\\d+:\\d+]", "");
    return new Problem(Promised.at(origin, at.getLine(), at.getColumn()), message, "");
  }

  private static Contract contract(Place.Origin origin, GraphQLSchema types) {
    Promised promised = new Promised(origin);
    for (GraphQLObjectType root : roots(types)) {
      for (GraphQLFieldDefinition field : root.getFieldDefinitions()) {
        SourceLocation at =
            field.getDefinition() == null ? null : field.getDefinition().getSourceLocation();
        promised.add(
            root.getName() + "." + field.getName(),
            List.of(),
            Promised.at(origin, at == null ? 1 : at.getLine(), at == null ? 1 : at.getColumn()));
      }
    }
    return promised.contract(origin.name());
  }

  private static List<GraphQLObjectType> roots(GraphQLSchema types) {
    List<GraphQLObjectType> roots = new ArrayList<>();
    roots.add(types.getQueryType());
    if (types.getMutationType() != null) {
      roots.add(types.getMutationType());
    }
    if (types.getSubscriptionType() != null) {
      roots.add(types.getSubscriptionType());
    }
    return roots;
  }

  @Override
  public Protocol to(Target target, Wire wire, List<Identity> identities) {
    return new GraphqlProtocol(this, target, wire, identities);
  }

  /// The root that an operation stands below.
  GraphQLObjectType root(String operation) {
    return (GraphQLObjectType)
        java.util.Objects.requireNonNull(
            types.getType(operation.substring(0, operation.indexOf('.'))));
  }

  /// The root's field that an operation is.
  GraphQLFieldDefinition field(String operation) {
    return root(operation).getFieldDefinition(operation.substring(operation.indexOf('.') + 1));
  }
}

package dev.gatewarden.acceptance.probing;

import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.demo.http.Incoming;
import graphql.ErrorType;
import graphql.ExceptionWhileDataFetching;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeRuntimeWiring;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A GraphQL service on an engine that others wrote, with a fault or without.
final class GraphqlShop {
  /// What is wrong with it.
  enum Fault {
    NONE,
    /// More than fifty orders break it.
    BREAKS_ABOVE_FIFTY,
    /// A name that is never null is.
    NULL_NAME,
    /// A word that is none of the schema's.
    UNKNOWN_WORD,
    /// What is asked for wrongly is answered as if it were not.
    TAKES_ANYTHING,
    /// A document without its end breaks it.
    BREAKS_ON_SYNTAX,
    /// Errors tell what the code looks like.
    TELLS_TRACES,
    /// Numbers are written as texts.
    TEXT_FOR_NUMBER
  }

  static final String SCHEMA =
      """
      "How far an order is."
      enum Status { OPEN PAID SENT }
      scalar DateTime
      interface Thing { id: ID! }
      type Item { sku: String! count: Int! }
      type Customer implements Thing { id: ID! name: String! orders(first: Int = 2): [Order!]! }
      type Order implements Thing {
        id: ID!
        status: Status!
        total: Float!
        note: String
        placed: DateTime
        items(first: Int!): [Item!]!
        customer: Customer
      }
      union Found = Order | Customer
      input Range { least: Int most: Int = 10 }
      input Filter { status: Status total: Range tags: [String!] }
      input NewOrder { note: String count: Int! status: Status = OPEN }
      type Query {
        order(id: ID!): Order
        orders(filter: Filter, limit: Int): [Order!]!
        search(text: String!, since: DateTime): [Found!]!
        thing(id: ID!): Thing
        sum(numbers: [Int!]!): Float!
      }
      type Mutation { place(order: NewOrder!): Order! }
      type Subscription { placed: Order! }
      """;

  private final Fault fault;
  private final GraphQL engine;
  private final List<String> placed = new ArrayList<>();

  GraphqlShop(Fault fault) {
    this.fault = fault;
    RuntimeWiring wiring =
        RuntimeWiring.newRuntimeWiring()
            .scalar(graphql.Scalars.GraphQLString.transform(each -> each.name("DateTime")))
            .type(TypeRuntimeWiring.newTypeWiring("Thing").typeResolver(GraphqlShop::type))
            .type(TypeRuntimeWiring.newTypeWiring("Found").typeResolver(GraphqlShop::type))
            .type(
                TypeRuntimeWiring.newTypeWiring("Query")
                    .dataFetcher("order", each -> order(each.getArgument("id")))
                    .dataFetcher("thing", each -> order(each.getArgument("id")))
                    .dataFetcher("orders", this::orders)
                    .dataFetcher("search", _ -> List.of(order("1"), customer()))
                    .dataFetcher("sum", GraphqlShop::sum))
            .type(
                TypeRuntimeWiring.newTypeWiring("Order")
                    .dataFetcher("items", _ -> List.of(Map.of("sku", "a-1", "count", 2)))
                    .dataFetcher("customer", _ -> customer()))
            .type(
                TypeRuntimeWiring.newTypeWiring("Customer")
                    .dataFetcher("orders", _ -> List.of(order("1"))))
            .type(TypeRuntimeWiring.newTypeWiring("Mutation").dataFetcher("place", this::place))
            .build();
    this.engine =
        GraphQL.newGraphQL(
                new SchemaGenerator()
                    .makeExecutableSchema(new SchemaParser().parse(SCHEMA), wiring))
            .build();
  }

  /// How many orders were placed.
  int placed() {
    return placed.size();
  }

  private static graphql.schema.GraphQLObjectType type(graphql.TypeResolutionEnvironment each) {
    Map<?, ?> object = each.getObject();
    return each.getSchema().getObjectType(object.containsKey("name") ? "Customer" : "Order");
  }

  private Map<String, Object> order(String id) {
    return Map.of("id", id, "status", fault == Fault.UNKNOWN_WORD ? "LOST" : "PAID", "total", 12.5);
  }

  private Map<String, Object> customer() {
    Map<String, Object> customer = new java.util.HashMap<>(Map.of("id", "7", "name", "Ann"));
    if (fault == Fault.NULL_NAME) {
      customer.put("name", null);
    }
    return customer;
  }

  private List<Object> orders(DataFetchingEnvironment each) {
    Integer limit = each.getArgument("limit");
    if (fault == Fault.BREAKS_ABOVE_FIFTY && limit != null && limit > 50) {
      throw new IllegalStateException("too many");
    }
    return limit != null && limit <= 0 ? List.of() : List.of(order("1"), order("2"));
  }

  private static double sum(DataFetchingEnvironment each) {
    List<Integer> numbers = Objects.requireNonNull(each.getArgument("numbers"));
    return numbers.stream().mapToDouble(Integer::doubleValue).sum();
  }

  private Map<String, Object> place(DataFetchingEnvironment each) {
    Map<String, Object> order = Objects.requireNonNull(each.getArgument("order"));
    placed.add(order.toString());
    return order("9");
  }

  Answer answer(Incoming request) {
    if (!"Bearer good".equals(request.header("authorization"))) {
      return Answer.json(401, "{\"errors\":[{\"message\":\"who is it\"}]}");
    }
    JsonNode body;
    try {
      body = JsonMapper.shared().readTree(request.text());
    } catch (JacksonException wrong) {
      return Answer.json(400, "{\"errors\":[{\"message\":\"this is no JSON\"}]}");
    }
    JsonNode query = body.path("query");
    JsonNode variables = body.path("variables");
    if (!query.isString() || !(variables.isMissingNode() || variables.isObject())) {
      return Answer.json(400, "{\"errors\":[{\"message\":\"this is no request\"}]}");
    }
    ExecutionInput.Builder input = ExecutionInput.newExecutionInput(query.asString());
    if (body.path("operationName").isString()) {
      input.operationName(body.path("operationName").asString());
    }
    return answer(engine.execute(input.variables(map(variables)).build()));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(JsonNode variables) {
    return variables.isObject() ? JsonMapper.shared().treeToValue(variables, Map.class) : Map.of();
  }

  private Answer answer(ExecutionResult result) {
    boolean broke =
        result.getErrors().stream().anyMatch(ExceptionWhileDataFetching.class::isInstance);
    boolean syntax =
        result.getErrors().stream()
            .anyMatch(each -> each.getErrorType() == ErrorType.InvalidSyntax);
    if (broke || (syntax && fault == Fault.BREAKS_ON_SYNTAX)) {
      return Answer.empty(500);
    }
    if (!result.getErrors().isEmpty() && fault == Fault.TAKES_ANYTHING) {
      return Answer.json(200, "{\"data\":{}}");
    }
    if (!result.getErrors().isEmpty() && fault == Fault.TELLS_TRACES) {
      return Answer.json(
          400,
          "{\"errors\":[{\"message\":\"x\",\"extensions\":{\"stacktrace\":[\"at"
              + " shop.Orders.find(Orders.java:12)\"]}}]}");
    }
    String text = JsonMapper.shared().writeValueAsString(result.toSpecification());
    return Answer.json(
        200, fault == Fault.TEXT_FOR_NUMBER ? text.replace("12.5", "\"12.5\"") : text);
  }
}

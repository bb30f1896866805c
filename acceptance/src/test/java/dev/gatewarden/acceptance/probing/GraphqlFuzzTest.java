package dev.gatewarden.acceptance.probing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.Cli;
import dev.gatewarden.acceptance.probing.GraphqlShop.Fault;
import dev.gatewarden.demo.http.Loopback;
import dev.gatewarden.testkit.Requirement;
import graphql.GraphQL;
import graphql.introspection.IntrospectionQuery;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.UnExecutableSchemaGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A GraphQL service, fuzzed from its schema: what is wrong with it is found, and nothing else.
class GraphqlFuzzTest {
  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("schema.graphqls"), GraphqlShop.SCHEMA);
    Files.writeString(
        folder.resolve("who.yaml"),
        "identities: {stranger: {token: unknown}, ann: {token: good, owns: {order: [1, 2]}}}");
  }

  @ParameterizedTest
  @CsvSource({
    "BREAKS_ABOVE_FIFTY, Query.orders, 'with `limit`, is answered 500'",
    "NULL_NAME, Query.order, the service could not answer as the schema promises",
    "UNKNOWN_WORD, Query.orders, the service could not answer as the schema promises",
    "TAKES_ANYTHING, Query.order, a request with one thing wrong (`args/id",
    "BREAKS_ON_SYNTAX, Query.order, document`) is answered 500",
    "TELLS_TRACES, Query.order, is answered with a trace of the code",
    "TEXT_FOR_NUMBER, Query.orders, `orders.total` is no `Float`"
  })
  @Requirement(id = "TST-6", without = "fuzz")
  void finds_what_is_wrong(Fault fault, String operation, String message) throws IOException {
    JsonNode said = said(fault, "--fuzz", "60");

    assertThat(said.get("findings"))
        .as(said.toPrettyString())
        .anySatisfy(
            each -> {
              assertThat(each.get("operation").asString()).isEqualTo(operation);
              assertThat(each.get("message").asString()).contains(message);
              assertThat(each.get("attempts").get(0).get("curl").asString()).contains("\"query\"");
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void is_silent_about_a_service_that_keeps_to_its_schema(int seed) throws IOException {
    JsonNode said =
        said(Fault.NONE, "--fuzz", "100", "--seed", Integer.toString(seed), "--may", "act");

    assertThat(said.get("findings")).as(said.toPrettyString()).isEmpty();
    assertThat(said.at("/withstood/fuzz"))
        .extracting(JsonNode::asString)
        .containsExactly(
            "Query.order",
            "Query.orders",
            "Query.search",
            "Query.thing",
            "Query.sum",
            "Mutation.place");
  }

  @Test
  @Requirement(id = "TST-6", without = "fuzz")
  void makes_what_shows_a_fault_as_small_as_it_can_be() throws IOException {
    JsonNode said = said(Fault.BREAKS_ABOVE_FIFTY, "--fuzz", "60", "--operation", "Query.orders");

    assertThat(said.at("/findings/0/attempts/0/curl").asString())
        .contains("{\"query\":\"query($limit: Int) { orders(limit: $limit) { __typename } }\"")
        .contains("\"variables\":{\"limit\":51}");
  }

  @Test
  @Requirement(id = "TST-6", without = "fuzz")
  void keeps_what_showed_a_fault_and_sends_one_again() throws IOException {
    JsonNode said = said(Fault.NULL_NAME, "--fuzz", "60", "--corpus", "kept.jsonl");
    assertThat(said.get("findings")).isNotEmpty();
    String id = said.at("/findings/0/id").asString();

    JsonNode again = said(Fault.NULL_NAME, "--corpus", "kept.jsonl", "--replay", id);

    assertThat(again.get("findings"))
        .extracting(each -> each.get("id").asString())
        .containsOnly(id);
    assertThat(again.get("requests").asInt()).isLessThan(40);
  }

  @Test
  void sends_the_same_in_every_run() throws IOException {
    said(Fault.NULL_NAME, "--fuzz", "40", "--log", "one.jsonl");
    said(Fault.NULL_NAME, "--fuzz", "40", "--log", "other.jsonl");

    assertThat(sent("one.jsonl")).isEqualTo(sent("other.jsonl")).contains("query");
  }

  @Test
  void changes_nothing_unless_it_may() throws IOException {
    GraphqlShop shop = new GraphqlShop(Fault.NONE);

    JsonNode careful = said(shop, "--fuzz", "20");
    assertThat(shop.placed()).isZero();
    assertThat(careful.get("untested").toString()).contains("Mutation.place", "--may act");

    said(shop, "--fuzz", "20", "--may", "act");
    assertThat(shop.placed()).isPositive();
  }

  @Test
  void reads_the_answer_to_an_introspection_query_as_well() throws IOException {
    GraphQL engine =
        GraphQL.newGraphQL(
                UnExecutableSchemaGenerator.makeUnExecutableSchema(
                    new SchemaParser().parse(GraphqlShop.SCHEMA)))
            .build();
    Files.writeString(
        folder.resolve("schema.graphqls"),
        JsonMapper.shared()
            .writeValueAsString(
                engine.execute(IntrospectionQuery.INTROSPECTION_QUERY).toSpecification()));

    assertThat(said(Fault.NULL_NAME, "--fuzz", "40").get("findings")).isNotEmpty();
    assertThat(said(Fault.NONE, "--fuzz", "40").get("findings")).isEmpty();
  }

  @Test
  void plans_without_a_request() {
    Cli cli =
        Cli.run(
            folder,
            "probe",
            "--contract",
            "schema.graphqls",
            "--identities",
            "who.yaml",
            "--target",
            "http://127.0.0.1:1",
            "--plan");

    assertThat(cli.out()).contains("Query.order", "Mutation.place  (not called: it changes");
    assertThat(cli.code()).isZero();
  }

  @Test
  void says_which_options_are_not_for_it() throws IOException {
    assertThat(run(new GraphqlShop(Fault.NONE), "--fuzz", "4", "--probe", "foreign-read").err())
        .contains("`--probe` is for OpenAPI contracts");
    assertThat(run(new GraphqlShop(Fault.NONE)).err()).contains("say how often by `--fuzz`");
  }

  @Test
  void says_where_a_schema_is_wrong() throws IOException {
    Files.writeString(folder.resolve("schema.graphqls"), "scalar Day\ntype Query { a: Nothing }\n");

    Cli cli = run(new GraphqlShop(Fault.NONE), "--fuzz", "4");

    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.err()).contains("schema.graphqls:2:1").contains("Nothing");
  }

  @Test
  void does_not_pass_what_nobody_may_call() throws IOException {
    Files.writeString(folder.resolve("who.yaml"), "identities: {stranger: {token: unknown}}");

    Cli cli = run(new GraphqlShop(Fault.NONE), "--fuzz", "4");

    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.err()).contains("no operation could be called").contains("401");
  }

  private String sent(String log) throws IOException {
    return Files.readString(folder.resolve(log)).replaceAll("127\\.0\\.0\\.1:\\d+", "");
  }

  private JsonNode said(Fault fault, String... more) throws IOException {
    return said(new GraphqlShop(fault), more);
  }

  private JsonNode said(GraphqlShop shop, String... more) throws IOException {
    Cli cli = run(shop, more);
    assertThat(cli.code()).as(cli.err()).isNotEqualTo(2);
    return JsonMapper.shared().readTree(cli.out());
  }

  private Cli run(GraphqlShop shop, String... more) throws IOException {
    try (Loopback service = Loopback.start(0, shop::answer)) {
      List<String> arguments =
          new ArrayList<>(
              List.of(
                  "probe",
                  "--contract",
                  "schema.graphqls",
                  "--identities",
                  "who.yaml",
                  "--target",
                  service.uri() + "/graphql",
                  "--rate",
                  "10000",
                  "--most",
                  "5000",
                  "--format",
                  "json"));
      arguments.addAll(Arrays.asList(more));
      return Cli.run(folder, arguments.toArray(new String[0]));
    }
  }
}

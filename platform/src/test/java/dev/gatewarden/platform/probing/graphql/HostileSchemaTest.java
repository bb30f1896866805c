package dev.gatewarden.platform.probing.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.platform.probing.protocol.ProtocolCase;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Schemas that were not written to be called.
class HostileSchemaTest {
  private static GraphqlSchema schema(String text) {
    return GraphqlSchema.read(
        new Place.Origin(URI.create("file:///shop.graphql"), "shop.graphql"),
        text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"__schema\": 7}",
        "{\"data\": {\"__schema\": {\"types\": \"all\"}}}",
        "{\"data\": {\"__schema\": {\"queryType\": {\"name\": \"Query\"}, \"types\": [7]}}}",
        "{\"data\": {\"__schema\": null}}",
        "{\"data\": {\"__schema\": {\"queryType\": {\"name\": \"Query\"}, \"types\": [{\"kind\":"
            + " \"OBJECT\"}]}}}",
        "type Query { a: Missing }",
        "type Query { a(in: A): Int } input A { a: A! }",
        "type Query { __a: Int }",
        "type Query",
        "enum E type Query { a(e: E!): Int }",
        "input I type Query { a(e: I!): Int }",
        "type Mutation { a: Int }",
        "type Query { a: Int",
        "type Query { a: Int } type Query { a: Int }",
        "interface A implements B { a: Int } interface B implements A { a: Int } type Query { a: A"
            + " }",
      })
  void says_what_is_wrong_with_what_is_no_schema(String text) {
    assertThatExceptionOfType(ProblemsException.class).isThrownBy(() -> schema(text));
  }

  @Test
  void refuses_what_is_nested_deeper_than_it_can_be_read() {
    assertThatExceptionOfType(ProblemsException.class)
        .isThrownBy(
            () ->
                schema(
                    "type Query { a: " + "[".repeat(100_000) + "Int" + "]".repeat(100_000) + "}"));
  }

  @Test
  void makes_requests_of_a_bounded_size_from_filters_that_nest_one_another() {
    String relations =
        IntStream.range(0, 60).mapToObj(i -> "r" + i + ": Filter").collect(Collectors.joining(" "));
    GraphqlSchema schema =
        schema(
            "type Query { orders(where: Filter!): Int } input Filter { id: ID " + relations + "}");
    GraphqlCases cases = new GraphqlCases(schema, List.of());
    Random random = new Random(7);

    for (int i = 0; i < 5; i++) {
      ProtocolCase made = cases.right(schema.contract().operations().getFirst(), random);
      assertThat(made).isNotNull();
      assertThat(Json.text(made.values().get("args/where")).length()).isLessThan(100_000);
    }
  }
}

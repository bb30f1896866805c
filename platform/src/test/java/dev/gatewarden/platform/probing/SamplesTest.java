package dev.gatewarden.platform.probing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.contract.Dialect;
import dev.gatewarden.core.contract.SchemaSource;
import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.DocumentReader;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place.Origin;
import dev.gatewarden.core.schema.Options;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplesTest {

  private static SchemaSource schema(String text) {
    Node node =
        new DocumentReader(Bounds.DEFAULT)
            .read(
                new Origin(URI.create("schema.yaml"), "schema.yaml"),
                text.getBytes(StandardCharsets.UTF_8));
    return new SchemaSource(node, Options.NOWHERE, Dialect.OPENAPI_3_1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{type: string}|\"probe\"",
        "{type: string, maxLength: 3}|\"pro\"",
        "{type: string, minLength: 7}|\"probeee\"",
        "{type: string, pattern: '^[A-Z]{2}$'}|\"AA\"",
        "{type: string, format: date}|\"2026-01-31\"",
        "{type: string, enum: [red, green]}|\"red\"",
        "{const: 7}|7",
        "{type: integer, minimum: 5}|5",
        "{type: integer, exclusiveMinimum: 5}|6",
        "{type: integer, maximum: -3}|-3",
        "{type: integer, minimum: 4, multipleOf: 3}|6",
        "{type: number, minimum: 1.5}|1.5",
        "{type: boolean}|true",
        "{type: [string, 'null']}|\"probe\"",
        "{type: array, items: {type: integer}, minItems: 2}|[1,1]",
        "{type: object, required: [a], properties: {a: {type: string}, b: {type: integer, readOnly:"
            + " true}}}|{\"a\":\"probe\"}",
        "{allOf: [{properties: {a: {type: string}}}, {required: [a]}]}|{\"a\":\"probe\"}",
        "{oneOf: [{type: string, minLength: 3}, {type: integer}]}|\"probe\"",
        "{type: string, example: mine}|\"mine\"",
        "{type: object, properties: {workEmail: {type:"
            + " string}}}|{\"workEmail\":\"probe@example.com\"}",
        "{type: object, properties: {email: {type: string, maxLength: 3}}}|{\"email\":\"pro\"}"
      })
  void makes_values_that_the_schema_accepts(String text, String expected) {
    assertThat(new Samples().of(schema(text)).map(Json::text)).contains(expected);
  }

  @Test
  void tries_another_choice_where_the_first_is_refused() {
    SchemaSource source =
        schema(
            "{type: object, required: [a], properties: {a: {oneOf: [{const: 1, type: string},"
                + " {const: 2}]}}}");

    assertThat(new Samples().of(source).map(Json::text)).contains("{\"a\":2}");
  }

  @Test
  void believes_no_value_that_the_schema_refuses() {
    assertThat(new Samples().of(schema("{type: string, minLength: 3, maxLength: 1}"))).isEmpty();
    assertThat(new Samples().of(schema("{not: {}}"))).isEmpty();
  }
}

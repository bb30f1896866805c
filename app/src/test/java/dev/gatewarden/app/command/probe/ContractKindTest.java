package dev.gatewarden.app.command.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContractKindTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "type Query { a: Int }",
        "# all there is\n\nschema { query: Root }\ntype Root { a: Int }",
        "\"\"\"\nopenapi is not this\n\"\"\"\ntype Query {\n  a: Int\n}\n",
        "extend type Query @key(fields: \"id\") { a: Int }",
        "scalar Date\n",
        "{\"data\": {\"__schema\": {}}}"
      })
  void knows_a_schema_of_graphql(String text) {
    assertThat(of(text)).isEqualTo(ContractKind.GRAPHQL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "openapi: 3.1.0\ninfo:\n  description: |\n    type Query { a: Int }\n",
        "openapi: 3.1.0\ntype Query { a: Int }\n",
        "{\"openapi\": \"3.1.0\"}",
        "{\"info\": {\"schema\": \"https://schema.getpostman.com/json/collection/v2.1.0/\"}}",
        "type: object\ninput: none\n",
        "swagger: '2.0'\n"
      })
  void leaves_everything_else_to_the_readers_of_openapi(String text) {
    assertThat(of(text)).isEqualTo(ContractKind.OPENAPI);
  }

  @Test
  void knows_descriptors_and_the_text_that_they_are_made_of() {
    assertThat(of("\n\4shop")).isEqualTo(ContractKind.DESCRIPTORS);
    assertThat(of("// shop\nsyntax = \"proto3\";\n")).isEqualTo(ContractKind.PROTO);
    assertThat(of("edition = \"2023\";\n")).isEqualTo(ContractKind.PROTO);
  }

  private static ContractKind of(String text) {
    return ContractKind.of(text.getBytes(StandardCharsets.UTF_8));
  }
}

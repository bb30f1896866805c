package dev.gatewarden.acceptance;

import static dev.gatewarden.demo.issuer.Person.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.demo.attack.Seen;
import dev.gatewarden.demo.attack.Side;
import dev.gatewarden.demo.shop.Fault;
import dev.gatewarden.testkit.Requirement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each schema of a contract is read in its own language, at the gate as on the command line.
class SchemaDialectsTest {

  private static final String OVERLAY =
      """
      overlay: 1.0.0
      info: {title: orders with more to say, version: '1'}
      actions:
        - target: $.components.schemas.NewOrder.properties
          update:
            gift:
              anyOf:
                - {type: object, required: [to], properties: {to: {type: string}, mark: {type: string, readOnly: true}}}
                - type: 'null'
            parcel:
              $id: https://shop.example/parcel
              $schema: http://json-schema.org/draft-07/schema#
              type: array
              items: [{type: integer}, {type: string}]
              additionalItems: false
            form: {$ref: 'https://json-schema.org/draft/2020-12/schema'}
            tree:
              $id: https://shop.example/tree
              $dynamicAnchor: node
              type: object
              properties: {label: {type: string}, below: {type: array, items: {$dynamicRef: '#node'}}}
              unevaluatedProperties: false
      """;

  @TempDir private static Path folder;
  private static ShopAtTheGate shop;
  private static Side side;

  @BeforeAll
  static void open() throws Exception {
    Path overlay = folder.resolve("overlay.yaml");
    Files.writeString(overlay, OVERLAY);
    shop =
        ShopAtTheGate.start(
            EnumSet.allOf(Fault.class),
            files ->
                ShopAtTheGate.unlimited(files)
                    .change("at: {path: /}", "overlay: " + overlay + "\n    at: {path: /}"));
    side = shop.side();
    side.reset();
  }

  @AfterAll
  static void close() throws Exception {
    shop.close();
  }

  private static Seen order(String field, String value) throws Exception {
    return side.post(
        "/v1/orders",
        side.token(ALICE),
        "{\"items\":[{\"sku\":\"CUP-6\",\"quantity\":1}],\"shipTo\":\"x\",\""
            + field
            + "\":"
            + value
            + "}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "gift | null",
        "gift | {\"to\":\"Ann\"}",
        "parcel | [1,\"a\"]",
        "form | {\"properties\":{\"a\":{\"type\":\"integer\"}}}",
        "tree | {\"label\":\"a\",\"below\":[{\"label\":\"b\",\"below\":[]}]}",
      })
  void lets_pass_what_the_dialect_allows(String field, String value) throws Exception {
    assertThat(order(field, value).status()).isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "gift | {\"to\":\"Ann\",\"mark\":\"x\"} | /gift/mark",
        "gift | {\"to\":\"Ann\",\"isAdmin\":true} | /gift",
        "parcel | [1,\"a\",2] | /parcel/2",
        "parcel | [\"a\",1] | /parcel/0",
        "form | {\"properties\":{\"a\":{\"type\":\"int\"}}} | /form/properties/a/type",
        "tree | {\"below\":[{\"lable\":\"b\"}]} | /tree/below/0/lable",
      })
  @Requirement(id = "SCH-6", without = "request-schema")
  void refuses_what_the_dialect_forbids(String field, String value, String pointer)
      throws Exception {
    int before = shop.shop().served();
    Seen seen = order(field, value);

    assertThat(seen.status()).isEqualTo(400);
    assertThat(seen.text()).contains(pointer);
    assertThat(shop.shop().served()).isEqualTo(before);
  }

  @Test
  @Requirement(id = "SCH-6")
  void judges_documents_in_every_dialect_from_the_command_line() throws Exception {
    judges(
        "{\"type\":\"integer\",\"$schema\":\"http://json-schema.org/draft-04/schema#\"}",
        "1",
        "1.0");
    judges(
        "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"items\":[{\"type\":\"null\"}]}",
        "[null,1]",
        "[1]");
    judges(
        "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"prefixItems\":[{\"type\":\"null\"}]}",
        "[null,1]",
        "[1]");
    judges(
        "{\"$ref\":\"https://json-schema.org/draft/2020-12/schema\"}",
        "{\"type\":\"null\"}",
        "{\"type\":\"nil\"}");
  }

  private static void judges(String schema, String valid, String invalid) throws Exception {
    write("schema.json", schema);
    write("valid.json", valid);
    write("invalid.json", invalid);
    assertThat(code("valid.json")).as(schema + " on " + valid).isZero();
    assertThat(code("invalid.json")).as(schema + " on " + invalid).isEqualTo(1);
  }

  private static int code(String document) throws Exception {
    return Program.gatewarden(folder, "validate", "--schema", "schema.json", document).code();
  }

  private static void write(String name, String text) {
    try {
      Files.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException wrong) {
      throw new UncheckedIOException(wrong);
    }
  }
}

package dev.gatewarden.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Documents and the verdicts on them.
final class ValidateTest {
  private static final String SCHEMA =
      """
      {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
       "required": ["sku"],
       "properties": {"sku": {"type": "string", "maxLength": 5}, "price": {"$ref": "price.json"}}}
      """;

  private static final String API =
      """
      openapi: 3.0.3
      info: {title: a, version: 1}
      paths: {}
      components:
        schemas:
          Order:
            type: object
            required: [id, secret]
            properties:
              id: {type: integer, readOnly: true}
              secret: {type: string, writeOnly: true}
              note: {type: string, nullable: true}
          a/b c: {type: integer, minimum: 0, exclusiveMinimum: true}
      """;

  @TempDir private Path folder;
  private Shell shell;

  @BeforeEach
  void open() throws IOException {
    shell = new Shell(folder);
    write("schema.json", SCHEMA);
    write("price.json", "{\"type\": \"number\", \"minimum\": 0}");
    write("api.yaml", API);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  @Test
  void tells_a_valid_document() throws IOException {
    write("a.json", "{\"sku\": \"a\", \"price\": 1}");
    Shell.Said said = shell.run("validate", "--schema", "schema.json", "a.json");
    assertThat(said.out()).isEqualTo("a.json: valid\n");
    assertThat(said.err()).isEmpty();
    assertThat(said.code()).isZero();
  }

  @Test
  void tells_where_and_why_a_document_is_not_valid() throws IOException {
    write("a.json", "{\n  \"price\": -1\n}");
    write("b.yaml", "sku: toolong\nprice: '1'\n");
    Shell.Said said = shell.run("validate", "--schema", "schema.json", "a.json", "b.yaml");
    assertThat(said.out())
        .startsWith("a.json: invalid\n")
        .containsPattern("  2:12 /price: .*\\(minimum\\), said at price.json#/minimum\n")
        .containsPattern("  1:1 the document: .*\\(required\\), said at schema.json#/required\n")
        .contains("b.yaml: invalid\n")
        .containsPattern(
            "  1:6 /sku: .*\\(maxLength\\), said at schema.json#/properties/sku/maxLength\n")
        .containsPattern("  2:8 /price: .*\\(type\\), said at price.json#/type\n");
    assertThat(said.err()).isEqualTo("0 valid, 2 invalid\n");
    assertThat(said.code()).isEqualTo(1);
  }

  @Test
  void says_first_that_a_text_is_no_json_and_nothing_else_of_that_place() throws IOException {
    write("object.json", "{\"type\": \"object\", \"required\": [\"a\"]}");
    write("word.json", "nope");
    write("empty.json", "");
    write("cut.json", "{\"b\": 1");
    Shell.Said said =
        shell.run("validate", "--schema", "object.json", "word.json", "empty.json", "cut.json");
    assertThat(said.out())
        .isEqualTo(
            """
            word.json: invalid
              1:1 the document: is not well-formed JSON here (json)
            empty.json: invalid
              1:1 the document: is not well-formed JSON here (json)
            cut.json: invalid
              1:8 /b: is not well-formed JSON here (json)
            """);
    Shell.Said lines = shell.piped("nope\n", "validate", "--schema", "object.json", "--jsonl", "-");
    assertThat(lines.out())
        .isEqualTo("1: invalid, the document: is not well-formed JSON here (json)\n");
  }

  @Test
  void calls_an_undeclared_field_after_the_keyword_that_closes_the_object() throws IOException {
    write("closed.json", "{\"properties\": {\"a\": true}, \"additionalProperties\": false}");
    write("list.json", "{\"prefixItems\": [true], \"items\": false}");
    write("a.json", "{\"b\": 1}");
    write("b.json", "[1, 2]");
    assertThat(shell.run("validate", "--schema", "closed.json", "a.json").out())
        .contains("(additionalProperties), said at closed.json#/additionalProperties\n");
    assertThat(shell.run("validate", "--schema", "list.json", "b.json").out())
        .contains("(items), said at list.json#/items\n");
  }

  @Test
  void writes_one_json_object_for_each_document() throws IOException {
    write("a.json", "{\"sku\": \"a\"}");
    write("b.json", "{\"sku\": 7}");
    Shell.Said said =
        shell.run("validate", "--schema", "schema.json", "--format", "json", "a.json", "b.json");
    assertThat(said.out().lines())
        .hasSize(2)
        .first()
        .isEqualTo("{\"document\":\"a.json\",\"verdict\":\"valid\",\"violations\":[]}");
    assertThat(said.out().lines().toList().get(1))
        .contains(
            "\"verdict\":\"invalid\",\"violations\":[{\"instanceLocation\":\"/sku\","
                + "\"keywordLocation\":\"#/properties/sku/type\",\"keyword\":\"type\"",
            "\"at\":\"1:9\"");
  }

  @Test
  void judges_a_stream_line_by_line() {
    String lines =
        "{\"sku\":\"a\"}\r\n\n"
            + "{\"sku\":1,\"price\":-1}\n"
            + "{\"sku\"\n"
            + "{\"sku\":\"a\",\"sku\":\"b\"}\n"
            + "\u0001\n"
            + "{\"sku\":\"b\"}";
    Shell.Said said = shell.piped(lines, "validate", "--schema", "schema.json", "--jsonl", "-");
    assertThat(said.out().lines().toList())
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("1: valid"),
            line -> assertThat(line).startsWith("3: invalid, /sku: ").endsWith(", and 1 more"),
            line -> assertThat(line).startsWith("4: invalid, ").endsWith("(json)"),
            line -> assertThat(line).startsWith("5: invalid, ").endsWith("(duplicateKey)"),
            line -> assertThat(line).startsWith("6: invalid, ").endsWith("(json)"),
            line -> assertThat(line).isEqualTo("7: valid"));
    assertThat(said.err()).isEqualTo("2 valid, 4 invalid\n");
    assertThat(said.code()).isEqualTo(1);
  }

  @Test
  void bounds_the_length_of_a_line_and_goes_on_behind_it() throws IOException {
    String fitting = "{\"sku\":\"a\"," + " ".repeat(1024 - 22) + "\"price\":1}";
    assertThat(fitting).hasSize(1024 - 1);
    write(
        "a.jsonl",
        fitting
            + " \n"
            + fitting
            + "  \n"
            + "{\"sku\":\"a\"}\n"
            + "x".repeat(300_000)
            + "\n{\"sku\":\"a\"}\n");
    Shell.Said said =
        shell.run(
            "validate", "--schema", "schema.json", "--jsonl", "a.jsonl", "--max-line", "1KiB");
    assertThat(said.out())
        .isEqualTo(
            """
            1: valid
            2: invalid, the document: the line has more than 1024 bytes (maxLine)
            3: valid
            4: invalid, the document: the line has more than 1024 bytes (maxLine)
            5: valid
            """);
  }

  @Test
  void reads_lines_that_fall_across_its_buffer() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 40_000; i++) {
      lines.append("{\"sku\":\"").append(i % 7 == 0 ? "longer" : "ab").append("\"}\n");
    }
    write("a.jsonl", lines.toString());
    Shell.Said said = shell.run("validate", "--schema", "schema.json", "--jsonl", "a.jsonl");
    assertThat(said.out().lines().filter(line -> line.endsWith(": valid"))).hasSize(34_285);
    assertThat(said.err()).isEqualTo("34285 valid, 5715 invalid\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "both     | {\"id\":1,\"secret\":\"s\",\"note\":null} | 0",
        "request  | {\"secret\":\"s\"}                       | 0",
        "request  | {\"id\":1,\"secret\":\"s\"}              | 1",
        "response | {\"id\":1}                               | 0",
        "response | {\"id\":1,\"secret\":\"s\"}              | 1",
        "both     | {\"id\":1,\"secret\":\"s\",\"more\":1}   | 1",
      })
  void judges_the_schemas_of_a_contract_by_direction(String direction, String text, int code)
      throws IOException {
    write("a.json", text);
    Shell.Said said =
        shell.run(
            "validate",
            "--schema",
            "api.yaml#/components/schemas/Order",
            "--direction",
            direction,
            "a.json");
    assertThat(said.code()).as(said.out() + said.err()).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({
    "schema.json, refuse, 1, (unknownField)",
    "schema.json, allow, 0, valid",
    "schema.json, observe, 0, (unknownField)",
    "schema.json, , 0, valid",
  })
  void treats_undeclared_fields_as_it_is_told(String schema, String rule, int code, String words)
      throws IOException {
    write("a.json", "{\"sku\": \"a\", \"more\": 1}");
    Shell.Said said =
        rule == null
            ? shell.run("validate", "--schema", schema, "a.json")
            : shell.run("validate", "--schema", schema, "--unknown-fields", rule, "a.json");
    assertThat(said.out()).contains(words);
    assertThat(said.code()).isEqualTo(code);
  }

  @Test
  void finds_a_schema_behind_an_encoded_pointer_in_the_dialect_of_its_document() {
    String pointer = "api.yaml#/components/schemas/a~1b%20c";
    assertThat(shell.piped("1", "validate", "--schema", pointer, "-").code()).isZero();
    assertThat(shell.piped("0", "validate", "--schema", pointer, "-").out())
        .contains("must be greater than 0");
  }

  @Test
  void takes_the_dialect_from_the_schema_or_from_the_user() throws IOException {
    write("four.json", "{\"$schema\":\"http://json-schema.org/draft-04/schema#\",\"const\":1}");
    assertThat(shell.piped("2", "validate", "--schema", "four.json", "-").code()).isZero();
    assertThat(
            shell
                .piped("2", "validate", "--schema", "four.json", "--dialect", "draft-7", "-")
                .code())
        .isEqualTo(1);
    Shell.Said unknown =
        shell.piped("2", "validate", "--schema", "four.json", "--dialect", "draft-77", "-");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("did you mean `draft-7`?");
  }

  @Test
  void cannot_judge_by_a_schema_it_cannot_read() throws IOException {
    write("broken.json", "{\"type\": \"strin\"}");
    write("other.json", "{\"$schema\": \"https://json-schema.org/draft/next/schema\"}");
    refuses("broken.json", "broken.json:1:10");
    refuses("absent.json", "absent.json:1:1: the file cannot be read: there is no such file");
    refuses("api.yaml", "name a schema in it, such as `api.yaml#/components/schemas/Order`");
    refuses("api.yaml#/components/schemas/Oder", "did you mean `Order`?");
    refuses("other.json", "name the nearest with `--dialect`: 2020-12, 2019-09, draft-7");
  }

  private void refuses(String schema, String words) {
    Shell.Said said = shell.piped("1", "validate", "--schema", schema, "-");
    assertThat(said.err()).contains(words);
    assertThat(said.out()).isEmpty();
    assertThat(said.code()).isEqualTo(2);
  }

  @Test
  void judges_what_it_can_where_a_document_cannot_be_read() throws IOException {
    write("a.json", "{\"sku\": \"a\"}");
    Shell.Said said = shell.run("validate", "--schema", "schema.json", "absent.json", "a.json");
    assertThat(said.out()).isEqualTo("a.json: valid\n");
    assertThat(said.err()).contains("gatewarden: `absent.json`: there is no such file");
    assertThat(said.code()).isEqualTo(2);
  }

  @Test
  void has_a_verdict_on_what_is_no_document() throws IOException {
    Files.write(folder.resolve("bytes.json"), new byte[] {'"', (byte) 0xC0, (byte) 0x80, '"'});
    write("a.yaml", "sku: [\n");
    write("empty.json", "");
    Shell.Said said =
        shell.run("validate", "--schema", "schema.json", "bytes.json", "a.yaml", "empty.json");
    assertThat(said.out())
        .contains("bytes.json: invalid", "a.yaml: invalid", "(yaml)", "empty.json: invalid");
    assertThat(said.code()).isEqualTo(1);
  }

  @Test
  void says_nothing_of_the_values_it_refuses() throws IOException {
    write("a.json", "{\"sku\": \"hunter2hunter2\", \"price\": -987}");
    assertThat(shell.run("validate", "--schema", "schema.json", "a.json").out())
        .doesNotContain("hunter2", "987");
  }

  @Test
  void wants_something_to_judge() {
    assertThat(shell.run("validate", "--schema", "schema.json").code()).isEqualTo(2);
    assertThat(shell.run("validate", "a.json").code()).isEqualTo(2);
    assertThat(
            shell
                .run("validate", "--schema", "schema.json", "--jsonl", "-", "--max-line", "lots")
                .err())
        .contains("`--max-line` is `lots`; write it as `1MiB`");
  }

  @Test
  void tells_a_byte_order_mark_and_a_second_document() {
    assertThat(shell.piped("\uFEFF1", "validate", "--schema", "price.json", "-").code())
        .isEqualTo(1);
    assertThat(shell.piped("1 2", "validate", "--schema", "price.json", "-").code()).isEqualTo(1);
  }
}

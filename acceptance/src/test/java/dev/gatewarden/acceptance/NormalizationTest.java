package dev.gatewarden.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.testkit.Requirement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the contract declares to be trimmed, lower-cased or composed is so before it is judged, and
/// arrives so; what it does not declare keeps its bytes.
class NormalizationTest {
  private static final String PATHS =
      """
      /people/me:
        get:
          operationId: me
          x-gatewarden-object: {none: test}
          responses: {'200': {description: it, content: {application/json: {schema: {}}}}}
      /people/{mail}:
        get:
          operationId: person
          x-gatewarden-object: {none: test}
          parameters:
          - name: mail
            in: path
            required: true
            schema: {type: string, pattern: '^[a-z@.é-]*$', x-gatewarden-normalize: [trim, lower-case]}
          - name: tag
            in: query
            schema:
              type: array
              uniqueItems: true
              x-gatewarden-normalize: unique-items
              items: {type: string, pattern: '^[a-z]+$', x-gatewarden-normalize: [trim, lower-case]}
          - name: as-it-is
            in: query
            schema: {type: string}
          - name: X-Colour
            in: header
            schema: {type: string, enum: [red, green], x-gatewarden-normalize: lower-case}
          responses: {'200': {description: it, content: {application/json: {schema: {}}}}}
      /people:
        post:
          operationId: addPerson
          x-gatewarden-object: {none: test}
          requestBody:
            content:
              application/json:
                schema:
                  type: object
                  additionalProperties: false
                  properties:
                    mail: {type: string, pattern: '^[a-z@.]+$', x-gatewarden-normalize: [trim, lower-case]}
                    name: {type: string, maxLength: 4, x-gatewarden-normalize: [nfc, trim]}
                    note: {type: string}
                    tags:
                      type: array
                      maxItems: 2
                      uniqueItems: true
                      x-gatewarden-normalize: unique-items
                      items: {type: string, x-gatewarden-normalize: trim}
          responses: {'200': {description: it, content: {application/json: {schema: {}}}}}
      """;

  private static RawEcho service;
  private static OwnGate gate;
  private static OwnGate.Line line;

  @BeforeAll
  static void open() throws Exception {
    service = RawEcho.start();
    gate = OwnGate.start(service.uri(), PATHS, "", "");
    line = gate.line();
  }

  @AfterAll
  static void close() throws Exception {
    line.close();
    gate.close();
    service.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '`',
      value = {
        "{\"mail\":\" Bob@Example.COM\\n\"} | {\"mail\":\"bob@example.com\"}",
        "{\"mail\" : \"bob@example.com\" } | {\"mail\" : \"bob@example.com\" }",
        "{\"name\":\" Ze\\u0301 \"} | {\"name\":\"Zé\"}",
        "{\"name\":\"Zé\"} | {\"name\":\"Zé\"}",
        "{\"note\":\" Ze\\u0301 \"} | {\"note\":\" Ze\\u0301 \"}",
        "{\"tags\":[\"a\", \" a\" ,\"b\", \"a \"]} | {\"tags\":[\"a\" ,\"b\"]}",
      })
  @Requirement(id = "SCH-3")
  void a_body_is_judged_and_forwarded_in_its_declared_form(String sent, String arrived)
      throws Exception {
    assertThat(line.post("/people", sent).status()).isEqualTo(200);
    assertThat(service.last().text()).isEqualTo(arrived);
    assertThat(service.last().field("content-length"))
        .containsExactly("" + service.last().body().length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"mail\":\"b b\"}",
        "{\"name\":\" abcde \"}",
        "{\"tags\":[\"a\",\"b\",\"c\"]}",
        "{\"mail\":\"a\",\"mail\":\"B\"}",
        "{\"mail\":\" a\""
      })
  void what_breaks_the_contract_in_its_form_is_refused(String sent) throws Exception {
    int before = service.count();

    assertThat(line.post("/people", sent).status()).isEqualTo(400);
    assertThat(service.count()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "/people/Bob@Example.COM, /people/bob@example.com",
    "/people/bob, /people/bob",
    "/people/%C3%89, /people/%C3%A9",
    "/people/a?tag=A&tag=b&tag=a, /people/a?tag=a&tag=b",
    "/people/a?as-it-is=+A+&tag=+X, /people/a?as-it-is=%20A%20&tag=x"
  })
  @Requirement(id = "SCH-3")
  void parameters_are_judged_and_forwarded_in_their_declared_form(String sent, String arrived)
      throws Exception {
    assertThat(line.get(sent).status()).isEqualTo(200);
    assertThat(service.last().target()).isEqualTo(arrived);
  }

  @Test
  void a_header_is_judged_and_forwarded_in_its_declared_form() throws Exception {
    assertThat(line.get("/people/a", "X-Colour: RED").status()).isEqualTo(200);
    assertThat(service.last().field("x-colour")).containsExactly("red");
    assertThat(line.get("/people/a", "X-Colour: blue").status()).isEqualTo(400);
  }

  @Test
  void a_path_does_not_become_another_operations_by_its_form() throws Exception {
    int before = service.count();

    assertThat(line.get("/people/ME").status()).isEqualTo(400);
    assertThat(service.count()).isEqualTo(before);
    assertThat(line.get("/people/me").status()).isEqualTo(200);
  }

  @Test
  void nothing_is_left_that_was_cut_off() throws Exception {
    assertThat(line.get("/people/a?tag=+").status()).isEqualTo(400);
    assertThat(line.post("/people", "{\"mail\":\"  \"}").status()).isEqualTo(400);
  }
}

package dev.gatewarden.platform.auditing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.DocumentReader;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place.Origin;
import dev.gatewarden.core.finding.Remedy;
import dev.gatewarden.platform.auditing.fixing.Fixes;
import dev.gatewarden.platform.auditing.fixing.Fixes.Level;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FixesTest {
  private static final String YAML =
      """
      openapi: 3.1.0
      info: {title: Shop, version: '1'}
      security: [{token: []}]
      paths:
        /orders/{orderId}: # one order
          get:
            operationId: getOrder
            parameters:
            - {in: path, name: orderId, required: true, schema: {type: string, format: UUID}} # theirs
            responses:
              '200':
                description: the order

              # nothing else is known
          delete:
            operationId: dropOrder
            responses: {'204': {description: gone}}
      components:
        securitySchemes:
          token: {type: http, scheme: bearer, bearerFormat: JWT}
      """;

  private static final Set<String> FURTHER =
      Set.of(
          "scopes-missing",
          "scope-for-all",
          "binding-missing",
          "key-alone-on-personal-data",
          "cookie-without-csrf",
          "security-weaker-alternative");

  static java.util.stream.Stream<Path> documents() throws IOException {
    return CorpusAuditTest.documents();
  }

  @Test
  void edits_what_is_safe_and_keeps_comments_and_order() {
    String fixed = fixed("shop.yaml", YAML);

    assertThat(fixed)
        .isEqualTo(
            """
            openapi: 3.1.0
            info: {title: Shop, version: '1'}
            security: [{token: []}]
            paths:
              /orders/{orderId}: # one order
                get:
                  operationId: getOrder
                  parameters:
                  - {in: path, name: orderId, required: true, schema: {type: string, format: uuid}} # theirs
                  responses:
                    '200':
                      description: the order
                    '401':
                      $ref: '#/components/responses/Unauthorized'
                    '404':
                      $ref: '#/components/responses/NotFound'

                    # nothing else is known
                delete:
                  operationId: dropOrder
                  responses: {'204': {description: gone}, '401': {$ref: '#/components/responses/Unauthorized'}, '404': {$ref: '#/components/responses/NotFound'}}
            components:
              securitySchemes:
                token: {type: http, scheme: bearer, bearerFormat: JWT}
              responses:
                Unauthorized:
                  description: the caller proved nothing
                NotFound:
                  description: there is no such object, or it is not the caller's
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ip", "ip-address", "datetime", "base64", "guid", "uuid4", "host", "mail"})
  void leaves_a_format_that_may_have_let_in_more_than_the_known_one(String format) {
    String text = YAML.replace("format: UUID", "format: " + format);

    assertThat(fixed("shop.yaml", text)).contains("format: " + format + "}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dateTime", "date_time", "e-mail", "URL", "UUID"})
  void writes_the_known_name_where_it_is_written_otherwise(String format) {
    String text = YAML.replace("format: UUID", "format: " + format);

    assertThat(fixed("shop.yaml", text)).doesNotContain("format: " + format + "}}");
  }

  @Test
  void has_nothing_left_to_do_the_second_time() {
    String fixed = fixed("shop.yaml", YAML);

    assertThat(fixed("shop.yaml", fixed)).isEqualTo(fixed);
  }

  @Test
  void promises_a_status_as_other_operations_do() {
    String text =
        """
        openapi: 3.1.0
        info: {title: Shop, version: '1'}
        security: [{token: []}]
        paths:
          /a:
            get:
              operationId: a
              responses:
                '200': {description: it}
                '401': {$ref: '#/components/responses/Who'}
          /b:
            get:
              operationId: b
              responses:
                '200': {description: it}
        components:
          responses:
            Who: {description: who are you}
          securitySchemes:
            token: {type: http, scheme: bearer, bearerFormat: JWT}
        """;

    assertThat(fixed("shop.yaml", text))
        .contains(
            """
                  operationId: b
                  responses:
                    '200': {description: it}
                    '401':
                      $ref: '#/components/responses/Who'
            """);
  }

  @Test
  void shares_nothing_where_one_operation_alone_lacks_an_answer() {
    String text =
        """
        openapi: 3.1.0
        info: {title: Shop, version: '1'}
        security: [{token: []}]
        paths:
          /a:
            get: {operationId: a, responses: {"200": {description: it}}}
        components:
          securitySchemes:
            token: {type: http, scheme: bearer, bearerFormat: JWT}
        """;

    assertThat(fixed("shop.yaml", text))
        .contains(
            "responses: {\"200\": {description: it}, \"401\": {\"description\": \"the caller proved"
                + " nothing\"}}}");
  }

  @Test
  void writes_answers_of_swagger_where_swagger_has_them() {
    String text =
        """
        {
          "swagger": "2.0",
          "info": {"title": "Shop", "version": "1"},
          "host": "api.example.com",
          "security": [{"token": []}],
          "securityDefinitions": {"token": {"type": "apiKey", "in": "header", "name": "X-Token"}},
          "paths": {
            "/a": {
              "get": {
                "operationId": "a",
                "responses": {
                  "200": {"description": "it"}
                }
              },
              "put": {
                "operationId": "b",
                "responses": {
                  "200": {"description": "it"}
                }
              }
            }
          }
        }
        """;

    assertThat(fixed("shop.json", text))
        .contains(
            """
                      "200": {"description": "it"},
                      "401": {
                        "$ref": "#/responses/Unauthorized"
                      }
            """)
        .endsWith(
            """
              },
              "responses": {
                "Unauthorized": {
                  "description": "the caller proved nothing"
                }
              }
            }
            """);
  }

  @Test
  void takes_away_plain_http_beside_the_same_https() {
    String text =
        YAML.replace(
            "security: [{token",
            """
            servers:
            # for all
            - url: https://api.example.com
              description: the safe one
            - url: http://api.example.com # old
              description: the other one
            # for tests
            - url: https://test.example.com
            security: [{token\
            """);

    assertThat(fixed("shop.yaml", text))
        .contains(
            """
            servers:
            # for all
            - url: https://api.example.com
              description: the safe one
            # for tests
            - url: https://test.example.com
            """);
  }

  @Test
  void leaves_http_where_nothing_says_that_https_is_served() {
    String text =
        YAML.replace(
            "security: [{token", "servers: [{url: http://api.example.com}]\nsecurity: [{token");

    assertThat(fixed("shop.yaml", text)).contains("http://api.example.com");
    assertThat(mended("shop.yaml", text, Level.SUGGESTED).text())
        .contains("servers: [{url: 'https://api.example.com'}]");
  }

  @Test
  void bounds_what_callers_send_where_suggestions_are_asked_for() {
    String text =
        """
        openapi: 3.0.3
        info: {title: Shop, version: '1'}
        paths:
          /orders:
            post:
              operationId: order
              requestBody:
                content:
                  application/json:
                    schema: {$ref: '#/components/schemas/Order'}
              responses:
                '200': {description: it}
        components:
          schemas:
            Order:
              type: object
              properties:
                # what it is for
                note: {type: string} # free
                lines:
                  type: array
                  items:
                    type: integer
        """;

    assertThat(fixed("shop.yaml", text)).contains("note: {type: string} # free");
    assertThat(mended("shop.yaml", text, Level.SUGGESTED).text())
        .contains(
            """
                Order:
                  type: object
                  properties:
                    # what it is for
                    note: {type: string, maxLength: 4000} # free
                    lines:
                      type: array
                      items:
                        type: integer
                        format: int64
                      maxItems: 100
                  additionalProperties: false
            """);
  }

  @Test
  void leaves_a_schema_open_that_is_part_of_another() {
    String text =
        """
        openapi: 3.0.3
        info: {title: Shop, version: '1'}
        paths:
          /orders:
            post:
              operationId: order
              requestBody:
                content:
                  application/json:
                    schema:
                      allOf:
                      - {$ref: '#/components/schemas/Base'}
                      - {type: object, properties: {b: {type: boolean}}}
              responses:
                '200': {description: it}
        components:
          schemas:
            Base: {type: object, properties: {a: {type: boolean}}}
        """;

    assertThat(mended("shop.yaml", text, Level.SUGGESTED).text())
        .contains("Base: {type: object, properties: {a: {type: boolean}}}");
  }

  @Test
  void leaves_what_an_alias_repeats() {
    String text =
        """
        openapi: 3.0.3
        info: {title: Shop, version: '1'}
        security: [{token: []}]
        paths:
          /a:
            get:
              operationId: a
              responses: &usual
                '200': {description: it}
          /b:
            get:
              operationId: b
              responses: *usual
          /c:
            get:
              operationId: c
              responses:
                '200': {description: it}
        components:
          securitySchemes:
            token: {type: http, scheme: bearer, bearerFormat: JWT}
        """;

    assertThat(fixed("shop.yaml", text))
        .contains(
            """
                  responses: &usual
                    '200': {description: it}
              /b:
            """)
        .contains(
            """
                  operationId: c
                  responses:
                    '200': {description: it}
                    '401':
            """);
  }

  @Test
  void ends_lines_as_the_document_does() {
    String fixed = fixed("shop.yaml", YAML.replace("\n", "\r\n"));

    assertThat(fixed.replace("\r\n", "\n")).isEqualTo(fixed("shop.yaml", YAML));
    assertThat(fixed.replace("\r\n", "")).doesNotContain("\n");
  }

  @Test
  void keeps_the_mark_that_a_document_begins_with() {
    assertThat(fixed("shop.yaml", "\uFEFF" + YAML)).isEqualTo("\uFEFF" + fixed("shop.yaml", YAML));
  }

  @Test
  void edits_json_that_begins_with_a_mark_and_is_indented_with_tabs() {
    String json =
        """
        {
        \t"openapi": "3.1.0",
        \t"info": {"title": "Shop", "version": "1"},
        \t"security": [{"token": []}],
        \t"paths": {
        \t\t"/a": {"get": {"operationId": "a", "responses": {"200": {"description": "it"}}}},
        \t\t"/b": {"get": {"operationId": "b", "responses": {"200": {"description": "it"}}}}
        \t}
        }
        """;
    String fixed = fixed("shop.json", json);

    assertThat(fixed).contains("\t\"components\": {\n\t\t\"responses\"");
    assertThat(fixed("shop.json", "\uFEFF" + json)).isEqualTo("\uFEFF" + fixed);
  }

  @Test
  void takes_away_a_server_and_leaves_what_a_comment_beside_it_says() {
    String text =
        YAML.replace(
            "security: [{token",
            """
            servers: [
              {url: 'https://api.example.com'}, # one, two
              {url: 'http://api.example.com'} # three, four
            ]
            security: [{token\
            """);

    assertThat(fixed("shop.yaml", text))
        .contains("servers: [\n  {url: 'https://api.example.com'} # one, two\n]\n");
  }

  @ParameterizedTest
  @MethodSource("documents")
  void mends_documents_of_others_and_nothing_else(Path document) throws IOException {
    String text = Files.readString(document);
    for (Level level : Level.values()) {
      whole(document.getFileName().toString(), text, level);
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void mends_them_where_they_are_written_in_lines_with_comments(Path document) throws IOException {
    String text = Files.readString(document);
    Assumptions.assumeTrue(text.length() < 300_000, "large documents are edited like small ones");
    Node root =
        new DocumentReader(Bounds.DEFAULT)
            .read(new Origin(document.toUri(), "it"), text.getBytes(StandardCharsets.UTF_8));
    String lines = new Lines(document.toString().hashCode()).of(root);
    for (Level level : Level.values()) {
      Mended mended = whole("it.yaml", lines, level);
      assertThat(comments(mended.text())).isEqualTo(comments(lines));
    }
  }

  private static List<String> comments(String text) {
    return text.lines()
        .filter(each -> each.stripLeading().startsWith("#~"))
        .map(String::strip)
        .toList();
  }

  /// Edits, and holds what came of it against what was there.
  private static Mended whole(String name, String text, Level level) {
    Mended mended = mended(name, text, level);

    assertThat(mended.made().isEmpty()).isEqualTo(mended.text().equals(text));
    assertThat(unknown(mended)).isEmpty();
    assertThat(mended.after().score().value())
        .isGreaterThanOrEqualTo(mended.before().score().value());
    assertThat(fixes(name, mended.text(), mended.after(), level).text()).isEqualTo(mended.text());
    boolean removes =
        mended.made().stream()
            .flatMap(each -> each.changes().stream())
            .anyMatch(each -> each instanceof Remedy.Change.Remove);
    long changes = mended.made().stream().mapToLong(each -> each.changes().size()).sum();
    assertThat(removes ? 0 : gone(text, mended.text())).isLessThanOrEqualTo(changes);
    return mended;
  }

  /// What was not found before. Who has to be known to call is asked further questions: which
  /// scopes it takes, and whose the objects are.
  private static Set<String> unknown(Mended mended) {
    Set<String> unknown = ids(mended.after());
    unknown.removeAll(ids(mended.before()));
    if (mended.made().stream()
        .flatMap(each -> each.changes().stream())
        .anyMatch(
            each -> each instanceof Remedy.Change.Add add && add.member().equals("security"))) {
      unknown.removeIf(each -> FURTHER.stream().anyMatch(each::startsWith));
    }
    return unknown;
  }

  private static Set<String> ids(Audit audit) {
    return audit.findings().stream().map(each -> each.finding().id()).collect(Collectors.toSet());
  }

  /// How many lines are not there any more.
  private static long gone(String before, String after) {
    Map<String, Integer> left = new HashMap<>();
    after.lines().forEach(each -> left.merge(each, 1, Integer::sum));
    return before.lines().filter(each -> left.merge(each, -1, Integer::sum) < 0).count();
  }

  @Test
  void mends_all_that_it_says_it_can_in_what_is_written_by_hand() throws IOException {
    Path document =
        documents().filter(each -> each.endsWith("conduit.yaml")).findFirst().orElseThrow();
    Mended mended = mended("conduit.yaml", Files.readString(document), Level.SAFE);

    assertThat(mended.made()).isNotEmpty();
    assertThat(mended.after().findings())
        .noneMatch(
            each ->
                each.finding().remedies().stream()
                    .anyMatch(one -> one instanceof Remedy.Edit edit && edit.safe()));
  }

  private static String fixed(String name, String text) {
    return mended(name, text, Level.SAFE).text();
  }

  /// A document before and after.
  private record Mended(String text, Audit before, Audit after, List<Remedy.Edit> made) {}

  /// Edits until nothing is left to edit, as the command does.
  private static Mended mended(String name, String text, Level level) {
    Audit before = audit(name, text);
    List<Remedy.Edit> made = new ArrayList<>();
    Audit audit = before;
    String now = text;
    for (int i = 0; i < 5; i++) {
      Fixes fixes = fixes(name, now, audit, level);
      if (fixes.made().isEmpty()) {
        break;
      }
      made.addAll(fixes.made());
      now = fixes.text();
      audit = audit(name, now);
    }
    return new Mended(now, before, audit, made);
  }

  private static Audit audit(String name, String text) {
    return CorpusAuditTest.audit(
        Path.of(URI.create("file:///fix/" + name)), text.getBytes(StandardCharsets.UTF_8));
  }

  private static Fixes fixes(String name, String text, Audit audit, Level level) {
    return Fixes.of(
        new Origin(URI.create("file:///fix/" + name), name),
        text,
        audit.findings().stream().map(Ranked::finding).toList(),
        level);
  }

  /// Writes a tree as YAML in lines, as people do, with comments among them.
  private static final class Lines {
    private final Random random;
    private final StringBuilder text = new StringBuilder();
    private int comments;

    Lines(int seed) {
      this.random = new Random(seed);
    }

    String of(Node root) {
      members((Node.Obj) root, "");
      return text.toString();
    }

    private void members(Node.Obj object, String indent) {
      for (Node.Member each : object.entries()) {
        comment(indent);
        text.append(indent).append(Json.quoted(each.name())).append(':');
        value(each.value(), indent);
      }
    }

    private void comment(String indent) {
      if (random.nextInt(9) == 0) {
        text.append(indent).append("#~ ").append(comments++).append('\n');
      }
    }

    private void value(Node value, String indent) {
      switch (value) {
        case Node.Obj object when !object.members().isEmpty() && random.nextInt(9) > 0 -> {
          text.append('\n');
          members(object, indent + "  ");
        }
        case Node.Arr(var _, List<Node> items) when !items.isEmpty() && random.nextInt(5) > 0 -> {
          text.append('\n');
          for (Node item : items) {
            comment(indent);
            text.append(indent).append('-');
            if (item instanceof Node.Obj object && !object.members().isEmpty()) {
              text.append("\n");
              members(object, indent + "  ");
            } else {
              text.append(' ').append(Json.text(item)).append('\n');
            }
          }
        }
        default -> {
          text.append(' ').append(Json.text(value));
          text.append(random.nextInt(9) == 0 ? " # it\n" : "\n");
        }
      }
    }
  }
}

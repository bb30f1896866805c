package dev.gatewarden.platform.auditing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.document.Place.Origin;
import dev.gatewarden.core.finding.Remedy;
import dev.gatewarden.platform.auditing.fixing.Fixes;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
                      description: the caller proved nothing
                    '404':
                      description: there is no such object, or it is not the caller's

                    # nothing else is known
                delete:
                  operationId: dropOrder
                  responses: {'204': {description: gone}, "401": {"description": "the caller proved nothing"}, "404": {"description": "there is no such object, or it is not the caller's"}}
            components:
              securitySchemes:
                token: {type: http, scheme: bearer, bearerFormat: JWT}
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

  @ParameterizedTest
  @MethodSource("documents")
  void ends_what_it_mends_in_documents_of_others(Path document) throws IOException {
    byte[] whole = Files.readAllBytes(document);
    Assumptions.assumeTrue(whole.length < 400_000, "large documents are edited like small ones");
    String text = new String(whole, StandardCharsets.UTF_8);
    Audit before = CorpusAuditTest.audit(document, whole);
    Fixes fixes = fixes(document.toUri(), document.getFileName().toString(), text, before);

    Audit after = CorpusAuditTest.audit(document, fixes.text().getBytes(StandardCharsets.UTF_8));
    Fixes again = fixes(document.toUri(), document.getFileName().toString(), fixes.text(), after);

    assertThat(again.text()).isEqualTo(fixes.text());
    assertThat(fixes.made().isEmpty()).isEqualTo(fixes.text().equals(text));
    assertThat(after.score().value()).isGreaterThanOrEqualTo(before.score().value());
  }

  @Test
  void mends_all_that_it_says_it_can_in_what_is_written_by_hand() throws IOException {
    Path document =
        documents().filter(each -> each.endsWith("conduit.yaml")).findFirst().orElseThrow();
    Audit before = CorpusAuditTest.audit(document, Files.readAllBytes(document));
    Fixes fixes = fixes(document.toUri(), "conduit.yaml", Files.readString(document), before);

    Audit after = CorpusAuditTest.audit(document, fixes.text().getBytes(StandardCharsets.UTF_8));

    assertThat(fixes.made()).isNotEmpty();
    assertThat(after.findings())
        .noneMatch(
            each ->
                each.finding().remedies().stream()
                    .anyMatch(one -> one instanceof Remedy.Edit edit && edit.safe()));
  }

  private static String fixed(String name, String text) {
    URI address = URI.create("file:///fix/" + name);
    Audit audit = CorpusAuditTest.audit(Path.of(address), text.getBytes(StandardCharsets.UTF_8));
    return fixes(address, name, text, audit).text();
  }

  private static Fixes fixes(URI address, String name, String text, Audit audit) {
    return Fixes.of(
        new Origin(address, name), text, audit.findings().stream().map(Ranked::finding).toList());
  }
}

package dev.gatewarden.platform.auditing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.platform.auditing.fixing.Fixes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Contracts written to stop whoever reads them: each is refused, or judged, and in bounded time.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileContractTest {
  private static final String HEAD = "openapi: 3.1.0\ninfo: {title: Shop, version: '1'}\n";

  private static Audit audit(String text) {
    return CorpusAuditTest.audit(
        Path.of("/hostile/shop.yaml"), text.getBytes(StandardCharsets.UTF_8));
  }

  private static String refused(String text) {
    ProblemsException wrong = catchThrowableOfType(ProblemsException.class, () -> audit(text));
    assertThat(wrong).isNotNull();
    return wrong.problems().stream().map(Problem::message).collect(Collectors.joining("\n"));
  }

  private static List<String> found(String text) {
    return audit(text).findings().stream().map(each -> each.finding().message()).toList();
  }

  @Test
  void refuses_aliases_that_unfold_without_end() {
    StringBuilder bomb = new StringBuilder(HEAD).append("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      String inner = ("*a" + (i - 1) + " , ").repeat(9) + "*a" + (i - 1);
      bomb.append("a%d: &a%d [%s ]\n".formatted(i, i, inner));
    }

    assertThat(refused(bomb + "paths: {}\n")).contains("holds more than 8000000 values");
  }

  @Test
  void refuses_what_is_nested_deeper_than_anybody_writes() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);

    assertThat(refused(HEAD + "paths: {}\nx: " + deep)).contains("nested deeper than 256 levels");
  }

  @Test
  void reads_a_word_of_many_megabytes_in_one_go() {
    assertThat(found(HEAD.replace("Shop", "A".repeat(20_000_000)) + "paths: {}\n"))
        .contains("no operation could be judged");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "paths: {/a: {$ref: '#/paths/~1a'}}",
        "paths: {/a: {get: {parameters: [{$ref: '#/components/parameters/P'}]}}}\n"
            + "components: {parameters: {P: {$ref: '#/components/parameters/P'}}}",
        "paths: {/a: {post: {requestBody: {$ref: '#/components/requestBodies/R'}}}}\n"
            + "components: {requestBodies: {R: {$ref: '#/components/requestBodies/S'}, S: {$ref:"
            + " '#/components/requestBodies/R'}}}",
        "paths: {/a: {get: {responses: {'200': {$ref: '#/components/responses/X'}}}}}\n"
            + "components: {responses: {X: {$ref: '#/components/responses/X'}}}",
        "security: [{t: []}]\npaths: {/a: {get: {responses: {'200': {description: it}}}}}\n"
            + "components: {securitySchemes: {t: {$ref: '#/components/securitySchemes/t'}}}"
      })
  void finds_references_that_lead_back_to_themselves(String paths) {
    assertThat(found(HEAD + paths + "\n")).isNotEmpty();
  }

  @Test
  void judges_schemas_that_hold_themselves() {
    String text =
        HEAD
            + """
            paths:
              /a:
                post:
                  requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/S'}}}}
                  responses: {'200': {description: it}}
            components:
              schemas:
                S: {allOf: [{$ref: '#/components/schemas/S'}, {properties: {a: {$ref: '#/components/schemas/S'}}}]}
            """;

    assertThat(audit(text).score().value()).isBetween(0, 100);
  }

  @Test
  void judges_schemas_whose_every_level_doubles_the_one_below() {
    String levels =
        IntStream.range(0, 60)
            .mapToObj(
                i ->
                    "    S%d: {allOf: [{$ref: '#/components/schemas/S%d'}, {$ref: '#/components/schemas/S%d'}]}\n"
                        .formatted(i, i + 1, i + 1))
            .collect(Collectors.joining());
    String text =
        HEAD
            + "paths:\n  /a:\n    post:\n      requestBody: {content: {application/json: {schema:"
            + " {$ref: '#/components/schemas/S0'}}}}\n      responses: {'200': {description:"
            + " it}}\ncomponents:\n  schemas:\n"
            + levels
            + "    S60: {type: string}\n";

    assertThat(audit(text).score().value()).isBetween(0, 100);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/etc/passwd",
        "../../etc/hostname",
        "file:///etc/shadow#/x",
        "http://169.254.169.254/latest/meta-data#/a",
        "https://example.com/shop.yaml"
      })
  void reads_nothing_that_lies_elsewhere_and_says_so(String elsewhere) {
    assertThat(found(HEAD + "paths: {/a: {$ref: '" + elsewhere + "'}}\n"))
        .anyMatch(each -> each.contains(elsewhere.replaceAll("#.*", "")));
  }

  @Test
  void judges_patterns_and_examples_made_to_keep_expressions_busy() {
    String text =
        HEAD
            + "paths: {/a: {get: {parameters: [{in: query, name: q, schema: {type: string, pattern:"
            + " '"
            + "(".repeat(1500)
            + "a"
            + ")*".repeat(1500)
            + "'}}, {in: query, name: r, schema: {type: string, example: '"
            + "@a.".repeat(200_000)
            + "'}}], responses: {'200': {description: it}}}}}\n";

    assertThat(audit(text).score().value()).isBetween(0, 100);
  }

  @Test
  void judges_and_mends_the_largest_contract_there_is() throws IOException {
    Path document = CorpusAuditTest.openapi().resolve("github.json");
    byte[] whole = Files.readAllBytes(document);
    Audit audit = CorpusAuditTest.audit(document, whole);

    Fixes fixes =
        Fixes.of(
            audit.contract().source().place().origin(),
            new String(whole, StandardCharsets.UTF_8),
            audit.findings().stream().map(Ranked::finding).toList(),
            Fixes.Level.SUGGESTED);

    assertThat(audit.findings()).hasSizeLessThan(60);
    assertThat(fixes.made()).isNotEmpty();
  }
}

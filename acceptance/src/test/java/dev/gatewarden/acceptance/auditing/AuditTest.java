package dev.gatewarden.acceptance.auditing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.Cli;
import dev.gatewarden.testkit.Requirement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A pipeline that audits a contract.
///
/// The controls these rows would miss are rules.
class AuditTest {
  private static final String HEAD =
      """
      openapi: 3.1.0
      info: {title: Shop, version: 1.0.0, contact: {email: shop@example.com}}
      servers: [{url: https://api.example.com}, {url: https://test.example.com}]
      """;
  private static final String TOKEN =
      """
      components:
        securitySchemes:
          token: {type: http, scheme: bearer, bearerFormat: JWT}
      """;

  /// Nothing is wrong with it.
  private static final String SOUND =
      HEAD
          + """
          security: [{token: []}]
          paths:
            /weather: # of today
              get:
                operationId: weather
                responses:
                  '200':
                    description: the weather
                    content:
                      application/json:
                        schema: {type: object, properties: {degrees: {type: number}}}
                  '401': {description: the caller proved nothing}
                  '429':
                    description: too often
                    content:
                      application/problem+json:
                        schema: {type: object, properties: {title: {type: string}}}
          """
          + TOKEN;

  @TempDir private Path folder;

  private Cli audit(String contract, String... more) throws Exception {
    Files.writeString(folder.resolve("shop.yaml"), contract);
    String[] arguments = new String[more.length + 2];
    arguments[0] = "audit";
    arguments[1] = "shop.yaml";
    System.arraycopy(more, 0, arguments, 2, more.length);
    return Cli.run(folder, arguments);
  }

  private void finds(String rule, String contract) throws Exception {
    Cli audit = audit(contract, "--format", "json");

    assertThat(audit.out()).contains("\"rule\": \"" + rule + "\"");
    assertThat(audit.code()).isEqualTo(1);
  }

  private static String operation(String source) {
    return HEAD
        + "security: [{token: []}]\npaths:\n  /orders/{orderId}:\n"
        + source.indent(4)
        + TOKEN;
  }

  @Test
  @Requirement(id = "AUD-1")
  void a_contract_that_leaves_nothing_open_passes() throws Exception {
    Cli audit = audit(SOUND);

    assertThat(audit.out()).contains("score 100 of 100", "nothing found");
    assertThat(audit.code()).isZero();
  }

  @Test
  @Requirement(id = "AUD-1", without = "security-unstated")
  void an_operation_of_which_nothing_says_who_may_call_stops_the_pipeline() throws Exception {
    finds("security-unstated", SOUND.replace("security: [{token: []}]\n", ""));
  }

  @Test
  @Requirement(id = "AUD-1", without = "server-plain-http")
  void a_server_over_plain_http_stops_the_pipeline() throws Exception {
    finds("server-plain-http", SOUND.replace("https://api.example", "http://api.example"));
  }

  @Test
  @Requirement(id = "AUD-1", without = "server-single")
  void one_server_for_all_environments_stops_the_pipeline() throws Exception {
    finds("server-single", SOUND.replace(", {url: https://test.example.com}", ""));
  }

  @Test
  @Requirement(id = "AUD-1", without = "secret-in-url")
  void a_secret_in_the_address_stops_the_pipeline() throws Exception {
    finds(
        "secret-in-url",
        operation(
            "get: {operationId: a, parameters: [{in: query, name: password, schema: {type: string,"
                + " maxLength: 9}}], responses: {default: {description: it}}}"));
  }

  @Test
  @Requirement(id = "AUD-1", without = "oauth-implicit")
  void the_implicit_grant_stops_the_pipeline() throws Exception {
    finds(
        "oauth-implicit",
        SOUND.replace(
            "{type: http, scheme: bearer, bearerFormat: JWT}",
            "{type: oauth2, flows: {implicit: {authorizationUrl: https://id.example.com, scopes:"
                + " {}}}}"));
  }

  @Test
  @Requirement(id = "AUD-1", without = "oauth-password")
  void the_password_grant_stops_the_pipeline() throws Exception {
    finds(
        "oauth-password",
        SOUND.replace(
            "{type: http, scheme: bearer, bearerFormat: JWT}",
            "{type: oauth2, flows: {password: {tokenUrl: https://id.example.com, scopes: {}}}}"));
  }

  @Test
  @Requirement(id = "AUD-1", without = "key-alone-on-personal-data")
  void a_key_alone_on_personal_data_stops_the_pipeline() throws Exception {
    finds(
        "key-alone-on-personal-data",
        SOUND
            .replace("degrees: {type: number}", "email: {type: string}")
            .replace(
                "{type: http, scheme: bearer, bearerFormat: JWT}",
                "{type: apiKey, in: header, name: X-Key}"));
  }

  @Test
  @Requirement(id = "AUD-1", without = "scopes-missing")
  void a_token_without_scopes_stops_the_pipeline() throws Exception {
    finds(
        "scopes-missing",
        SOUND.replace(
            "{type: http, scheme: bearer, bearerFormat: JWT}",
            "{type: oauth2, flows: {clientCredentials: {tokenUrl: https://id.example.com, scopes:"
                + " {weather: it}}}}"));
  }

  @Test
  @Requirement(id = "AUD-1", without = "id-sequential")
  void ids_that_can_be_counted_through_stop_the_pipeline() throws Exception {
    finds(
        "id-sequential",
        operation(
            "get: {operationId: a, parameters: [{in: path, name: orderId, required: true, schema:"
                + " {type: integer}}], responses: {default: {description: it}}}"));
  }

  @Test
  @Requirement(id = "AUD-1", without = "string-unbounded")
  void texts_of_any_length_stop_the_pipeline() throws Exception {
    finds(
        "string-unbounded",
        operation(
            "get: {operationId: a, parameters: [{in: query, name: q, schema: {type: string}}],"
                + " responses: {default: {description: it}}}"));
  }

  @Test
  @Requirement(id = "AUD-1", without = "object-open")
  void requests_that_may_hold_anything_more_stop_the_pipeline() throws Exception {
    finds(
        "object-open",
        operation(
            "put: {operationId: a, requestBody: {content: {application/json: {schema: {type:"
                + " object, properties: {n: {type: boolean}}}}}}, responses: {default:"
                + " {description: it}}}"));
  }

  @Test
  @Requirement(id = "AUD-1", without = "status-401-unstated")
  void an_answer_that_nobody_promised_stops_the_pipeline() throws Exception {
    finds("status-401-unstated", unpromised());
  }

  @Test
  @Requirement(id = "AUD-1", without = "owner-missing")
  void an_api_that_nobody_answers_for_stops_the_pipeline() throws Exception {
    finds("owner-missing", SOUND.replace(", contact: {email: shop@example.com}", ""));
  }

  @Test
  @Requirement(id = "AUD-1", without = "class-missing")
  void data_that_nobody_classified_stops_the_pipeline() throws Exception {
    finds("class-missing", SOUND.replace("degrees: {type: number}", "email: {type: string}"));
  }

  @Test
  @Requirement(id = "AUD-1", without = "list-without-limit")
  void a_list_that_is_answered_whole_stops_the_pipeline() throws Exception {
    finds(
        "list-without-limit",
        SOUND.replace(
            "{type: object, properties: {degrees: {type: number}}}",
            "{type: array, items: {type: object}}"));
  }

  @Test
  @Requirement(id = "AUD-1", without = "url-taken")
  void an_address_that_callers_name_stops_the_pipeline() throws Exception {
    finds(
        "url-taken",
        operation(
            "get: {operationId: a, parameters: [{in: query, name: callbackUrl, schema: {type:"
                + " string, maxLength: 99}}], responses: {default: {description: it}}}"));
  }

  @Test
  @Requirement(id = "AUD-2", without = "security-unstated")
  void a_score_below_the_bar_stops_the_pipeline_and_says_what_cost_it() throws Exception {
    String open = SOUND.replace("security: [{token: []}]\n", "");

    Cli audit = audit(open, "--fail-on", "none", "--fail-under", "95");

    assertThat(audit.out()).contains("below 95", "of 25  who calls");
    assertThat(audit.code()).isEqualTo(1);
    assertThat(audit(open, "--fail-on", "none", "--fail-under", "50").code()).isZero();
  }

  @Test
  @Requirement(id = "AUD-2", without = "server-plain-http")
  void what_somebody_answers_for_passes_until_the_day_is_over() throws Exception {
    String plain = SOUND.replace("https://api.example", "http://api.example");
    Matcher id =
        Pattern.compile("server-plain-http-[0-9a-f]{8}")
            .matcher(audit(plain, "--format", "json").out());
    suppress(id.find() ? id.group() : "", LocalDate.now(ZoneOffset.UTC).plusMonths(6).toString());

    Cli agreed = audit(plain, "--suppressions", "suppressions.yaml");

    assertThat(agreed.out()).contains("1 suppressed");
    assertThat(agreed.code()).isZero();
    suppress(id.group(), "2020-01-01");
    Cli over = audit(plain, "--suppressions", "suppressions.yaml");
    assertThat(over.code()).isEqualTo(1);
    assertThat(over.err()).contains("ended on 2020-01-01");
  }

  @Test
  @Requirement(id = "AUD-2")
  void a_suppression_without_an_owner_a_reason_and_a_day_is_refused() throws Exception {
    Files.writeString(
        folder.resolve("suppressions.yaml"), "suppressions: [{finding: server-plain-http}]\n");

    Cli audit = audit(SOUND, "--suppressions", "suppressions.yaml");

    assertThat(audit.err()).contains("`owner`", "`because`", "`until`");
    assertThat(audit.code()).isEqualTo(2);
  }

  @Test
  @Requirement(id = "AUD-2", without = "server-plain-http")
  void only_what_is_new_is_told_beside_a_baseline() throws Exception {
    String plain = SOUND.replace("https://api.example", "http://api.example");
    assertThat(audit(plain, "--write-baseline", "known.json").code()).isEqualTo(1);

    assertThat(audit(plain, "--baseline", "known.json").code()).isZero();
    Cli another =
        audit(
            plain.replace("https://test.example", "http://test.example"),
            "--baseline",
            "known.json");
    assertThat(another.out()).contains("a server is reached over plain HTTP");
    assertThat(another.code()).isEqualTo(1);
  }

  private void suppress(String finding, String until) throws Exception {
    Files.writeString(
        folder.resolve("suppressions.yaml"),
        "suppressions:\n- finding: "
            + finding
            + "\n  owner: ada\n  because: ends with the year\n  until: "
            + until
            + "\n");
  }

  @Test
  @Requirement(id = "AUD-3", without = "server-plain-http")
  void a_person_reads_the_line_of_the_document_under_the_message() throws Exception {
    Cli audit = audit(SOUND.replace("https://api.example", "http://api.example"));

    assertThat(audit.out())
        .contains("a server is reached over plain HTTP")
        .contains("shop.yaml:3:11\n")
        .contains("3 | servers: [{url: http://api.example.com}");
  }

  @Test
  @Requirement(id = "AUD-3", without = "server-plain-http")
  void machines_read_it_as_sarif_junit_and_json() throws Exception {
    String plain = SOUND.replace("https://api.example", "http://api.example");

    assertThat(audit(plain, "--format", "sarif").out())
        .contains(
            "\"version\": \"2.1.0\"", "\"ruleId\": \"server-plain-http\"", "\"startLine\": 3");
    assertThat(audit(plain, "--format", "junit").out())
        .contains("<testcase classname=\"gatewarden.audit\" name=\"server-plain-http\">\n<failure");
    assertThat(audit(plain, "--format", "json").out())
        .contains("\"rule\": \"server-plain-http\"", "\"pointer\": \"/servers/0\"", "\"score\"");
  }

  private static String unpromised() {
    return SOUND
        .replace("            '401': {description: the caller proved nothing}\n", "")
        .replace("        '401': {description: the caller proved nothing}\n", "");
  }

  @Test
  @Requirement(id = "AUD-4", without = "status-401-unstated")
  void what_is_safe_is_mended_and_nothing_else_is_touched() throws Exception {
    String before = unpromised();

    Cli fixed = audit(before, "--fix");

    assertThat(fixed.code()).isZero();
    String after = Files.readString(folder.resolve("shop.yaml"));
    assertThat(after).contains("# of today");
    assertThat(after)
        .isEqualTo(
            before.replace(
                "components:\n  sec",
                "        '401':\n"
                    + "          description: the caller proved nothing\n"
                    + "components:\n"
                    + "  sec"));
    assertThat(audit(after, "--fix").out()).contains("nothing found");
    assertThat(Files.readString(folder.resolve("shop.yaml"))).isEqualTo(after);
  }

  @Test
  @Requirement(id = "AUD-4", without = "status-401-unstated")
  void a_dry_run_tells_and_writes_nothing() throws Exception {
    String before = unpromised();

    Cli fixed = audit(before, "--fix", "--dry-run");

    assertThat(fixed.err()).contains("would promise 401");
    assertThat(Files.readString(folder.resolve("shop.yaml"))).isEqualTo(before);
  }

  @Test
  @Requirement(id = "AUD-4", without = "rate-limit-unstated")
  void what_a_person_has_to_read_is_edited_where_it_is_asked_for_and_said_to_be() throws Exception {
    String before = SOUND.replaceAll("(?s)        '429':.*?components", "components");

    assertThat(audit(before, "--fix").out()).contains("`--fix --suggested` does");
    assertThat(Files.readString(folder.resolve("shop.yaml"))).isEqualTo(before);

    Cli fixed = audit(before, "--fix", "--suggested");

    assertThat(fixed.err()).contains("to be read: did promise 429");
    assertThat(Files.readString(folder.resolve("shop.yaml")))
        .contains("        '429':\n          description: the caller asks too often\n");
  }

  @Test
  @Requirement(id = "AUD-4", without = "owner-missing")
  void the_owner_of_its_path_is_written_where_nobody_answers_for_the_api() throws Exception {
    Files.writeString(folder.resolve("CODEOWNERS"), "*.yaml @acme/shop\n");
    String before = SOUND.replace(", contact: {email: shop@example.com}", "");

    audit(before, "--fix", "--codeowners", "CODEOWNERS");

    assertThat(Files.readString(folder.resolve("shop.yaml")))
        .isEqualTo(before + "x-gatewarden-owner: '@acme/shop'\n");
  }

  @Test
  @Requirement(id = "AUD-4")
  void suggestions_without_an_edit_are_refused() throws Exception {
    Cli alone = audit(SOUND, "--suggested");

    assertThat(alone.err()).contains("`--suggested` says which edits `--fix` makes; say both");
    assertThat(alone.code()).isEqualTo(2);
  }

  @Test
  @Requirement(id = "AUD-3", without = "status-401-unstated")
  void people_see_the_line_and_the_name_it_stands_below() throws Exception {
    assertThat(audit(unpromised()).out())
        .contains("    6 | /weather: # of today\n    7 |   get:\n      |   ^\n");
  }
}

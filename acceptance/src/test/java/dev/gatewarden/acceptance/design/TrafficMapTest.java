package dev.gatewarden.acceptance.design;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.Cli;
import dev.gatewarden.testkit.Requirement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A person who has recorded traffic and wants to know which data the API moves.
class TrafficMapTest {
  private static final String IBAN = "DE89370400440532013000";
  private static final String OTHER_IBAN = "GB82WEST12345698765432";

  private static final String PAYMENTS =
      """
      openapi: 3.1.0
      info: {title: Payments, version: 1.0.0}
      servers: [{url: https://api.example.com/v1}]
      security: [{token: []}]
      paths:
        /payments/{paymentId}:
          get:
            operationId: getPayment
            parameters:
              - {in: path, name: paymentId, required: true, schema: {type: string}}
              - {in: query, name: for, schema: {type: string}}
            responses:
              '200':
                description: one
                content: {application/json: {schema: {$ref: '#/components/schemas/Payment'}}}
      components:
        schemas:
          Payment:
            type: object
            properties:
              ref: {$ref: '#/components/schemas/Line'}
              iban: {type: string}
              memo: {$ref: '#/components/schemas/Line'}
              within: {anyOf: [{$ref: '#/components/schemas/Payment'}, {type: 'null'}]}
          Line: {type: string, maxLength: 100}
        securitySchemes:
          token: {type: http, scheme: bearer, bearerFormat: JWT}
      """;

  @TempDir private Path folder;

  private static String entry(String url, String answer) {
    return """
    {"startedDateTime": "2026-01-01T00:00:00Z", "time": 1, "cache": {},
     "request": {"method": "GET", "url": "%s", "httpVersion": "HTTP/1.1", "cookies": [],
      "headers": [{"name": "Authorization", "value": "Bearer x"}], "queryString": [],
      "headersSize": -1, "bodySize": 0},
     "response": {"status": 200, "statusText": "OK", "httpVersion": "HTTP/1.1",
      "headers": [], "cookies": [], "redirectURL": "", "headersSize": -1, "bodySize": -1,
      "content": {"size": 1, "mimeType": "application/json", "text": "%s"}},
     "timings": {"send": 0, "wait": 1, "receive": 0}}
    """
        .formatted(url, answer.replace("\"", "\\\""));
  }

  private void record(String... entries) throws Exception {
    Files.writeString(
        folder.resolve("recorded.har"),
        "{\"log\": {\"version\": \"1.2\", \"creator\": {\"name\": \"b\", \"version\": \"1\"},"
            + " \"entries\": ["
            + Arrays.stream(entries).collect(Collectors.joining(","))
            + "]}}");
  }

  private Cli map(String... more) throws Exception {
    Files.writeString(folder.resolve("payments.yaml"), PAYMENTS);
    String[] all = new String[more.length + 4];
    System.arraycopy(more, 0, all, 2, more.length);
    all[0] = "contract";
    all[1] = "data-map";
    all[more.length + 2] = "--format";
    all[more.length + 3] = "csv";
    Cli map = Cli.run(folder, all);
    assertThat(map.code()).as(map.err()).isZero();
    assertThat(map.out() + map.err()).doesNotContain(IBAN, OTHER_IBAN, "ada@example.com");
    return map;
  }

  @Test
  @Requirement(id = "CON-3", without = "class-by-traffic")
  void a_recording_alone_tells_what_data_passed() throws Exception {
    record(
        entry(
            "https://api.example.com/payments/17",
            "{\"to\": \"" + IBAN + "\", \"by\": \"ada@example.com\", \"note\": \"hello\"}"));

    Cli map = map("recorded.har");

    assertThat(map.out())
        .contains(".to,financial,traffic an IBAN seen in recorded.har,low,,")
        .contains(".by,personal,traffic an email address seen in recorded.har,low,,")
        .contains(".note,internal,nothing,assumed,")
        .contains(",GET /payments/{paymentId},financial,");
  }

  @Test
  @Requirement(id = "CON-3", without = "recording")
  void names_of_a_recording_are_told_as_seen_there() throws Exception {
    record(entry("https://api.example.com/people/17", "{\"birthDate\": \"1990-01-01\"}"));

    assertThat(map("recorded.har").out())
        .contains(".birthDate,personal,\"name birthDate, seen in recorded.har\",medium,");
  }

  @Test
  @Requirement(id = "CON-3", without = "class-by-traffic")
  void a_collection_tells_by_the_answers_that_were_saved_in_it() throws Exception {
    Files.writeString(
        folder.resolve("payments.json"),
        """
        {"info": {"name": "Payments",
          "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
         "item": [{"name": "one payment",
          "request": {"method": "GET", "url": "{{base}}/payments/17"},
          "response": [{"name": "ok", "code": 200,
           "header": [{"key": "Content-Type", "value": "application/json"}],
           "body": "{\\"to\\": \\"%s\\"}"}]}]}
        """
            .formatted(IBAN));

    assertThat(map("payments.json").out())
        .contains(".to,financial,traffic an IBAN seen in payments.json,low,,onePayment,");
  }

  @Test
  @Requirement(id = "CON-3", without = "class-by-traffic")
  void traffic_tells_what_a_contract_leaves_open() throws Exception {
    record(
        entry(
            "https://api.example.com/v1/payments/a?for=ada@example.com",
            "{\"ref\": \""
                + IBAN
                + "\", \"iban\": \""
                + IBAN
                + "\", \"memo\": \"thanks\", \"within\": null}"),
        entry(
            "https://api.example.com/v1/payments/b",
            "{\"ref\": \"" + IBAN + "\", \"within\": {\"ref\": \"" + OTHER_IBAN + "\"}}"));

    Cli map = map("payments.yaml", "--seen", "recorded.har");

    assertThat(map.err()).isEmpty();
    assertThat(map.out())
        .contains(",Payment.ref,financial,traffic an IBAN seen in recorded.har,medium,,getPayment,")
        .contains(",Payment.iban,financial,name iban,high,,getPayment,")
        .contains(",for,personal,traffic an email address seen in recorded.har,low,getPayment,,")
        .doesNotContain(",Line,financial,", ",Payment.memo,financial,");
  }

  @Test
  @Requirement(id = "CON-3")
  void what_of_the_traffic_is_no_operation_of_the_contract_is_told() throws Exception {
    record(
        entry("https://api.example.com/v1/payments/a", "{\"ref\": \"x\"}"),
        entry("https://api.example.com/v1/refunds/a", "{\"ref\": \"x\"}"),
        entry("https://ads.example.org/a", "{\"ref\": \"x\"}"));

    assertThat(map("payments.yaml", "--seen", "recorded.har").err())
        .contains("1 of 2 requests are of no operation of the contract, `GET /v1/refunds/a`")
        .contains("requests to `ads.example.org` are left out: it is another host");
  }

  @Test
  @Requirement(id = "CON-3")
  void what_is_no_traffic_is_refused() throws Exception {
    Files.writeString(folder.resolve("payments.yaml"), PAYMENTS);

    Cli map = Cli.run(folder, "contract", "data-map", "payments.yaml", "--seen", "payments.yaml");

    assertThat(map.code()).isEqualTo(2);
    assertThat(map.err())
        .contains("this is neither a Postman collection (v2.0, v2.1) nor a recording (HAR)");
  }
}

package dev.gatewarden.acceptance.probing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.Cli;
import dev.gatewarden.acceptance.probing.Stub.Asked;
import dev.gatewarden.acceptance.probing.Stub.Said;
import dev.gatewarden.testkit.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Services that mislead whoever probes them, on purpose or by their habits: nothing is lost, and
/// nothing is told that is not so.
class DeceptionTest {
  private static final String TWO =
      "identities:\n  alice: {token: alice-token}\n  bob: {token: bob-token}\n";

  @TempDir Path folder;

  private static final String NOTES =
      """
      openapi: 3.1.0
      info: {title: Notes, version: 1.0.0}
      servers: [{url: http://127.0.0.1:9100}]
      security: [{bearer: []}]
      paths:
        /notes:
          get:
            operationId: listNotes
            x-gatewarden-object: {type: note, does: list, items: response.body#}
            responses: {'200': {description: all, content: {application/json: {schema: {type: array, items: {type: object}}}}}}
          post:
            operationId: makeNote
            x-gatewarden-object: {type: note, does: create, id: response.body#/id, learn: owner}
            requestBody: {required: true, content: {application/json: {schema: {type: object, required: [text], properties: {text: {type: string, maxLength: 40}}}}}}
            responses: {'201': {description: it, content: {application/json: {schema: {type: object}}}}}
        /notes/{noteId}:
          parameters: [{name: noteId, in: path, required: true, schema: {type: string, maxLength: 40}}]
          get:
            operationId: getNote
            x-gatewarden-object: {type: note, id: path.noteId}
            responses: {'200': {description: it, content: {application/json: {schema: {type: object}}}}}
          put:
            operationId: setNote
            x-gatewarden-object: {type: note, id: path.noteId}
            requestBody: {required: true, content: {application/json: {schema: {type: object, required: [text], properties: {text: {type: string, maxLength: 40}}}}}}
            responses: {'200': {description: it}}
          delete:
            operationId: deleteNote
            x-gatewarden-object: {type: note, id: path.noteId}
            responses: {'204': {description: gone}}
      components:
        securitySchemes: {bearer: {type: http, scheme: bearer}}
        x-gatewarden-objects:
          note: {id: {at: /id}, owner: {at: /owner, is: principal.subject}, access: {read: [owner], write: [owner]}, known-by: [response, relation]}
      """;

  @Test
  @Requirement(id = "TST-9")
  void deletes_nothing_that_a_service_only_says_it_has_made() throws IOException {
    String note = "{\"id\":\"7\",\"owner\":\"carol\"}";
    try (Stub stub =
        Stub.of(
            asked ->
                switch (asked.method()) {
                  case "GET" ->
                      Said.json(200, asked.path().equals("/notes") ? "[" + note + "]" : note);
                  case "POST" -> Said.json(201, note);
                  default -> Said.of(200);
                })) {
      Cli ran = stub.probe(folder, NOTES, TWO);

      assertThat(stub.lines())
          .as(ran.out())
          .contains("POST /notes")
          .noneMatch(each -> each.startsWith("DELETE") || each.startsWith("PUT"));
    }
  }

  @Test
  @Requirement(id = "TST-9")
  void follows_no_id_that_leads_to_what_stands_above() throws IOException {
    try (Stub stub =
        Stub.of(
            asked ->
                asked.method().equals("POST")
                    ? Said.json(201, "{\"id\":\"..\",\"owner\":\"alice\"}")
                    : Said.of(404))) {
      Cli ran = stub.probe(folder, NOTES, TWO);

      assertThat(stub.lines())
          .as(ran.out())
          .contains("POST /notes")
          .noneMatch(each -> each.startsWith("DELETE") || each.startsWith("PUT"));
    }
  }

  private static final String ORDERS =
      """
      openapi: 3.1.0
      info: {title: Orders, version: 1.0.0}
      servers: [{url: http://127.0.0.1:9100}]
      security: [{bearer: []}]
      paths:
        /orders: {post: {operationId: order, x-gatewarden-object: {none: all}, responses: {'201': {description: it}}}}
        /orders/{orderId}:
          parameters: [{name: orderId, in: path, required: true, schema: {type: integer}}]
          put: {operationId: setOrder, x-gatewarden-object: {none: all}, responses: {'200': {description: it}}}
          delete: {operationId: cancel, x-gatewarden-object: {none: all}, responses: {'204': {description: gone}}}
      components:
        securitySchemes: {bearer: {type: http, scheme: bearer}}
      """;

  @Test
  @Requirement(id = "TST-9")
  void takes_the_id_of_a_customer_for_no_order() throws IOException {
    try (Stub stub =
        Stub.of(_ -> Said.json(201, "{\"state\":\"created\",\"customer\":{\"id\":7}}"))) {
      Cli ran = stub.probe(folder, ORDERS, TWO);

      assertThat(stub.lines())
          .as(ran.out())
          .contains("POST /orders")
          .doesNotContain("DELETE /orders/7", "PUT /orders/7");
    }
  }

  private static final String OWN =
      """
      openapi: 3.1.0
      info: {title: Own, version: 1.0.0}
      servers: [{url: http://127.0.0.1:9100}]
      security: [{bearer: []}]
      paths:
        /settings:
          get: {operationId: settings, x-gatewarden-object: {none: all}, responses: {'200': {description: all}}}
          post: {operationId: set, x-gatewarden-object: {none: all}, responses: {'200': {description: done}}}
        /account/password: {post: {operationId: password, x-gatewarden-object: {none: all}, requestBody: {content: {application/json: {schema: {type: object, properties: {password: {type: string}}}}}}, responses: {'200': {description: done}}}}
      components:
        securitySchemes: {bearer: {type: http, scheme: bearer}}
      """;

  @Test
  @Requirement(id = "TST-9")
  void writes_over_no_settings_and_no_password_without_permission() throws IOException {
    try (Stub stub = Stub.of(_ -> Said.json(200, "{}"))) {
      Cli ran = stub.probe(folder, OWN, TWO);

      assertThat(stub.lines())
          .as(ran.out())
          .contains("GET /settings")
          .doesNotContain("POST /settings", "POST /account/password");
    }
  }

  @Test
  @Requirement(id = "TST-9")
  void sweeps_nothing_away_while_it_makes_acquaintance() throws IOException {
    try (Stub stub = Stub.of(_ -> Said.json(200, "[{\"id\":1,\"name\":\"one\"}]"))) {
      StringBuilder entries = new StringBuilder();
      for (String path : List.of("/items", "/reset")) {
        entries
            .append(entries.isEmpty() ? "" : ",")
            .append(
                "{\"startedDateTime\":\"2026-01-01T00:00:00Z\",\"request\":{\"method\":\"GET\",")
            .append("\"url\":\"")
            .append(stub.uri())
            .append(path)
            .append("\",\"headers\":[],\"queryString\":[]},\"response\":{\"status\":200,")
            .append(
                "\"headers\":[],\"content\":{\"mimeType\":\"application/json\",\"text\":\"{}\"}}}");
      }
      Files.writeString(
          folder.resolve("seen.har"),
          "{\"log\":{\"version\":\"1.2\",\"creator\":{\"name\":\"t\",\"version\":\"1\"},\"entries\":["
              + entries
              + "]}}");
      Files.writeString(folder.resolve("identities.yaml"), TWO);

      Cli ran =
          Cli.run(
              folder,
              "probe",
              "--contract",
              "seen.har",
              "--identities",
              "identities.yaml",
              "--target",
              stub.uri().toString(),
              "--rate",
              "10000");

      assertThat(stub.lines()).as(ran.err()).contains("GET /items").doesNotContain("GET /reset");
    }
  }

  private static final String DOOR =
      """
      openapi: 3.1.0
      info: {title: Door, version: 1.0.0}
      servers: [{url: http://127.0.0.1:9100}]
      security: [{bearer: []}]
      paths:
        /login:
          post:
            operationId: login
            security: []
            x-gatewarden-object: {none: all}
            requestBody: {required: true, content: {application/x-www-form-urlencoded: {schema: {type: object, required: [user, password], properties: {user: {type: string}, password: {type: string}}}}}}
            responses: {'200': {description: in}}
        /me: {get: {operationId: me, x-gatewarden-object: {none: all}, responses: {'200': {description: it, content: {application/json: {schema: {type: object}}}}}}}
      components:
        securitySchemes: {bearer: {type: http, scheme: bearer}}
      """;

  @Test
  void writes_no_password_down_however_it_is_encoded() throws IOException {
    String identities =
        """
        identities:
          alice: {login: {path: /login, form: {user: alice, password: 'p@ss w&rd/1'}, token: /access_token}}
          bob: {login: {path: /login, form: {user: bob, password: 'p@ss w&rd/2'}, token: /access_token}}
        """;
    try (Stub stub =
        Stub.of(
            asked ->
                asked.path().equals("/login")
                    ? Said.json(200, "{\"access_token\":\"abcdefghijklmnopqrstuvwxyz\"}")
                    : Said.json(200, "{}"))) {
      Cli ran = stub.probe(folder, DOOR, identities, "--log", "sent.log", "--emit-tests", "tests");

      assertThat(ran.code()).as(ran.err()).isNotEqualTo(2);
      assertThat(stub.asked()).anyMatch(each -> each.body().contains("p%40ss"));
      assertThat(ran.out() + Files.readString(folder.resolve("sent.log")))
          .doesNotContain("p%40ss", "p@ss");
    }
  }

  @Test
  void takes_no_credential_in_a_target() throws IOException {
    Files.writeString(folder.resolve("contract.yaml"), DOOR);
    Files.writeString(folder.resolve("identities.yaml"), TWO);

    Cli ran =
        Cli.run(
            folder,
            "probe",
            "--contract",
            "contract.yaml",
            "--identities",
            "identities.yaml",
            "--target",
            "http://root:hunter22@127.0.0.1:9");

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out() + ran.err()).contains("`identities`").doesNotContain("hunter22");
  }

  private static Said closed(Asked asked, Said open, Said shut) {
    return asked.header("authorization").isEmpty() ? shut : open;
  }

  @Test
  void believes_a_refusal_that_stands_in_an_envelope() throws IOException {
    try (Stub stub =
        Stub.of(
            asked ->
                closed(
                    asked,
                    Said.json(200, "{\"code\":0,\"msg\":\"\",\"data\":{\"name\":\"a\"}}"),
                    Said.json(200, "{\"code\":401,\"msg\":\"nicht angemeldet\",\"data\":null}")))) {
      Cli ran = stub.probe(folder, DOOR, TWO, "--probe", "no-credential");

      assertThat(ran.code()).as(ran.out()).isZero();
    }
  }

  @Test
  void takes_a_page_to_log_in_by_for_no_answer() throws IOException {
    try (Stub stub =
        Stub.of(
            asked ->
                closed(
                    asked,
                    Said.json(200, "{\"name\":\"a\"}"),
                    new Said(
                        200, Map.of("Content-Type", "text/html"), "<form>please log in</form>")))) {
      Cli ran = stub.probe(folder, DOOR, TWO, "--probe", "no-credential");

      assertThat(ran.code()).as(ran.out()).isZero();
      assertThat(ran.out()).contains("a page is answered that the contract does not promise");
    }
  }

  @Test
  void lets_caches_go_by_the_key_that_callers_present() throws IOException {
    String keyed =
        DOOR.replace(
            "{bearer: {type: http, scheme: bearer}}",
            "{bearer: {type: apiKey, in: header, name: X-Api-Key}}");
    Map<String, String> headers =
        Map.of(
            "Content-Type",
            "application/json",
            "Cache-Control",
            "public, max-age=5",
            "Vary",
            "Accept, X-Api-Key");
    try (Stub stub =
        Stub.of(
            asked ->
                asked.header("x-api-key").isEmpty()
                    ? Said.of(401)
                    : new Said(200, headers, "{}"))) {
      String keys = "identities:\n  alice: {key: alice-key}\n  bob: {key: bob-key}\n";
      Cli ran = stub.probe(folder, keyed, keys, "--probe", "public-cache");

      assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
    }
  }

  private static final String VOUCHERS =
      """
      openapi: 3.1.0
      info: {title: Vouchers, version: 1.0.0}
      servers: [{url: http://127.0.0.1:9100}]
      security: [{bearer: []}]
      paths:
        /vouchers: {post: {operationId: make, x-gatewarden-object: {none: all}, responses: {'201': {description: it}}}}
        /vouchers/{code}/look: {post: {operationId: look, x-gatewarden-object: {none: all}, parameters: [{name: code, in: path, required: true, schema: {type: string}}], responses: {'200': {description: it}}}}
      components:
        securitySchemes: {bearer: {type: http, scheme: bearer}}
      """;

  @Test
  void calls_nothing_single_use_because_it_was_asked_to_wait() throws IOException {
    AtomicInteger looks = new AtomicInteger();
    AtomicInteger made = new AtomicInteger();
    try (Stub stub =
        Stub.of(
            asked -> {
              if (asked.path().equals("/vouchers")) {
                return Said.json(201, "{\"code\":\"v" + made.incrementAndGet() + "\"}");
              }
              return looks.incrementAndGet() == 2 ? Said.of(429) : Said.json(200, "{}");
            })) {
      Cli ran = stub.probe(folder, VOUCHERS, TWO, "--probe", "race");

      assertThat(stub.lines()).anyMatch(each -> each.endsWith("/look"));
      assertThat(ran.code()).as(ran.out()).isZero();
    }
  }

  @Test
  @Requirement(id = "TST-10")
  void calls_nothing_gone_while_the_service_is_down() throws IOException {
    AtomicBoolean down = new AtomicBoolean();
    try (Stub stub =
        Stub.of(
            asked ->
                down.get()
                    ? Said.of(503)
                    : asked.path().equals("/openapi.json")
                        ? Said.json(200, "{\"openapi\":\"3.1.0\",\"paths\":{}}")
                        : asked.path().equals("/me") ? Said.json(200, "{}") : Said.of(404))) {
      Cli found =
          stub.probe(folder, DOOR, TWO, "--probe", "documents-open", "--emit-tests", "tests");
      assertThat(found.code()).as(found.out()).isOne();

      down.set(true);
      Cli tried = stub.probe(folder, DOOR, TWO, "--test", "tests");

      assertThat(tried.code()).as(tried.out()).isEqualTo(2);
    }
  }

  @Test
  void writes_through_no_link_and_over_nobodys_file() throws IOException {
    Files.createDirectory(folder.resolve("tests"));
    Path outside = folder.resolve("outside.txt");
    Files.createSymbolicLink(folder.resolve("tests/README.md"), outside);
    Files.write(folder.resolve("tests/gitlab-ci.yml"), new byte[] {(byte) 0xe4, 'x'});
    try (Stub stub = Stub.of(_ -> Said.json(200, "{}"))) {
      Cli ran = stub.probe(folder, DOOR, TWO, "--probe", "no-credential", "--emit-tests", "tests");

      assertThat(ran.code()).as(ran.err()).isOne();
      assertThat(ran.err()).contains("README.md", "gitlab-ci.yml", "left as it is");
      assertThat(outside).doesNotExist();
      assertThat(Files.readAllBytes(folder.resolve("tests/gitlab-ci.yml"))).hasSize(2);
    }
  }
}

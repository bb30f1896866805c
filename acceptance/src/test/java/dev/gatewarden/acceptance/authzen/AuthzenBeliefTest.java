package dev.gatewarden.acceptance.authzen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewarden.acceptance.Cli;
import dev.gatewarden.acceptance.Opened;
import dev.gatewarden.acceptance.Signed;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.demo.http.Loopback;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a service merely says opens no more than the operator believes it, and nothing in a tenant
/// that its question does not name.
@Timeout(120)
class AuthzenBeliefTest {
  private static final Signed CORP = Signed.of("corp");
  private static final Signed MESH = Signed.of("mesh").to("https://decisions.example");

  private static final String CONTRACT =
      """
      openapi: 3.1.0
      info: {title: Notes, version: 1.0.0}
      servers: [{url: /}]
      security: [{token: []}]
      components:
        securitySchemes: {token: {type: http, scheme: bearer}, key: {type: apiKey, in: header, name: X-Key}}
        schemas:
          note: {type: object, properties: {id: {type: string, maxLength: 64}, by: {type: string}}}
        x-gatewarden-objects:
          note:
            id: {at: /id}
            owner: {at: /by, is: principal.subject}
            access: {read: [owner], write: [owner]}
            known-by: [look-up]
            read-by: getNote
      paths:
        /notes/{noteId}:
          parameters: [{name: noteId, in: path, required: true, schema: {type: string, maxLength: 64}}]
          get:
            operationId: getNote
            x-gatewarden-object: {type: note, id: path.noteId}
            responses: {'200': {description: it, content: {application/json: {schema: {$ref: '#/components/schemas/note'}}}}}
          delete:
            operationId: deleteNote
            x-gatewarden-object: {type: note, does: delete, id: path.noteId}
            responses: {'204': {description: done}}
        /report:
          get:
            operationId: report
            security: [{token: [], key: []}]
            x-gatewarden-object: {none: a report on nobody}
            responses: {'204': {description: done}}
        /tenants/{tenant}/notes/{noteId}:
          parameters:
          - {name: tenant, in: path, required: true, schema: {type: string, maxLength: 64}}
          - {name: noteId, in: path, required: true, schema: {type: string, maxLength: 64}}
          delete:
            operationId: deleteTenantsNote
            x-gatewarden-tenant: {from: path.tenant}
            x-gatewarden-object: {type: note, does: delete, id: path.noteId}
            responses: {'204': {description: done}}
      """;

  @TempDir private Path folder;

  private static String asker(String states) {
    return "{orders: {by: mesh, named: orders-service, apis: [api], states: {" + states + "}}}";
  }

  private Opened gate(Loopback service, String states, String readAs) throws Exception {
    Files.writeString(folder.resolve("reader"), "reader-token");
    return Opened.gate(
        folder,
        Opened.before(
                service.uri(),
                CORP,
                "tenancy: single\n",
                "api-keys: {partners: {environment: live}}")
            .replace("{token: corp}", "{token: corp, key: partners}")
            .replace(
                "admin: {port: 0}",
                "admin: {port: 0}, decisions: {port: 0, askers: " + asker(states) + "}")
            .replace("identity: none", "identity: signed" + readAs)
            .replace("issuers:\n", "issuers:\n  mesh: " + MESH.section("") + "\n"),
        CONTRACT);
  }

  private static HttpResponse<String> ask(Opened gate, String properties, String action)
      throws Exception {
    return Opened.send(
        gate.questions(),
        "POST",
        "/access/v1/evaluation",
        MESH.token("orders-service"),
        """
        {"subject": {"type": "user", "id": "alice", "properties": {%s}},
         "action": {"name": "%s"}, "resource": {"type": "note", "id": "n1"}}\
        """
            .formatted(properties, action));
  }

  private static HttpResponse<String> ask(Opened gate, String question) throws Exception {
    return Opened.send(
        gate.questions(), "POST", "/access/v1/evaluation", MESH.token("orders-service"), question);
  }

  private static String token(String tenant) {
    return "\"token\":\"" + CORP.token("alice", tenant) + "\"";
  }

  private static Answer note() {
    return Answer.json(200, "{\"id\":\"n1\",\"by\":\"alice\"}");
  }

  @Test
  void signs_nothing_for_somebody_whom_a_service_merely_names() throws Exception {
    List<String> brought = new CopyOnWriteArrayList<>();
    try (Loopback service =
        Loopback.start(
            0,
            request -> {
              brought.add(String.valueOf(request.header("authorization")));
              return note();
            })) {
      assertThatThrownBy(() -> gate(service, "issuer: corp, tenants: [north]", "").close())
          .isInstanceOf(ProblemsException.class)
          .hasMessageContaining("`read-as");

      try (Opened gate =
          gate(service, "issuer: corp, tenants: [north]", ", read-as: 'file:reader'")) {
        assertThat(ask(gate, "\"tenant\":\"north\"", "deleteNote").body())
            .contains("\"decision\":true");
        assertThat(brought).containsExactly("Bearer reader-token");
      }
    }
  }

  @Test
  void writes_down_that_a_subject_was_only_stated_and_that_a_question_was_refused()
      throws Exception {
    try (Loopback service = Loopback.start(0, _ -> note());
        Opened gate = gate(service, "issuer: corp, tenants: [north]", ", read-as: 'file:reader'")) {
      ask(gate, "\"tenant\":\"north\"", "getNote");
      ask(gate, token("north"), "getNote");
      String secret = token("south");
      assertThat(ask(gate, secret, "gtNote").statusCode()).isEqualTo(400);

      assertThat(gate.lines())
          .filteredOn(line -> line.contains("\"operation\":\"api.getNote\""))
          .satisfiesExactly(
              line -> assertThat(line).contains("\"subject_is\":\"stated\""),
              line -> assertThat(line).doesNotContain("subject_is"));
      assertThat(gate.lines())
          .filteredOn(line -> line.contains("authzen.NOT_UNDERSTOOD"))
          .singleElement()
          .asString()
          .contains("\"asked_by\":\"orders\"", "\"status\":400")
          .doesNotContain("gtNote");
    }
  }

  @Test
  void looks_up_by_its_own_word_for_those_who_are_proved() throws Exception {
    try (Loopback service = Loopback.start(0, _ -> note());
        Opened gate = gate(service, "source: true", "")) {
      assertThat(ask(gate, token("north"), "deleteNote").body()).contains("\"decision\":true");
    }
  }

  @Test
  void answers_nothing_about_objects_that_could_be_of_any_tenant() throws Exception {
    try (Loopback service = Loopback.start(0, _ -> note());
        Opened gate = gate(service, "source: true", "")) {
      HttpResponse<String> answer = ask(gate, token("north"), "deleteTenantsNote");

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
      assertThat(answer.body()).contains("nothing tells the tenant of a `note`");
      assertThat(gate.status("DELETE", "/tenants/south/notes/n1", CORP.token("alice", "north")))
          .isEqualTo(404);
    }
  }

  @Test
  void answers_nothing_about_what_takes_two_credentials() throws Exception {
    try (Loopback service = Loopback.start(0, _ -> note());
        Opened gate = gate(service, "source: true", "")) {
      HttpResponse<String> answer =
          ask(
              gate,
              """
              {"subject": {"type": "user", "id": "alice", "properties": {%s}},
               "action": {"name": "report"}, "resource": {"type": "Api", "id": "api"}}\
              """
                  .formatted(token("north")));

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
      assertThat(answer.body()).contains("several credentials together");
    }
  }

  @Test
  void denies_those_who_are_named_after_they_were_shut_out() throws Exception {
    try (Loopback service = Loopback.start(0, _ -> note());
        Opened gate = gate(service, "issuer: corp, tenants: [north]", ", read-as: 'file:reader'")) {
      assertThat(ask(gate, "\"tenant\":\"north\"", "getNote").body()).contains("\"decision\":true");
      Cli revoked = Cli.run(folder, "revoke", "subject", "--issuer", "corp", "alice");
      assertThat(revoked.code()).as(revoked.err()).isZero();

      assertThat(ask(gate, "\"tenant\":\"north\"", "getNote").body())
          .contains("\"decision\":false", "is shut out");
    }
  }
}

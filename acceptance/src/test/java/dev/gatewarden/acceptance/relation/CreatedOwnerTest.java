package dev.gatewarden.acceptance.relation;

import static dev.gatewarden.acceptance.relation.TenantGate.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.testkit.Requirement;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Notes that belong to who made them, and nothing that the service says shows who that was.
@Timeout(120)
class CreatedOwnerTest {
  private static final String CONTRACT =
      """
      openapi: 3.1.0
      info: {title: Notes, version: 1.0.0}
      servers: [{url: /}]
      security: [{token: []}]
      components:
        securitySchemes: {token: {type: http, scheme: bearer}}
        parameters:
          id: {name: id, in: path, required: true, schema: {type: string, maxLength: 64}}
        schemas:
          note:
            type: object
            properties:
              id: {type: string, maxLength: 64}
              text: {type: string, maxLength: 100, x-gatewarden-read: [owner]}
          list:
            type: object
            properties:
              total: {type: integer, minimum: 0, maximum: 1000000}
              data: {type: array, maxItems: 100, items: {$ref: '#/components/schemas/note'}}
        x-gatewarden-objects:
          note:
            id: {at: /id}
            owner: {is: principal.subject}
            tenant: {is: principal.tenant}
            access: {read: [owner, 'role:support'], write: [owner]}
      paths:
        /notes:
          get:
            operationId: listNotes
            x-gatewarden-object:
              {type: note, does: list, items: response.body#/data, foreign: filter, count: {at: /total, then: withhold}}
            responses:
              '200': {description: them, content: {application/json: {schema: {$ref: '#/components/schemas/list'}}}}
          post:
            operationId: createNote
            x-gatewarden-object: {type: note, does: create, id: response.body#/id, learn: owner}
            requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/note'}}}}
            responses:
              '201': {description: it, content: {application/json: {schema: {$ref: '#/components/schemas/note'}}}}
        /notes/{id}:
          parameters: [{$ref: '#/components/parameters/id'}]
          get:
            operationId: getNote
            x-gatewarden-object: {type: note, id: path.id}
            responses:
              '200': {description: it, content: {application/json: {schema: {$ref: '#/components/schemas/note'}}}}
          patch:
            operationId: changeNote
            x-gatewarden-object: {type: note, does: update, id: path.id}
            requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/note'}}}}
            responses: {'204': {description: done}}
      """;

  private static final String ALICE = token("alice", "north");
  private static final String BOB = token("bob", "north");

  @TempDir private Path folder;
  private Notes service;
  private TenantGate gate;

  @BeforeEach
  void open() throws Exception {
    service = new Notes();
    gate = TenantGate.start(folder.resolve("gate"), service.uri(), CONTRACT, "tenancy: token", "");
    for (String maker : new String[] {ALICE, BOB, ALICE}) {
      assertThat(gate.send("POST", "/notes", maker, "{}").statusCode()).isEqualTo(201);
    }
    service.kept.put("n0", "older than the gate");
    service.seen.clear();
  }

  @AfterEach
  void close() {
    gate.close();
    service.close();
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-owner")
  void lets_who_made_a_note_read_and_change_it_and_asks_the_service_for_nobody_else()
      throws Exception {
    assertThat(gate.status("GET", "/notes/n2", ALICE)).isEqualTo(404);
    assertThat(gate.status("GET", "/notes/n0", ALICE)).isEqualTo(404);
    assertThat(gate.status("GET", "/notes/n1", token("alice", "south"))).isEqualTo(404);
    assertThat(gate.send("PATCH", "/notes/n1", BOB, "{}").statusCode()).isEqualTo(404);
    assertThat(service.seen).isEmpty();

    HttpResponse<String> own = gate.send("GET", "/notes/n1", ALICE, "");
    assertThat(own.statusCode()).isEqualTo(200);
    assertThat(own.body()).contains("a secret of n1");
    assertThat(gate.send("PATCH", "/notes/n1", ALICE, "{}").statusCode()).isEqualTo(204);
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-release")
  void lists_to_each_caller_what_that_caller_made() throws Exception {
    assertThat(gate.send("GET", "/notes", ALICE, "").body())
        .contains("secret n1", "secret n3")
        .doesNotContain("n0", "n2", "total");
    assertThat(gate.send("GET", "/notes", BOB, "").body())
        .contains("secret n2")
        .doesNotContain("n0", "n1", "n3", "total");
    assertThat(gate.send("GET", "/notes", token("alice", "south"), "").body())
        .doesNotContain("secret");
  }

  @Test
  @Requirement(id = "AUT-3", without = "readable-fields")
  void shows_what_is_for_its_owner_to_nobody_else_who_may_read_the_note() throws Exception {
    String support = token("eve", "north", "support");
    HttpResponse<String> one = gate.send("GET", "/notes/n1", support, "");
    assertThat(one.statusCode()).isEqualTo(200);
    assertThat(one.body()).contains("n1").doesNotContain("secret");
    assertThat(gate.send("GET", "/notes", support, "").body())
        .contains("n1", "n2", "n3")
        .doesNotContain("n0", "secret");
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-owner")
  void knows_who_made_what_after_a_restart() throws Exception {
    gate.restart();
    assertThat(gate.status("GET", "/notes/n1", ALICE)).isEqualTo(200);
    assertThat(gate.status("GET", "/notes/n1", BOB)).isEqualTo(404);
  }
}

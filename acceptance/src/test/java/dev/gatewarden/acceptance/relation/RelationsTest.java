package dev.gatewarden.acceptance.relation;

import static dev.gatewarden.acceptance.relation.TenantGate.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.state.RunningGate;
import dev.gatewarden.testkit.Requirement;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A service that says of nothing whose it is; the gate remembers who made what.
@Timeout(120)
class RelationsTest {
  static final String CONTRACT =
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
              text: {type: string, maxLength: 100}
              ownerId: {type: string, maxLength: 64, x-gatewarden-write: [owner]}
              org: {type: string, maxLength: 64, x-gatewarden-write: [owner]}
              folderId: {type: string, maxLength: 64, x-gatewarden-write: [owner]}
          patch:
            type: array
            maxItems: 20
            items:
              type: object
              properties:
                op: {type: string, maxLength: 10}
                path: {type: string, maxLength: 100}
                from: {type: string, maxLength: 100}
                value: {}
        x-gatewarden-objects:
          folder:
            id: {at: /id}
            owner: {at: /ownerId, is: principal.subject}
            tenant: {at: /org, is: principal.tenant}
            known-by: [relation]
            unknown: deny
          note:
            id: {at: /id}
            owner: {at: /ownerId, is: principal.subject}
            tenant: {at: /org, is: principal.tenant}
            parent: {folder: /folderId}
            known-by: [relation]
            unknown: deny
            access: {read: [owner, 'role:support'], write: [owner]}
            properties:
              /ownerId: {write: [owner]}
              /org: {write: [owner]}
              /folderId: {write: [owner]}
      paths:
        /notes:
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
            requestBody:
              content:
                application/json: {schema: {$ref: '#/components/schemas/note'}}
                application/json-patch+json: {schema: {$ref: '#/components/schemas/patch'}}
            responses: {'204': {description: done}}
          delete:
            operationId: deleteNote
            x-gatewarden-object: {type: note, id: path.id}
            responses: {'204': {description: gone}}
      """;

  @TempDir private Path folder;
  private Notes service;

  @BeforeEach
  void open() throws Exception {
    service = new Notes();
  }

  @AfterEach
  void close() {
    service.close();
  }

  private TenantGate gate(String more) throws Exception {
    return TenantGate.start(
        folder.resolve("gate"), service.uri(), CONTRACT, "tenancy: token", more);
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-owner")
  void lets_who_made_a_note_read_and_change_it_and_nobody_else() throws Exception {
    try (TenantGate gate = gate("")) {
      assertThat(gate.send("POST", "/notes", token("alice", "north"), "{}").statusCode())
          .isEqualTo(201);

      assertThat(gate.status("GET", "/notes/n1", token("alice", "north"))).isEqualTo(200);
      assertThat(gate.status("GET", "/notes/n1", token("bob", "north"))).isEqualTo(404);
      assertThat(gate.send("PATCH", "/notes/n1", token("bob", "north"), "{}").statusCode())
          .isEqualTo(404);
      assertThat(gate.status("DELETE", "/notes/n1", token("bob", "north"))).isEqualTo(404);
      assertThat(gate.status("GET", "/notes/n2", token("alice", "north"))).isEqualTo(404);
      assertThat(service.kept).containsOnlyKeys("n1");
    }
  }

  @Test
  @Requirement(id = "AUT-6", without = "object-owner")
  void takes_no_user_of_another_tenant_for_the_owner_of_the_same_name() throws Exception {
    try (TenantGate gate = gate("")) {
      gate.send("POST", "/notes", token("alice", "north"), "{}");

      assertThat(gate.status("GET", "/notes/n1", token("alice", "south"))).isEqualTo(404);
      assertThat(gate.status("GET", "/notes/n1", token("alice", "North"))).isEqualTo(404);
      assertThat(gate.status("GET", "/notes/n1", token("alice", ""))).isEqualTo(404);
      assertThat(gate.status("GET", "/notes/n1", token("eve", "north", "support"))).isEqualTo(200);
      assertThat(gate.status("GET", "/notes/n1", token("eve", "south", "support"))).isEqualTo(404);
      assertThat(gate.status("DELETE", "/notes/n1", token("eve", "north", "support")))
          .isEqualTo(404);
    }
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-owner")
  void remembers_after_the_program_was_killed_who_made_what() throws Exception {
    Path home =
        TenantGate.write(folder.resolve("killed"), service.uri(), CONTRACT, "tenancy: token", "");
    try (RunningGate gate = RunningGate.start(home)) {
      URI uri = gate.uri();
      assertThat(TenantGate.send(uri, "POST", "/notes", token("alice", "north"), "{}").statusCode())
          .isEqualTo(201);
    }
    try (TenantGate gate = TenantGate.start(home, service.uri(), CONTRACT, "tenancy: token", "")) {
      assertThat(gate.status("GET", "/notes/n1", token("alice", "north"))).isEqualTo(200);
      assertThat(gate.status("GET", "/notes/n1", token("bob", "north"))).isEqualTo(404);
      assertThat(gate.metrics()).contains("gatewarden_relations 1");
    }
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-owner")
  void follows_a_note_that_is_given_away() throws Exception {
    try (TenantGate gate = gate("")) {
      String alice = token("alice", "north");
      String bob = token("bob", "north");
      gate.send("POST", "/notes", alice, "{}");
      assertThat(gate.send("PATCH", "/notes/n1", alice, "{\"text\":\"x\"}").statusCode())
          .isEqualTo(204);
      assertThat(gate.status("GET", "/notes/n1", alice)).isEqualTo(200);
      assertThat(gate.send("PATCH", "/notes/n1", alice, "{\"owner\\u0049d\":\"bob\"}").statusCode())
          .isEqualTo(204);

      assertThat(gate.status("GET", "/notes/n1", bob)).isEqualTo(200);
      assertThat(gate.status("GET", "/notes/n1", alice)).isEqualTo(404);
    }
  }

  /// What a patch brings from elsewhere in the object nobody reads in it: the old owner is none any
  /// more, and nobody else becomes one.
  @Test
  @Requirement(id = "AUT-2", without = "object-owner")
  void keeps_no_owner_whom_a_patch_took_away_by_other_means() throws Exception {
    List<String> ways =
        List.of(
            "[{\"op\":\"move\",\"from\":\"/text\",\"path\":\"/ownerId\"}]",
            "[{\"op\":\"copy\",\"from\":\"/text\",\"path\":\"/ownerId\"}]",
            "[{\"op\":\"move\",\"from\":\"/ownerId\",\"path\":\"/text\"}]",
            "[{\"op\":\"remove\",\"path\":\"/ownerId\"}]");
    try (TenantGate gate = gate("")) {
      String alice = token("alice", "north");
      for (int i = 0; i < ways.size(); i++) {
        String note = "/notes/n" + (i + 1);
        gate.send("POST", "/notes", alice, "{}");
        HttpResponse<String> done =
            gate.send("PATCH", note, alice, ways.get(i), "application/json-patch+json");
        assertThat(done.statusCode()).as(ways.get(i)).isEqualTo(204);

        assertThat(gate.status("GET", note, alice)).as(ways.get(i)).isEqualTo(404);
        assertThat(gate.status("GET", note, token("bob", "north"))).isEqualTo(404);
      }
    }
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-owner")
  void gives_nobody_a_note_by_a_change_that_was_refused() throws Exception {
    try (TenantGate gate = gate("")) {
      gate.send("POST", "/notes", token("alice", "north"), "{}");
      assertThat(
              gate.send("PATCH", "/notes/n1", token("bob", "north"), "{\"ownerId\":\"bob\"}")
                  .statusCode())
          .isEqualTo(404);

      assertThat(gate.status("GET", "/notes/n1", token("bob", "north"))).isEqualTo(404);
      assertThat(gate.status("GET", "/notes/n1", token("alice", "north"))).isEqualTo(200);
    }
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-owner")
  void forgets_a_note_that_was_deleted() throws Exception {
    try (TenantGate gate = gate("")) {
      String alice = token("alice", "north");
      gate.send("POST", "/notes", alice, "{}");
      assertThat(gate.status("DELETE", "/notes/n1", alice)).isEqualTo(204);

      assertThat(gate.status("GET", "/notes/n1", alice)).isEqualTo(404);
      gate.restart();
      assertThat(gate.status("GET", "/notes/n1", alice)).isEqualTo(404);
    }
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-owner")
  void lets_nothing_be_made_whose_owner_could_not_be_remembered() throws Exception {
    try (TenantGate gate = gate("relations: {most: 1}")) {
      String alice = token("alice", "north");
      assertThat(gate.send("POST", "/notes", alice, "{}").statusCode()).isEqualTo(201);
      assertThat(gate.send("POST", "/notes", alice, "{}").statusCode()).isEqualTo(503);
      assertThat(service.kept).hasSize(1);

      gate.status("DELETE", "/notes/n1", alice);
      assertThat(gate.send("POST", "/notes", alice, "{}").statusCode()).isEqualTo(201);
      assertThat(gate.status("GET", "/notes/n2", alice)).isEqualTo(200);
    }
  }
}

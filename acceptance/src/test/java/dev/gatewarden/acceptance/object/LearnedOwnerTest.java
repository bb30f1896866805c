package dev.gatewarden.acceptance.object;

import static dev.gatewarden.acceptance.object.Caller.ALICE;
import static dev.gatewarden.acceptance.object.Caller.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.testkit.Requirement;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Objects that nobody can be asked about: whoever was seen creating one owns it.
class LearnedOwnerTest {
  private static final String CONTRACT =
      """
      openapi: 3.1.0
      info: {title: Files, version: '1'}
      servers: [{url: /}]
      security: [{token: []}]
      components:
        securitySchemes: {token: {type: http, scheme: bearer}}
        x-gatewarden-objects:
          file: {id: {at: /id}, owner: {at: /customerId}, tenant: {at: /tenantId}, known-by: [relation]}
      paths:
        /files:
          post:
            x-gatewarden-object: {type: file, does: create, id: response.body#/id, learn: owner}
            requestBody: {content: {application/json: {schema: {type: object, additionalProperties: false, properties: {id: {type: string, maxLength: 60}}}}}}
            responses: {'201': {description: it, content: {application/json: {schema: {type: object, properties: {id: {type: string}, customerId: {type: string}, tenantId: {type: string}, secret: {type: string}}}}}}}
        /files/{id}:
          parameters: [{name: id, in: path, required: true, schema: {type: string, maxLength: 60}}]
          put:
            x-gatewarden-object: {type: file, does: create, id: path.id, learn: owner}
            responses: {'201': {description: made}, '204': {description: replaced}}
          delete:
            x-gatewarden-object: {type: file, id: path.id}
            responses: {'204': {description: gone}, '202': {description: later}}
      """;

  @TempDir Path folder;
  private Store store;
  private ObjectGate gate;

  @BeforeEach
  void open() throws Exception {
    store = new Store("f-\\d+|[0-9a-f-]{36}");
    gate = ObjectGate.start(folder, store, CONTRACT, "", "");
  }

  @AfterEach
  void close() {
    gate.close();
  }

  private int send(Caller caller, String method, int status) throws Exception {
    store.doneStatus = status;
    return gate.send(caller, gate.json(method, "/files/f-1", "")).statusCode();
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-owner")
  void who_puts_a_file_where_none_is_owns_it_until_it_is_gone() throws Exception {
    assertThat(send(ALICE, "PUT", 201)).isEqualTo(201);
    assertThat(send(BOB, "PUT", 204)).isEqualTo(404);
    assertThat(send(BOB, "DELETE", 204)).isEqualTo(404);
    assertThat(send(ALICE, "PUT", 204)).isEqualTo(204);

    assertThat(send(ALICE, "DELETE", 202)).isEqualTo(202);
    assertThat(send(BOB, "PUT", 201)).isEqualTo(404);

    assertThat(send(ALICE, "DELETE", 204)).isEqualTo(204);
    assertThat(send(BOB, "PUT", 201)).isEqualTo(201);
    assertThat(send(ALICE, "DELETE", 204)).isEqualTo(404);
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-owner")
  void a_creation_that_names_a_file_of_another_is_none() throws Exception {
    store.next = "f-7";
    assertThat(gate.send(ALICE, gate.json("POST", "/files", "{\"id\":\"f-7\"}")).statusCode())
        .isEqualTo(201);
    store.takeWrites();

    assertThat(gate.send(BOB, gate.json("POST", "/files", "{\"id\":\"f-7\"}")).statusCode())
        .isEqualTo(404);
    assertThat(store.takeWrites()).isEmpty();
  }

  @Test
  void an_answer_that_says_it_created_what_is_anothers_is_withheld() throws Exception {
    store.next = "f-9";
    assertThat(gate.send(ALICE, gate.json("POST", "/files", "{}")).statusCode()).isEqualTo(201);
    var told = gate.send(BOB, gate.json("POST", "/files", "{}"));

    assertThat(told.statusCode()).isEqualTo(502);
    assertThat(told.body()).doesNotContain("secret-of");
    assertThat(store.thing("f-9")).isNotEqualTo(Map.of());
  }
}

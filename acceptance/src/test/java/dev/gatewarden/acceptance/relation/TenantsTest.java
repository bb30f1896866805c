package dev.gatewarden.acceptance.relation;

import static dev.gatewarden.acceptance.relation.TenantGate.token;
import static dev.gatewarden.acceptance.relation.TenantGate.tokenOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.testkit.Requirement;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Nobody reaches what is another tenant's, however the tenant is named.
@Timeout(120)
class TenantsTest {
  private static final String HEAD =
      """
      openapi: 3.1.0
      info: {title: Notes, version: 1.0.0}
      servers: [{url: /}]
      security: [{token: []}]
      components: {securitySchemes: {token: {type: http, scheme: bearer}}}
      """;

  private static final String LIST =
      """
            operationId: listNotes
            x-gatewarden-object: {none: it shows a page of the tenant's}
            responses:
              '200': {description: it, content: {application/json: {schema: {type: object}}}}
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

  private TenantGate gate(String contract, String tenancy) throws Exception {
    return TenantGate.start(
        folder.resolve("gate"), service.uri(), contract, "tenancy: " + tenancy, "");
  }

  private TenantGate byPath(String rule) throws Exception {
    return gate(
        HEAD
            + "x-gatewarden-tenant: "
            + rule
            + "\npaths:\n  /t/{tenant}/notes:\n    parameters:\n"
            + "      - {name: tenant, in: path, required: true, schema: {type: string}}\n"
            + "      - {name: tenant, in: query, schema: {type: string}}\n"
            + "    get:\n"
            + LIST,
        "path");
  }

  @Test
  @Requirement(id = "AUT-6", without = "tenant-match")
  void holds_the_tenant_in_the_path_against_the_callers() throws Exception {
    try (TenantGate gate = byPath("{from: path.tenant}")) {
      assertThat(gate.status("GET", "/t/north/notes", token("alice", "north"))).isEqualTo(200);

      assertThat(gate.status("GET", "/t/south/notes", token("alice", "north"))).isEqualTo(404);
      assertThat(gate.status("GET", "/t/North/notes", token("alice", "north"))).isEqualTo(404);
      assertThat(gate.status("GET", "/t/north%20/notes", token("alice", "north"))).isIn(400, 404);
      assertThat(gate.status("GET", "/t/south/notes", token("root", "north", "admin", "support")))
          .isEqualTo(404);
      assertThat(gate.status("GET", "/t/north/notes", token("alice", ""))).isEqualTo(403);
    }
    assertThat(service.seen).hasSize(1);
  }

  @Test
  @Requirement(id = "AUT-6", without = "tenant-match")
  void reads_the_path_as_the_service_will() throws Exception {
    try (TenantGate gate = byPath("{from: path.tenant}")) {
      String alice = token("alice", "north");
      for (String path :
          new String[] {
            "/t/north/../south/notes",
            "/t/north%2F..%2Fsouth/notes",
            "/t/%73outh/notes",
            "/t/south;x=/t/north/notes",
            "/t/south%00/notes",
            "//t/south/notes",
            "/t/./south/notes",
            "/t/south/./notes"
          }) {
        assertThat(gate.raw("GET " + path, alice, "Host: notes.example")).as(path).isIn(400, 404);
      }
      assertThat(gate.raw("GET /t/%6Eorth/notes", alice, "Host: notes.example")).isIn(200, 400);
      assertThat(service.seen).allMatch(seen -> seen.path().equals("/t/north/notes"));
    }
  }

  @Test
  @Requirement(id = "AUT-6", without = "tenant-match")
  void refuses_who_names_two_tenants_in_two_places() throws Exception {
    try (TenantGate gate = byPath("{from: path.tenant, also: [query.tenant, header.X-Tenant]}")) {
      String alice = token("alice", "north");
      assertThat(gate.raw("GET /t/north/notes", alice, "Host: n")).isEqualTo(200);
      assertThat(gate.raw("GET /t/north/notes?tenant=north", alice, "Host: n", "X-Tenant: north"))
          .isEqualTo(200);

      assertThat(gate.raw("GET /t/north/notes?tenant=south", alice, "Host: n")).isEqualTo(404);
      assertThat(gate.raw("GET /t/south/notes?tenant=north", alice, "Host: n")).isEqualTo(404);
      assertThat(gate.raw("GET /t/north/notes?tenant=", alice, "Host: n")).isIn(400, 404);
      assertThat(gate.raw("GET /t/north/notes", alice, "Host: n", "X-Tenant: south"))
          .isEqualTo(404);
      assertThat(
              gate.raw(
                  "GET /t/north/notes", alice, "Host: n", "X-Tenant: north", "x-tenant: south"))
          .isIn(400, 404);
      assertThat(gate.raw("GET /t/north/notes", alice, "Host: n", "X_Tenant: south"))
          .isIn(400, 404);
    }
    assertThat(service.seen).hasSize(2);
  }

  @Test
  @Requirement(id = "AUT-6", without = "tenant-match")
  void believes_no_header_that_the_credential_does_not_confirm() throws Exception {
    try (TenantGate gate =
        gate(
            HEAD
                + "x-gatewarden-tenant: {from: header.X-Tenant}\npaths:\n  /notes:\n"
                + "    parameters: [{name: X-Tenant, in: header, schema: {type: string}}]\n"
                + "    get:\n"
                + LIST,
            "header")) {
      String alice = token("alice", "north");
      assertThat(gate.raw("GET /notes", alice, "Host: n", "X-Tenant: north")).isEqualTo(200);

      assertThat(gate.raw("GET /notes", alice, "Host: n", "X-Tenant: south")).isEqualTo(404);
      assertThat(gate.raw("GET /notes", alice, "Host: n")).isEqualTo(404);
      assertThat(gate.raw("GET /notes", alice, "Host: n", "X-Tenant: north, south")).isEqualTo(404);
      assertThat(gate.raw("GET /notes", alice, "Host: n", "X-Tenant: south", "X-Tenant: north"))
          .isIn(400, 404);
      assertThat(gate.raw("GET /notes", token("alice", ""), "Host: n", "X-Tenant: north"))
          .isEqualTo(403);
    }
    assertThat(service.seen).hasSize(1);
  }

  @Test
  @Requirement(id = "AUT-6", without = "tenant-match")
  void takes_a_host_for_one_tenant_however_it_is_written() throws Exception {
    try (TenantGate gate =
        gate(
            HEAD
                + "x-gatewarden-tenant: {from: host.label(0)}\npaths:\n  /notes:\n    get:\n"
                + LIST,
            "host")) {
      String alice = token("alice", "north");
      assertThat(gate.raw("GET /notes", alice, "Host: north.example")).isEqualTo(200);
      assertThat(gate.raw("GET /notes", alice, "Host: NORTH.example:8443")).isEqualTo(200);

      for (String host :
          new String[] {
            "south.example",
            "SOUTH.example",
            "south.example.",
            "south.example:80",
            "south.north.example",
            "%73outh.example",
            "north%2Eexample",
            "north@south.example",
            "south.example/north",
            "xn--north.example",
            "northx.example",
            ".north.example",
            "127.0.0.1",
            ""
          }) {
        assertThat(gate.raw("GET /notes", alice, "Host: " + host)).as(host).isIn(400, 404, 421);
      }
      assertThat(gate.raw("GET /notes", alice, "Host: north.example", "Host: south.example"))
          .isEqualTo(400);
      assertThat(gate.raw("GET http://south.example/notes", alice, "Host: north.example"))
          .isIn(400, 404, 421);
      assertThat(
              gate.raw(
                  "GET /notes", alice, "Host: south.example", "X-Forwarded-Host: north.example"))
          .isEqualTo(404);
    }
    assertThat(service.seen).hasSize(2);
  }

  @Test
  @Requirement(id = "AUT-6", without = "object-owner")
  void judges_the_tenant_of_every_level() throws Exception {
    try (TenantGate gate = gate(NESTED, "token")) {
      String north = token("alice", "north");
      String south = token("alice", "south");
      gate.send("POST", "/folders", south, "{}");
      gate.send("POST", "/folders", north, "{}");
      gate.send("POST", "/notes", north, "{}");
      assertThat(gate.send("PATCH", "/notes/n3", north, "{\"folderId\":\"n2\"}").statusCode())
          .isEqualTo(204);
      assertThat(gate.status("GET", "/folders/n2/notes/n3", north)).isEqualTo(200);
      assertThat(gate.status("GET", "/folders/n2/notes/n3", south)).isEqualTo(404);

      assertThat(gate.send("PATCH", "/notes/n3", north, "{\"folderId\":\"n1\"}").statusCode())
          .isIn(204, 403, 404);
      assertThat(gate.status("GET", "/folders/n1/notes/n3", north)).isEqualTo(404);
      assertThat(gate.status("GET", "/folders/n1/notes/n3", south)).isEqualTo(404);
    }
  }

  @Test
  @Requirement(id = "AUT-6", without = "tenant-writes")
  void lets_nobody_make_or_move_an_object_into_another_tenant() throws Exception {
    try (TenantGate gate = gate(NESTED, "token")) {
      String alice = token("alice", "north");
      assertThat(gate.send("POST", "/notes", alice, "{\"org\":\"south\"}").statusCode())
          .isEqualTo(403);
      assertThat(gate.send("POST", "/notes", alice, "{\"or\\u0067\":\"south\"}").statusCode())
          .isEqualTo(403);
      assertThat(service.kept).isEmpty();
      assertThat(gate.send("POST", "/notes", alice, "{\"org\":\"north\"}").statusCode())
          .isEqualTo(201);
      assertThat(gate.send("PATCH", "/notes/n1", alice, "{\"org\":\"south\"}").statusCode())
          .isEqualTo(403);
      assertThat(gate.send("PATCH", "/notes/n1", alice, "{\"org\":null}").statusCode())
          .isIn(400, 403);
      for (String patch :
          new String[] {
            "[{\"op\":\"replace\",\"path\":\"/org\",\"value\":\"south\"}]",
            "[{\"op\":\"add\",\"path\":\"\",\"value\":{\"org\":\"south\"}}]",
            "[{\"op\":\"copy\",\"from\":\"/text\",\"path\":\"/org\"}]",
            "[{\"op\":\"remove\",\"path\":\"/org\"}]"
          }) {
        assertThat(patched(gate, alice, patch)).as(patch).isIn(400, 403);
      }
      assertThat(service.kept).containsEntry("n1", "{\"org\":\"north\"}");
      String text = "[{\"op\":\"add\",\"path\":\"/text\",\"value\":\"x\"}]";
      assertThat(patched(gate, alice, text)).isEqualTo(204);
      assertThat(gate.send("PATCH", "/notes/n1", alice, "{\"text\":\"x\"}").statusCode())
          .isEqualTo(204);
    }
  }

  private static int patched(TenantGate gate, String token, String patch) throws Exception {
    return gate.send("PATCH", "/notes/n1", token, patch, "application/json-patch+json")
        .statusCode();
  }

  @Test
  @Requirement(id = "AUT-6", without = "object-owner")
  void lets_an_issuer_speak_for_its_own_tenants_alone() throws Exception {
    Path home =
        TenantGate.write(
            folder.resolve("two"),
            service.uri(),
            RelationsTest.CONTRACT
                .replace("security: [{token: []}]", "security: [{token: []}, {other: []}]")
                .replace(
                    "securitySchemes: {",
                    "securitySchemes: {other: {type: http, scheme: bearer}, "),
            "tenancy: token",
            "");
    Path file = home.resolve("gatewarden.yaml");
    String text = java.nio.file.Files.readString(file);
    String partner =
        text.lines().filter(line -> line.startsWith("  corp:")).findFirst().orElseThrow();
    java.nio.file.Files.writeString(
        file,
        text.replace(
                partner,
                partner.replace("tenant: /org", "tenant: /org, tenants: north")
                    + "\n"
                    + partner
                        .replace("corp", "partner")
                        .replace("tenant: /org", "tenant: /org, tenants: [south, west]"))
            .replace("{token: corp}", "{token: corp, other: partner}"));
    try (TenantGate gate = TenantGate.over(home)) {
      assertThat(gate.send("POST", "/notes", token("alice", "north"), "{}").statusCode())
          .isEqualTo(201);
      assertThat(gate.status("GET", "/notes/n1", token("alice", "north"))).isEqualTo(200);

      assertThat(gate.status("GET", "/notes/n1", tokenOf("partner", "alice", "south")))
          .isEqualTo(404);
      assertThat(gate.status("GET", "/notes/n1", tokenOf("partner", "alice", "north")))
          .isEqualTo(401);
      assertThat(gate.status("GET", "/notes/n1", tokenOf("partner", "alice", ""))).isEqualTo(401);
      assertThat(gate.status("GET", "/notes/n1", token("alice", "south"))).isEqualTo(401);
    }
  }

  private static final String NESTED =
      RelationsTest.CONTRACT
          + """
            /folders:
              post:
                operationId: createFolder
                x-gatewarden-object: {type: folder, does: create, id: response.body#/id, learn: owner}
                requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/note'}}}}
                responses:
                  '201': {description: it, content: {application/json: {schema: {$ref: '#/components/schemas/note'}}}}
            /folders/{folder}/notes/{id}:
              parameters:
                - {$ref: '#/components/parameters/id'}
                - {name: folder, in: path, required: true, schema: {type: string, maxLength: 64}}
              get:
                operationId: getNoteInFolder
                x-gatewarden-object: {type: note, id: path.id, within: {folder: path.folder}}
                responses:
                  '200': {description: it, content: {application/json: {schema: {$ref: '#/components/schemas/note'}}}}
          """
              .indent(0);
}

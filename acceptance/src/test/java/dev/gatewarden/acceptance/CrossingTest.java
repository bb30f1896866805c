package dev.gatewarden.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.demo.http.Loopback;
import dev.gatewarden.testkit.Requirement;
import dev.gatewarden.testkit.Waiting;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The provider's support staff, who help every tenant, and those who would like to be taken for
/// them.
///
/// The provider's own issuer names its staff; north brings an issuer of its own, which may call
/// anybody of north whatever it likes.
class CrossingTest {
  private static final String CONTRACT =
      """
      openapi: 3.1.0
      info: {title: Desk, version: 1.0.0}
      paths:
        /orders:
          get:
            operationId: listOrders
            security: [{staff: []}, {north: []}]
            x-gatewarden-object: {type: order, does: list, items: response.body#/data}
            responses:
              '200': {description: x, content: {application/json: {schema: {type: object, properties: {data: {type: array, items: {$ref: '#/components/schemas/Order'}}}}}}}
          post:
            operationId: createOrder
            security: [{staff: []}, {north: []}]
            x-gatewarden-object: {type: order, does: create, id: response.body#/id}
            requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}
            responses: {'201': {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}}
        /orders/{id}:
          parameters: [{name: id, in: path, required: true, schema: {type: string, maxLength: 40}}]
          get:
            operationId: getOrder
            security: [{staff: []}, {north: []}]
            x-gatewarden-object: {type: order, id: path.id}
            responses:
              '200': {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}
          delete:
            operationId: cancelOrder
            security: [{staff: []}, {north: []}]
            x-gatewarden-object: {type: order, id: path.id}
            responses: {'204': {description: x}}
        /tenants/{tenant}/orders/{id}:
          parameters:
          - {name: tenant, in: path, required: true, schema: {type: string, maxLength: 40}}
          - {name: id, in: path, required: true, schema: {type: string, maxLength: 40}}
          get:
            operationId: getTenantsOrder
            security: [{staff: []}, {north: []}]
            x-gatewarden-tenant: {from: path.tenant, crossed-by: [role:support]}
            x-gatewarden-object: {type: order, id: path.id}
            responses:
              '200': {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}
      components:
        securitySchemes:
          staff: {type: http, scheme: bearer}
          north: {type: http, scheme: bearer}
        x-gatewarden-objects:
          order:
            id: {at: /id}
            owner: {at: /by}
            tenant: {at: /org}
            access: {read: [owner, 'role:support@any-tenant'], write: [owner]}
            read-by: getOrder
        schemas:
          Order: {type: object, properties: {id: {type: string, maxLength: 40}, by: {type: string, maxLength: 40}, org: {type: string, maxLength: 40}}}
      """;

  @TempDir static Path folder;
  private static final Signed STAFF = Signed.of("staff");
  private static final Signed NORTH = Signed.of("north");
  private static Loopback service;
  private static Opened gate;

  @BeforeAll
  static void open() throws Exception {
    String mine = "{\"id\":\"n1\",\"by\":\"nina\",\"org\":\"north\"}";
    String other = "{\"id\":\"s1\",\"by\":\"sven\",\"org\":\"south\"}";
    service =
        Loopback.start(
            0,
            request ->
                request.method().equals("POST")
                    ? Answer.json(201, mine)
                    : request.path().endsWith("/orders")
                        ? Answer.json(200, "{\"data\":[" + mine + "," + other + "]}")
                        : Answer.json(200, request.path().endsWith("s1") ? other : mine));
    String configuration =
        """
        gatewarden: 1
        listen: {public: {port: 0}, admin: {port: 0}}
        issuers:
          staff: %s
          north: %s
        apis:
          desk:
            contract: contract.yaml
            at: {path: /}
            upstream: {to: ['%s'], identity: none}
            security: {staff: staff, north: north}
            tenancy: token
        decisions: stdout
        """
            .formatted(
                STAFF.section(
                    ", tenants: [provider, south], crossing: {roles: [support], tenants:"
                        + " [provider]}"),
                NORTH.section(", tenants: [north]"),
                service.uri());
    gate = Opened.gate(folder, configuration, CONTRACT);
  }

  @AfterAll
  static void close() throws Exception {
    gate.close();
    service.close();
  }

  @Test
  void wants_to_know_whose_users_cross_where_a_claim_tells_tenants_apart(@TempDir Path other) {
    String configuration =
        Opened.before(service.uri(), Signed.of("corp"), "tenancy: single\n", "")
            .replace("corp:", "staff:")
            .replace("{token: corp}", "{staff: staff, north: staff}")
            .replace(", tenant: /org", ", crossing: {roles: [support]}");

    assertThatThrownBy(
            () ->
                Opened.gate(
                        other,
                        configuration,
                        CONTRACT.replace(
                            "tenant: {at: /org}",
                            "tenant: {at: /org, is: 'principal.claim(/org)'}"))
                    .close())
        .isInstanceOf(ProblemsException.class)
        .hasMessageContaining("each tenant could make its own users reach all others");
  }

  @Test
  void lets_nobody_cross_to_objects_whose_tenant_nothing_tells(@TempDir Path other) {
    String configuration =
        Opened.before(service.uri(), Signed.of("corp"), "tenancy: single\n", "")
            .replace("corp:", "staff:")
            .replace("{token: corp}", "{staff: staff, north: staff}")
            .replace("roles: /roles", "roles: /roles, crossing: {roles: [support], tenants: [p]}");
    String contract =
        CONTRACT
            .replace("      tenant: {at: /org}\n", "")
            .replace("role:support@any-tenant", "role:support");

    assertThatThrownBy(() -> Opened.gate(other, configuration, contract).close())
        .isInstanceOf(ProblemsException.class)
        .hasMessageContaining("nothing tells the tenant of a `order`");
  }

  private static String staff(String... roles) {
    return STAFF.token("sue", "provider", roles);
  }

  @Test
  @Requirement(id = "AUT-6")
  void staff_of_the_provider_help_every_tenant() throws Exception {
    assertThat(gate.status("GET", "/orders/n1", staff("support"))).isEqualTo(200);
    assertThat(gate.status("GET", "/orders/s1", staff("support"))).isEqualTo(200);
    assertThat(gate.get("/orders", staff("support")).body()).contains("n1", "s1");
    assertThat(gate.status("GET", "/tenants/south/orders/s1", staff("support"))).isEqualTo(200);
    // The line is written after the answer has left.
    Waiting.until(
        "the decision is told", () -> gate.decisions().contains("\"crossing\":[\"support\"]"));
  }

  @Test
  @Requirement(id = "AUT-6", without = "object-release")
  void a_role_of_that_name_from_a_tenants_own_issuer_does_not_cross() throws Exception {
    for (String role :
        List.of("support", "support@any-tenant", "role:support@any-tenant", "SUPPORT")) {
      String token = NORTH.token("mallory", "north", role);
      assertThat(gate.status("GET", "/orders/s1", token)).as(role).isEqualTo(404);
      assertThat(gate.status("GET", "/orders/n1", token)).as(role).isEqualTo(404);
      assertThat(gate.get("/orders", token).body()).as(role).doesNotContain("n1", "s1");
    }
  }

  @Test
  @Requirement(id = "AUT-6")
  void nor_does_it_name_another_tenant() throws Exception {
    String token = NORTH.token("sven", "north", "support");
    assertThat(gate.status("GET", "/tenants/south/orders/s1", token)).isEqualTo(404);
  }

  @Test
  @Requirement(id = "AUT-6")
  void nor_does_a_token_that_calls_its_user_the_providers() throws Exception {
    assertThat(gate.status("GET", "/orders/s1", NORTH.token("mallory", "provider", "support")))
        .isEqualTo(401);
  }

  @Test
  @Requirement(id = "AUT-6", without = "object-release")
  void who_is_of_another_tenant_of_the_same_issuer_does_not_cross() throws Exception {
    String token = STAFF.token("sven", "south", "support");
    assertThat(gate.status("GET", "/orders/n1", token)).isEqualTo(404);
    assertThat(gate.status("GET", "/orders/s1", token)).isEqualTo(200);
    String claimed =
        STAFF.token("sven", "south", Map.of("crossing", List.of("support")), List.of("support"));
    assertThat(gate.status("GET", "/orders/n1", claimed)).isEqualTo(404);
  }

  @Test
  @Requirement(id = "AUT-6", without = "object-release")
  void staff_without_the_role_see_nothing_of_tenants() throws Exception {
    assertThat(gate.status("GET", "/orders/n1", staff("admin"))).isEqualTo(404);
    assertThat(gate.get("/orders", staff()).body()).doesNotContain("n1", "s1");
  }

  @Test
  @Requirement(id = "AUT-6", without = "object-owner")
  void who_may_read_across_tenants_changes_nothing_there() throws Exception {
    assertThat(gate.status("DELETE", "/orders/n1", staff("support"))).isEqualTo(404);
  }

  @Test
  @Requirement(id = "AUT-6")
  void who_crosses_tenants_makes_nothing_in_another() throws Exception {
    assertThat(
            gate.send("POST", "/orders", staff("support"), "{\"by\":\"sue\",\"org\":\"south\"}")
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void lets_nobody_cross_without_an_object_by_any_other_role(@TempDir Path other) {
    String configuration =
        Opened.before(service.uri(), Signed.of("corp"), "tenancy: single\n", "")
            .replace("corp:", "staff:")
            .replace("{token: corp}", "{staff: staff, north: staff}")
            .replace("roles: /roles", "roles: /roles, crossing: {roles: [support], tenants: [p]}");
    String contract =
        CONTRACT.replaceFirst(
            "(?s)(crossed-by.*?)x-gatewarden-object: [^\n]*",
            "$1x-gatewarden-object: {none: it counts}");

    assertThatThrownBy(() -> Opened.gate(other, configuration, contract).close())
        .isInstanceOf(ProblemsException.class)
        .hasMessageContaining("touches no object");
  }
}

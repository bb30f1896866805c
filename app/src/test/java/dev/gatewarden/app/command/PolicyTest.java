package dev.gatewarden.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who can do what, as a configuration says it.
final class PolicyTest {
  static final String SHOP =
      """
      openapi: 3.1.0
      info: {title: Shop, version: 1.0.0}
      paths:
        /orders:
          get:
            operationId: listOrders
            security: [{oauth: [orders:read]}]
            x-gatewarden-object: {type: order, does: list, items: response.body#/data}
            responses: {'200': {description: x, content: {application/json: {schema: {type: object, properties: {data: {type: array, items: {$ref: '#/components/schemas/Order'}}}}}}}}
          post:
            operationId: createOrder
            security: [{oauth: [orders:write]}]
            x-gatewarden-object: {type: order, does: create, id: response.body#/id, learn: owner}
            responses: {'201': {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}}
        /orders/{id}:
          parameters: [{name: id, in: path, required: true, schema: {type: string, maxLength: 40}}]
          get:
            operationId: getOrder
            security: [{oauth: [orders:read]}]
            x-gatewarden-object: {type: order, id: path.id}
            responses: {'200': {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}}
          delete:
            operationId: cancelOrder
            security: [{oauth: [orders:write]}]
            x-gatewarden-permission: {roles: [support, admin]}
            x-gatewarden-object: {type: order, id: path.id, access: ['role:support', 'role:admin']}
            responses: {'204': {description: x}}
        /health:
          get: {operationId: health, security: [], responses: {'204': {description: x}}}
        /closed:
          get: {operationId: closed, x-gatewarden-object: {none: a test}, responses: {'204': {description: x}}}
      components:
        securitySchemes:
          oauth: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://id.example/token', scopes: {'orders:read': r, 'orders:write': w}}}}
        x-gatewarden-objects:
          order:
            id: {at: /id}
            owner: {at: /by, is: principal.subject}
            tenant: {at: /org, is: principal.tenant}
            access: {read: [owner, 'role:admin'], write: [owner]}
            read-by: getOrder
        schemas:
          Order: {type: object, properties: {id: {type: string, maxLength: 40}, by: {type: string}, org: {type: string}}}
      """;

  static final String CONFIGURATION =
      """
      gatewarden: 1
      listen: {public: {port: 8080}, admin: {port: 8081}}
      issuers:
        corp: {url: 'https://id.example', audience: shop, algorithms: [ES256], tenant: /org, roles: /realm/roles}
      apis:
        shop:
          contract: shop.yaml
          at: {path: /}
          upstream: {to: ['http://127.0.0.1:9000']}
          security: {oauth: corp}
          tenancy: token
      """;

  @TempDir private Path folder;
  private Shell shell;

  @BeforeEach
  void open() throws IOException {
    shell = new Shell(folder);
    Files.writeString(folder.resolve("shop.yaml"), SHOP);
    Files.writeString(folder.resolve("gatewarden.yaml"), CONFIGURATION);
  }

  @Test
  void says_who_reaches_whose_orders() {
    Shell.Said said = shell.run("policy", "who-can", "getOrder");
    assertThat(said.err()).isEmpty();
    assertThat(said.code()).isZero();
    assertThat(said.out())
        .contains(
            """
              asks for oauth(orders:read)
              oauth with orders:read
                  read order: own
              oauth with orders:read, role admin
                  read order: own, same tenant
              read order: whose it is, is known by relation, response
            """
                .indent(0));
  }

  @Test
  void says_which_role_is_asked_for_beside_the_scope() {
    assertThat(shell.run("policy", "who-can", "DELETE /orders/{id}").out())
        .contains("asks for oauth(orders:write), and the role support or admin\n")
        .contains("  oauth with orders:write, role support\n")
        .contains("  oauth with orders:write, role admin\n")
        .contains("      delete order: own, same tenant\n");
  }

  @Test
  void tells_what_anybody_and_nobody_can() {
    assertThat(shell.run("policy", "who-can", "shop.health").out())
        .contains("anybody, without credential");
    Shell.Said closed = shell.run("policy", "who-can", "closed");
    assertThat(closed.code()).isEqualTo(1);
    assertThat(closed.out()).contains("  nobody\n");
  }

  @Test
  void names_the_nearest_operation() {
    Shell.Said said = shell.run("policy", "who-can", "getOrdr");
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err())
        .isEqualTo("gatewarden: there is no operation `getOrdr`; did you mean `getOrder`?\n");
  }

  @Test
  void answers_machines() {
    assertThat(shell.run("policy", "who-can", "createOrder", "--format", "json").out())
        .contains("\"operation\": \"shop.createOrder\"", "\"whose\": [\"absent\"]")
        .contains("\"scopes\": [\"orders:write\"]");
  }

  @Test
  void says_what_a_described_caller_can_do() {
    Shell.Said said =
        shell.run(
            "policy", "what-can", "--scopes", "orders:read,orders:write", "--roles", "support");
    assertThat(said.code()).isZero();
    assertThat(said.out().lines())
        .containsExactly(
            "shop: oauth with orders:read orders:write, role support",
            "  listOrders   GET /orders          list order: own",
            "  createOrder  POST /orders         create order: new ones",
            "  getOrder     GET /orders/{id}     read order: own",
            "  cancelOrder  DELETE /orders/{id}  delete order: own, same tenant",
            "  health       GET /health          allowed",
            "  closed       GET /closed          refused: nobody may use it (the contract says"
                + " nothing of callers)");
  }

  @Test
  void a_caller_without_tenant_owns_nothing_where_there_are_tenants() {
    assertThat(shell.run("policy", "what-can", "--scopes", "orders:read", "--no-tenant").out())
        .contains("read order: none");
  }

  @Test
  void reads_a_token_as_its_issuer_writes_it_and_never_prints_it() throws IOException {
    String claims =
        "{\"iss\":\"https://id.example\",\"sub\":\"u1\",\"org\":\"north\",\"scope\":\"orders:write"
            + " openid\",\"realm\":{\"roles\":[\"admin\"]}}";
    String token =
        "e30."
            + Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(claims.getBytes(StandardCharsets.UTF_8))
            + ".c2lnbmF0dXJl";
    Files.writeString(folder.resolve("claims.json"), claims);
    Shell.Said file = shell.run("policy", "what-can", "claims.json");
    Shell.Said piped = shell.piped(token + "\n", "policy", "what-can", "-");

    assertThat(piped.out()).isEqualTo(file.out()).doesNotContain(token);
    assertThat(file.out())
        .contains("delete order: own, same tenant")
        .contains("listOrders   GET /orders          refused: a scope is missing");
  }

  @Test
  void says_what_is_wrong_with_a_file_of_claims() throws IOException {
    Files.writeString(folder.resolve("a"), "nonsense");
    Files.writeString(folder.resolve("b"), "{\"sub\": \"u\"}");
    Files.writeString(folder.resolve("c"), "{\"iss\":\"https://id.example\"}");
    assertThat(shell.run("policy", "what-can", "a").err()).contains("neither a signed token");
    assertThat(shell.run("policy", "what-can", "b").err()).contains("say which with `--issuer`");
    assertThat(shell.run("policy", "what-can", "b", "--issuer", "corp").code()).isZero();
    assertThat(shell.run("policy", "what-can", "c").err()).contains("name no subject");
    assertThat(shell.run("policy", "what-can", "d").err()).contains("there is no file `d`");
    assertThat(shell.run("policy", "what-can", "--scheme", "oaut").err())
        .contains("did you mean `oauth`?");
    assertThat(shell.run("policy", "what-can", "c", "--roles", "x").code()).isEqualTo(2);
  }
}

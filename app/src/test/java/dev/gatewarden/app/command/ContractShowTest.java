package dev.gatewarden.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a contract is understood to say.
final class ContractShowTest {
  private static final String SHOP =
      """
      openapi: 3.1.0
      info: {title: Shop, version: 1.4.0}
      servers: [{url: 'https://{env}.example.com/v1', variables: {env: {default: api}}}]
      security: [{bearerAuth: ['orders:read']}]
      x-gatewarden-lifecycle: {since: 2026-01-01, sunset: 2026-12-31}
      paths:
        /orders/{orderId}:
          parameters: [{name: orderId, in: path, required: true, schema: {type: string, format: uuid}}]
          get:
            operationId: getOrder
            x-gatewarden-object: {type: order, id: path.orderId}
            parameters: [{name: view, in: query, style: deepObject, explode: true, schema: {type: object, properties: {a: {type: string}}}}]
            responses: {'200': {description: x, headers: {ETag: {schema: {type: string}}}, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}}
        /health:
          get: {security: [], responses: {'204': {description: x}}, callbacks: {}}
      webhooks: {shipped: {post: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}, responses: {'204': {description: x}}}}}
      components:
        x-gatewarden-objects: {order: {id: {at: /id}, owner: {at: /by}, known-by: [response]}}
        securitySchemes: {bearerAuth: {type: http, scheme: bearer}, old: {type: http, scheme: basic}}
        schemas:
          Order: {type: object, properties: {id: {type: string}, by: {type: string, x-gatewarden-class: personal, x-gatewarden-write: ['role:admin']}}}
          Gone: {type: string}
      odd: 1
      """;

  @TempDir private Path folder;
  private Shell shell;

  @BeforeEach
  void open() throws IOException {
    shell = new Shell(folder);
    Files.writeString(folder.resolve("shop.yaml"), SHOP);
  }

  @Test
  void counts_what_only_the_usual_bounds_hold_for() {
    assertThat(shell.run("contract", "show", "shop.yaml").out())
        .contains(
            """

            in requests only the usual bounds hold for
              1 text without `maxLength`
              0 lists without `maxItems`
            """);
    assertThat(shell.run("contract", "show", "shop.yaml", "--format", "json").out())
        .contains("\"unbounded\": {\n    \"texts\": 1,\n    \"lists\": 0\n  }");
  }

  @Test
  void prints_all_that_was_understood() {
    Shell.Said said = shell.run("contract", "show", "shop.yaml");
    assertThat(said.code()).isZero();
    assertThat(said.out())
        .startsWith("Shop 1.4.0\n")
        .contains(
            "  schemas     openapi-3.1\n",
            "  server      https://api.example.com/v1\n",
            "  scheme      bearerAuth: http bearer\n",
            "  object      type order: id /id as string; owner /by is principal.subject",
            "  life        deprecated since 2026-01-01, ends on 2026-12-31\n",
            "GET /orders/{orderId}  getOrder  shop.yaml:9:5\n",
            "  callers     bearerAuth(orders:read)\n",
            "  touches     read order by path.orderId, for owner\n",
            "  path        orderId: string, uuid, required; simple\n",
            "  query       view: {a}; deepObject, exploded\n",
            "  200         application/json Order; with ETag\n",
            "  callers     anybody\n",
            "calls the API makes\n  POST shipped: application/json Order\n",
            "  /components/schemas/Order/properties/by  write role:admin; class personal\n",
            "  securitySchemes.old  shop.yaml:",
            "  schemas.Gone  shop.yaml:",
            "`odd` means nothing at the top of a contract")
        .endsWith("\n2 operations\n");
  }

  @Test
  void prints_what_a_flow_asks_for_in_this_contract() throws IOException {
    Files.writeString(
        folder.resolve("pay.yaml"),
        """
        openapi: 3.1.0
        info: {title: Pay, version: '1'}
        security: [{token: []}]
        components: {securitySchemes: {token: {type: http, scheme: bearer}}}
        paths:
          /cart:
            put: {operationId: fill, x-gatewarden-flow: purchase.cart, responses: {'204': {description: x}}}
          /payments:
            post: {operationId: pay, x-gatewarden-flow: purchase.pay, responses: {'204': {description: x}}}
        """);
    assertThat(shell.run("contract", "show", "pay.yaml").out())
        .contains(
            "  flow        purchase.cart\n", "  flow        purchase.pay after cart within 1h")
        .doesNotContain("view");
    assertThat(shell.run("contract", "show", "pay.yaml", "--format", "json").out())
        .contains("\"purchase.cart\"");
  }

  @Test
  void prints_one_operation() {
    Shell.Said said = shell.run("contract", "show", "shop.yaml", "--operation", "getOrder");
    assertThat(said.out()).startsWith("GET /orders/{orderId}  getOrder").doesNotContain("health");
    Shell.Said none = shell.run("contract", "show", "shop.yaml", "--operation", "getOder");
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err())
        .isEqualTo(
            "gatewarden: `shop.yaml` has no operation `getOder`; did you mean `getOrder`?\n");
  }

  @Test
  void prints_json() {
    assertThat(shell.run("contract", "show", "shop.yaml", "--format", "json").out())
        .contains(
            "\"dialect\": \"openapi-3.1\"",
            "\"id\": \"getOrder\"",
            "\"orders:read\"",
            "\"name\": \"schemas.Gone\"",
            "\"sunset\": \"2026-12-31\"",
            "\"class\": \"personal\"");
    assertThat(
            shell
                .run("contract", "show", "shop.yaml", "--format", "json", "--operation", "getOrder")
                .out())
        .startsWith("{\n  \"id\": \"getOrder\"");
  }

  @Test
  void knows_its_two_words() {
    assertThat(shell.run("help", "contract", "show").out())
        .startsWith("Usage: gatewarden contract show");
    Shell.Said half = shell.run("contract");
    assertThat(half.code()).isEqualTo(2);
    assertThat(half.err()).contains("`contract` is no command");
    assertThat(shell.run("contract", "show", "absent.yaml").code()).isEqualTo(2);
  }
}

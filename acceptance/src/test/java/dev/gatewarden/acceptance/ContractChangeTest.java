package dev.gatewarden.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.demo.Tree;
import dev.gatewarden.testkit.Requirement;
import dev.gatewarden.testkit.WithoutControl;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A pipeline that compares the shop's contract with the one on the main branch.
///
/// The controls these rows would miss are kinds of change. Without one means that somebody agreed
/// to
/// all changes of that kind.
class ContractChangeTest {

  @TempDir private Path folder;

  @BeforeEach
  void copyTheShop() throws Exception {
    Path shop = Tree.find().configuration().getParent();
    Files.copy(shop.resolve("shop.yaml"), folder.resolve("old.yaml"));
    Files.copy(shop.resolve("shop.yaml"), folder.resolve("new.yaml"));
  }

  private Program diff(String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("diff", "old.yaml", "new.yaml"));
    arguments.addAll(List.of(more));
    if (!WithoutControl.named().isEmpty()) {
      arguments.addAll(List.of("--accept", WithoutControl.named()));
    }
    return Program.gatewarden(folder, arguments.toArray(String[]::new));
  }

  private void change(String piece, String other) throws Exception {
    Path file = folder.resolve("new.yaml");
    String text = Files.readString(file);
    assertThat(text).contains(piece);
    Files.writeString(file, text.replace(piece, other));
  }

  @Test
  @Requirement(id = "CON-6")
  void a_contract_that_did_not_change_passes() throws Exception {
    Program diff = diff("--fail-on", "any");

    assertThat(diff.code()).isZero();
    assertThat(diff.out()).isEqualTo("the contracts promise the same\n");
  }

  @Test
  @Requirement(id = "CON-6", without = "operation-removed")
  void an_operation_that_is_gone_stops_the_pipeline() throws Exception {
    change(
        "    delete:\n      operationId: cancelOrder",
        "    trace:\n      operationId: cancelOrder");
    Program diff = diff("--fail-on", "breaking");

    assertThat(diff.code()).isEqualTo(1);
    assertThat(diff.out()).contains("`DELETE /v1/orders/{orderId}` is gone");
  }

  @Test
  @Requirement(id = "CON-6", without = "scope-dropped")
  void a_scope_that_is_no_longer_asked_for_stops_the_pipeline() throws Exception {
    change("security: [{bearerAuth: [orders:write]}]", "security: [{bearerAuth: []}]");
    Program diff = diff("--format", "sarif");

    assertThat(diff.code()).isEqualTo(1);
    assertThat(diff.out()).contains("\"ruleId\": \"scope-dropped\"", "owasp-api5-2023");
  }

  @Test
  @Requirement(id = "CON-6", without = "response-bound-property-added")
  void a_field_more_of_an_order_stops_the_pipeline() throws Exception {
    change(
        "        customerId: {type: string, maxLength: 40, readOnly: true}\n",
        "        customerId: {type: string, maxLength: 40, readOnly: true}\n"
            + "        margin: {type: integer, readOnly: true}\n");
    Program diff = diff("--fail-on", "security");

    assertThat(diff.code()).isEqualTo(1);
    assertThat(diff.out()).contains("margin").contains("API3").contains("getOrder");
  }

  @Test
  @Requirement(id = "CON-6")
  void a_raised_limit_is_told_and_breaks_nobody() throws Exception {
    change("maximum: 100, default: 20", "maximum: 100000, default: 20");

    assertThat(diff("--fail-on", "breaking").code()).isZero();
    Program diff = diff("--fail-on", "security", "--format", "json");
    assertThat(diff.code()).isEqualTo(1);
    assertThat(diff.out())
        .contains("\"kind\": \"request-limit-raised\"")
        .contains("API4:2023 Unrestricted Resource Consumption")
        .contains("`maximum` of `query.limit` was 100 and is 100000");
  }

  @Test
  @Requirement(id = "CON-6", without = "version-not-raised")
  void a_breaking_change_waits_for_a_new_version() throws Exception {
    Files.writeString(
        folder.resolve("policy.yaml"), "versions: {breaking: new-version, notice: 90d}\n");
    change("required: [sku, quantity]", "required: [sku, quantity, gift]");
    Program diff = diff("--policy", "policy.yaml", "--fail-on", "security");

    assertThat(diff.out()).contains("version `1.0.0` is no new one after `1.0.0`");
    assertThat(diff.code()).isEqualTo(1);
    change("  version: 1.0.0", "  version: 2.0.0");
    assertThat(diff("--policy", "policy.yaml", "--fail-on", "security").code()).isZero();
  }

  @Test
  @Requirement(id = "CON-6")
  void what_cannot_be_compared_is_not_called_the_same() throws Exception {
    change("#/components/schemas/OrderPage", "#/components/schemas/OrderPages");
    Program diff = diff();

    assertThat(diff.code()).isEqualTo(2);
    assertThat(diff.err()).contains("new.yaml:").contains("did you mean `OrderPage`?");
  }

  @Test
  @Requirement(id = "CON-1")
  void what_was_understood_of_a_contract_can_be_seen() throws Exception {
    Program show = Program.gatewarden(folder, "contract", "show", "new.yaml");

    assertThat(show.code()).isZero();
    assertThat(show.out())
        .contains("GET /v1/orders/{orderId}  getOrder")
        .contains("read order by path.orderId, for owner, role:admin");
  }

  @Test
  @Requirement(id = "CON-1")
  void an_imperfect_contract_is_read_as_it_is_meant_or_refused_with_its_place() throws Exception {
    Files.writeString(
        folder.resolve("odd.yaml"),
        """
        \uFEFFopenapi: 3.1.0
        info: {title: odd, version: 2020-01-01}
        x-usual: &usual
          responses: {200: {description: x}, 4xx: {description: y}}
        paths:
          /a: {$ref: '#/components/pathItems/A'}
          /b: {get: {<<: *usual, operationId: 7}}
        components:
          pathItems: {A: {get: {<<: *usual}}}
          schemas: {Tree: {type: [object, 'null'], properties: {kids: {type: array, items: {$ref: '#/components/schemas/Tree'}}}}}
        """
            .replace("\n", "\r\n"));
    Program show = Program.gatewarden(folder, "contract", "show", "odd.yaml");
    assertThat(show.err()).isEmpty();
    assertThat(show.out()).contains("GET /a  get /a", "GET /b  7", "schemas.Tree", "4XX");

    Files.writeString(
        folder.resolve("bad.yaml"),
        "openapi: 3.1.0\ninfo: {title: a, version: 1}\npaths:\n  /a:\n    get:\n"
            + "      parameters: [{name: q, in: query, required: yes, schema: {}}]\n");
    Program refused = Program.gatewarden(folder, "contract", "show", "bad.yaml");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err())
        .contains("bad.yaml:6:51: `required` is the text `yes`")
        .contains("write `true`, without quotes");
  }

  @Test
  @Requirement(id = "SCH-6")
  void documents_are_judged_from_the_command_line_as_at_the_gate() throws Exception {
    Files.writeString(
        folder.resolve("orders.jsonl"),
        "{\"sku\":\"AB-1\",\"quantity\":1}\n"
            + "{\"sku\":\"AB-1\",\"quantity\":1,\"price\":0}\n"
            + "nonsense\n");
    Program judged =
        Program.gatewarden(
            folder,
            "validate",
            "--schema",
            "old.yaml#/components/schemas/Items/items",
            "--direction",
            "request",
            "--jsonl",
            "orders.jsonl");

    assertThat(judged.code()).isEqualTo(1);
    assertThat(judged.out().lines())
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("1: valid"),
            line -> assertThat(line).startsWith("2: invalid, "),
            line -> assertThat(line).startsWith("3: invalid, "));
  }
}

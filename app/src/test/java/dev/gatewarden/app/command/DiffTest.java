package dev.gatewarden.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.DocumentReader;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two contracts, and what a pipeline makes of the difference.
final class DiffTest {
  private static final String OLD =
      """
      openapi: 3.1.0
      info: {title: Shop, version: 1.4.0}
      servers: [{url: 'https://api.example.com/v1'}]
      security: [{bearerAuth: ['orders:read']}]
      paths:
        /orders:
          get:
            operationId: listOrders
            parameters: [{name: page, in: query, schema: {type: integer, maximum: 100}}]
            responses: {'200': {description: orders, content: {application/json: {schema: {type: object, properties: {id: {type: string}}}}}}}
      components:
        securitySchemes:
          bearerAuth: {type: http, scheme: bearer}
      """;

  @TempDir private Path folder;
  private Shell shell;

  @BeforeEach
  void open() throws IOException {
    shell = new Shell(folder);
    write("old.yaml", OLD);
    write("new.yaml", OLD);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private void change(String piece, String other) throws IOException {
    String text = Files.readString(folder.resolve("new.yaml"));
    assertThat(text).contains(piece);
    write("new.yaml", text.replace(piece, other));
  }

  private Shell.Said diff(String... more) {
    String[] arguments = new String[more.length + 3];
    arguments[0] = "diff";
    arguments[1] = "old.yaml";
    arguments[2] = "new.yaml";
    System.arraycopy(more, 0, arguments, 3, more.length);
    return shell.run(arguments);
  }

  @Test
  void finds_nothing_where_nothing_changed() {
    Shell.Said said = diff();
    assertThat(said.out()).isEqualTo("the contracts promise the same\n");
    assertThat(said.code()).isZero();
    assertThat(diff("--fail-on", "any").code()).isZero();
  }

  @Test
  void tells_what_changed_where_and_why_it_matters() throws IOException {
    change("security: [{bearerAuth: ['orders:read']}]", "security: []");
    change("{id: {type: string}}", "{number: {type: string}}");
    Shell.Said said = diff();
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out())
        .contains("breaking\n  x `id` is gone from responses\n      callers read it\n")
        .contains("      at listOrders\n")
        .contains(
            "security\n  x no credential is asked for any more; it was `bearerAuth(orders:read)`\n"
                + "      whoever reaches the API may call it (API2: Broken Authentication)\n")
        .containsPattern("old.yaml:4:11 -> new.yaml:4:11  security-removed-[0-9a-f]{8}\n")
        .endsWith("1 breaking; 2 security\n");
  }

  @Test
  void stops_at_the_bar_it_is_given() throws IOException {
    change("maximum: 100", "maximum: 1000");
    assertThat(diff().code()).isEqualTo(1);
    assertThat(diff("--fail-on", "breaking").code()).isZero();
    assertThat(diff("--fail-on", "security").code()).isEqualTo(1);
    assertThat(diff("--fail-on", "breaking,security").code()).isEqualTo(1);
    assertThat(diff("--fail-on", "none").code()).isZero();
    change("schema: {type: integer, maximum: 1000}", "schema: {type: integer, maximum: 10}");
    assertThat(diff("--fail-on", "security").code()).isZero();
    assertThat(diff("--fail-on", "breaking").code()).isEqualTo(1);
  }

  @Test
  void lets_pass_what_was_agreed_to_and_says_what_meets_nothing() throws IOException {
    change("maximum: 100", "maximum: 1000");
    String out = diff().out();
    String id =
        out.substring(out.indexOf("request-limit-raised-"), out.lastIndexOf("\n\n")).strip();
    Shell.Said accepted = diff("--accept", id, "--accept", "operation-removed");
    assertThat(accepted.code()).isZero();
    assertThat(accepted.out()).isEqualTo("the contracts promise the same; 1 accepted\n");
    assertThat(accepted.err())
        .isEqualTo("gatewarden: `--accept operation-removed` meets no change\n");
    assertThat(diff("--accept", "request-limit-raised").code()).isZero();
    assertThat(diff("--accept", "request-limit-raised-00000000").code()).isEqualTo(1);
  }

  @Test
  void writes_json() throws IOException {
    change("maximum: 100", "maximum: 1000");
    Node.Obj report = tree(diff("--format", "json").out());
    Node.Obj change = (Node.Obj) ((Node.Arr) report.get("changes")).items().getFirst();
    assertThat(text(change, "kind")).isEqualTo("request-limit-raised");
    assertThat(text(change, "sentence")).isEqualTo("`maximum` of `query.page` was 100 and is 1000");
    assertThat(text(change, "owasp")).isEqualTo("API4:2023 Unrestricted Resource Consumption");
    assertThat(text((Node.Obj) change.get("new"), "pointer"))
        .isEqualTo("/paths/~1orders/get/parameters/0/schema/maximum");
    assertThat(report.get("failed")).isInstanceOf(Node.Bool.class);
  }

  @Test
  void writes_sarif_that_names_rules_results_and_places() throws IOException {
    change("maximum: 100", "maximum: 1000");
    change("operationId: listOrders", "operationId: orders");
    Node.Obj log = tree(diff("--format", "sarif").out());
    assertThat(text(log, "version")).isEqualTo("2.1.0");
    Node.Obj run = (Node.Obj) ((Node.Arr) log.get("runs")).items().getFirst();
    Node.Obj driver = (Node.Obj) ((Node.Obj) run.get("tool")).get("driver");
    Node.Arr rules = (Node.Arr) driver.get("rules");
    Node.Arr results = (Node.Arr) run.get("results");
    assertThat(results.items()).hasSize(2);
    for (Node each : results.items()) {
      Node.Obj result = (Node.Obj) each;
      int rule = ((Node.Num) result.get("ruleIndex")).value().intValueExact();
      assertThat(text((Node.Obj) rules.items().get(rule), "id")).isEqualTo(text(result, "ruleId"));
      assertThat(text(result, "level")).isIn("error", "note");
      Node.Obj location = (Node.Obj) ((Node.Arr) result.get("locations")).items().getFirst();
      Node.Obj physical = (Node.Obj) location.get("physicalLocation");
      assertThat(text((Node.Obj) physical.get("artifactLocation"), "uri")).isEqualTo("new.yaml");
    }
    assertThat(diff("--format", "sarif").code()).isEqualTo(1);
    assertThat(diff("--format", "sarif", "--fail-on", "none").code()).isZero();
  }

  @Test
  void holds_a_new_contract_to_the_policy() throws IOException {
    write("policy.yaml", "versions: {breaking: new-version, notice: 90d}\n");
    change("maximum: 100", "maximum: 10");
    Shell.Said said = diff("--policy", "policy.yaml", "--fail-on", "security");
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out())
        .startsWith(
            "policy\n  x a breaking change, and version `1.4.0` is no new one after `1.4.0`\n");
    change("version: 1.4.0", "version: 2.0.0");
    assertThat(diff("--policy", "policy.yaml", "--fail-on", "security").code()).isZero();
    change("version: 2.0.0", "version: 1.4.0");
    assertThat(diff("--policy", "policy.yaml", "--accept", "request-limit-lowered").out())
        .isEqualTo("the contracts promise the same; 1 accepted\n");
  }

  @Test
  void finds_the_policy_of_the_api_whose_contract_it_is() throws IOException {
    write(
        "gatewarden.yaml",
        """
        gatewarden: 1
        listen: {public: {port: 8080}, admin: {port: 8081}}
        issuers: {corp: {url: 'https://id.example.com', audience: 'https://api.example.com', algorithms: [RS256]}}
        apis:
          shop:
            contract: new.yaml
            at: {path: /v1}
            upstream: {to: ['http://127.0.0.1:9000']}
            security: {bearerAuth: corp}
            tenancy: single
            versions: {breaking: new-version}
        """);
    change("maximum: 100", "maximum: 10");
    assertThat(diff("--policy", "gatewarden.yaml").out()).startsWith("policy\n");
    assertThat(diff("--policy", "gatewarden.yaml", "--api", "shop").out()).startsWith("policy\n");
    Shell.Said none = diff("--policy", "gatewarden.yaml", "--api", "bank");
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err()).contains("says nothing of versions of `bank`");
  }

  @Test
  void lays_overlays_over_one_or_both() throws IOException {
    write(
        "a.overlay.yaml",
        "overlay: 1.0.0\nactions:\n- target: $.paths['/orders'].get\n  update: {security: []}\n");
    assertThat(diff("--overlay", "a.overlay.yaml").code()).isZero();
    assertThat(diff("--new-overlay", "a.overlay.yaml").out())
        .contains("no credential is asked for any more");
    assertThat(diff("--old-overlay", "a.overlay.yaml").out()).contains("security-added");
  }

  @Test
  void says_what_it_cannot_compare() throws IOException {
    write("new.yaml", "openapi: 3.1.0\npaths: {/a: {get: {responses: {'2': {}}}}}\n");
    assertThat(diff().code()).isEqualTo(2);
    assertThat(diff().err()).contains("new.yaml:2:32: `2` is no status");
    assertThat(shell.run("diff", "old.yaml").code()).isEqualTo(2);
    assertThat(shell.run("diff", "old.yaml", "absent.yaml").err())
        .contains("there is no such file");
    write("policy.yaml", "versions: {braking: new-version}\n");
    write("new.yaml", OLD);
    Shell.Said wrong = diff("--policy", "policy.yaml");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("policy.yaml:1:12", "`breaking`");
  }

  private static Node.Obj tree(String json) {
    return (Node.Obj)
        new DocumentReader(Bounds.DEFAULT)
            .read(
                new Place.Origin(URI.create("file:///report.json"), "report.json"),
                json.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(Node.Obj object, String name) {
    return ((Node.Text) object.get(name)).value();
  }
}

package dev.gatewarden.acceptance.design;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.Cli;
import dev.gatewarden.testkit.Requirement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A person who keeps in one file who answers for what.
class OwnerRulesTest {
  private static final String BILLING =
      """
      openapi: 3.1.0
      info: {title: Billing, version: 1.0.0}
      servers: [{url: https://api.example.com}]
      security: [{token: []}]
      paths:
        /admin:
          get:
            operationId: admin
            responses: {'200': {description: ok}}
        /admin/users/{userId}:
          delete:
            operationId: dropUser
            parameters:
              - {in: path, name: userId, required: true, schema: {type: string, format: uuid}}
            responses: {'204': {description: gone}}
        /invoices:
          get:
            operationId: exportInvoices
            tags: [billing]
            responses: {'200': {description: ok}}
          post:
            operationId: addInvoice
            tags: [billing]
            responses: {'201': {description: made}}
      components:
        securitySchemes:
          token: {type: http, scheme: bearer, bearerFormat: JWT}
      """;

  @TempDir private Path folder;

  private Cli run(String rules, String... arguments) throws Exception {
    Files.writeString(folder.resolve("billing.yaml"), BILLING);
    Files.writeString(folder.resolve("owners.yaml"), rules);
    return Cli.run(folder, arguments);
  }

  private Cli routes(String rules) throws Exception {
    return run(
        rules,
        "contract",
        "data-map",
        "billing.yaml",
        "--owners",
        "owners.yaml",
        "--format",
        "csv");
  }

  private static String route(Cli cli, String route) {
    assertThat(cli.code()).as(cli.err()).isZero();
    return cli.out()
        .lines()
        .filter(each -> each.startsWith("routes,") && each.contains("," + route + ","))
        .findFirst()
        .orElse("");
  }

  @Test
  @Requirement(id = "CON-3", without = "owner-rules")
  void the_last_rule_that_meets_an_operation_names_its_owner() throws Exception {
    Cli map =
        routes(
            """
            owners:
            - {path: /**, owner: core}
            - {path: /admin/**, owner: platform-team}
            - {tag: billing, owner: [billing, ada@example.com]}
            - {operation: 'export*', owner: {team: reporting}}
            """);

    assertThat(route(map, "GET /admin")).contains("platform-team (rule owners.yaml:3, stated)");
    assertThat(route(map, "DELETE /admin/users/{userId}"))
        .contains("platform-team (rule owners.yaml:3, stated)")
        .doesNotContain("core");
    assertThat(route(map, "POST /invoices"))
        .contains("billing (rule owners.yaml:4, stated)", "ada@example.com (rule owners.yaml:4");
    assertThat(route(map, "GET /invoices")).contains("reporting (rule owners.yaml:5, stated)");
  }

  @Test
  @Requirement(id = "CON-3", without = "owner-rules")
  void all_that_a_rule_asks_for_has_to_be_met() throws Exception {
    Cli map =
        routes(
            """
            owners:
            - {path: '/**', owner: core}
            - {path: ['/invoices', '/admin/users/{id}'], operation: ['add*', 'drop*'], owner: desk}
            """);

    assertThat(route(map, "POST /invoices")).contains("desk (rule owners.yaml:3, stated)");
    assertThat(route(map, "DELETE /admin/users/{userId}")).contains("desk (rule");
    assertThat(route(map, "GET /invoices")).contains("core (rule owners.yaml:2, stated)");
  }

  @Test
  @Requirement(id = "CON-5", without = "owner-rules")
  void threats_and_tenants_are_somebodys_too() throws Exception {
    String rules = "owners:\n- {tag: billing, owner: billing}\n";

    for (String each : List.of("threats", "tenants")) {
      Cli told =
          run(
              rules,
              "contract",
              each,
              "billing.yaml",
              "--owners",
              "owners.yaml",
              "--format",
              "csv");
      assertThat(told.out().lines())
          .as(each)
          .anyMatch(
              line ->
                  line.contains(",addInvoice,")
                      && line.contains("billing (rule owners.yaml:2, stated)"))
          .noneMatch(line -> line.contains(",dropUser,") && line.contains("(rule"));
    }
  }

  @Test
  @Requirement(id = "CON-3", without = "owner-rules")
  void a_rule_that_meets_nothing_is_told_with_its_place() throws Exception {
    Cli map =
        routes(
            """
            owners:
            - {tag: [biling, billing], owner: billing}
            - {path: /amdin, owner: platform-team}
            - {operation: addInvoice, owner: desk}
            - {path: /invoices, owner: billing}
            - {path: /admin, tag: billing, owner: nobody}
            """);

    assertThat(map.code()).isZero();
    assertThat(map.err())
        .contains("owners.yaml:2:10: `tag: biling` meets no operation", "did you mean `billing`?")
        .contains("owners.yaml:3:10: `path: /amdin` meets no operation", "did you mean `/admin`?")
        .contains("owners.yaml:4:3: later rules name the owner of everything that this one meets")
        .contains("owners.yaml:6:3: no operation meets all that this rule asks for together")
        .doesNotContain("owners.yaml:5");
  }

  @Test
  @Requirement(id = "CON-3", without = "owner-rules")
  void what_is_written_wrongly_is_refused_with_all_that_is_wrong() throws Exception {
    Cli map =
        routes(
            """
            owners:
            - {paths: /admin/**, owner: platform-team}
            - {path: admin, ownr: platform-team}
            - {path: /adm**, owner: platform-team}
            """);

    assertThat(map.code()).isEqualTo(2);
    assertThat(map.out()).isEmpty();
    assertThat(map.err())
        .contains("owners.yaml:2:4: `paths` means nothing in an owner rule", "mean `path`?")
        .contains("owners.yaml:3:10: `admin` is no path of a contract", "begin it with `/`")
        .contains("owners.yaml:3:17: `ownr` means nothing in an owner rule", "mean `owner`?")
        .contains("owners.yaml:4:10: `adm**` is no segment of a path");
    assertThat(routes("- {path: /**, owner: core}\n").err())
        .contains("owners.yaml:1:1: this is no file of owner rules", "write `owners:`");
  }

  @Test
  @Requirement(id = "CON-3", without = "owner-rules")
  void the_contract_s_own_word_for_an_operation_comes_first_and_its_word_for_all_later()
      throws Exception {
    String said =
        BILLING.replace(
                "      operationId: addInvoice\n",
                "      operationId: addInvoice\n      x-gatewarden-owner: desk\n")
            + "x-gatewarden-owner: everybody\n";
    Files.writeString(folder.resolve("owners.yaml"), "owners: [{tag: billing, owner: billing}]\n");
    Files.writeString(folder.resolve("said.yaml"), said);

    Cli map =
        Cli.run(
            folder,
            "contract",
            "data-map",
            "said.yaml",
            "--owners",
            "owners.yaml",
            "--format",
            "csv");

    assertThat(route(map, "POST /invoices")).contains("desk (x-gatewarden-owner, stated)");
    assertThat(route(map, "GET /invoices")).contains("billing (rule owners.yaml:1, stated)");
    assertThat(route(map, "GET /admin")).contains("everybody (x-gatewarden-owner, stated)");
  }

  @Test
  @Requirement(id = "AUD-4", without = "owner-rules")
  void what_the_rules_say_is_written_where_nobody_answers_for_the_api() throws Exception {
    String rules =
        """
        owners:
        - {path: /**, owner: core}
        - {tag: billing, owner: [billing, desk]}
        """;

    Cli fixed = run(rules, "audit", "billing.yaml", "--fix", "--owners", "owners.yaml");

    assertThat(fixed.err()).contains("as the owner rules say");
    assertThat(Files.readString(folder.resolve("billing.yaml")).lines())
        .filteredOn(each -> each.contains("x-gatewarden-owner"))
        .map(String::strip)
        .containsExactly(
            "x-gatewarden-owner: core",
            "x-gatewarden-owner: core",
            "x-gatewarden-owner: [billing, desk]",
            "x-gatewarden-owner: [billing, desk]");
    assertThat(fixed.out()).doesNotContain("nobody answers for the API");
  }

  @Test
  @Requirement(id = "AUD-4")
  void nothing_is_written_where_the_rules_leave_an_operation_out() throws Exception {
    Cli fixed =
        run(
            "owners: [{tag: billing, owner: billing}, {tag: biling, owner: x}]\n",
            "audit",
            "billing.yaml",
            "--fix",
            "--owners",
            "owners.yaml");

    assertThat(Files.readString(folder.resolve("billing.yaml")))
        .doesNotContain("x-gatewarden-owner");
    assertThat(fixed.out()).contains("nobody answers for the API");
    assertThat(fixed.err()).containsOnlyOnce("`tag: biling` meets no operation");
  }
}

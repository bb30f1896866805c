package dev.gatewarden.acceptance.relation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.Cli;
import dev.gatewarden.testkit.Requirement;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An operation that does not say how its tenant is known and checked does not load.
class TenantProofTest {
  private static final URI SERVICE = URI.create("http://127.0.0.1:9");
  private static final String CONTRACT =
      """
      openapi: 3.1.0
      info: {title: Notes, version: 1.0.0}
      servers: [{url: /}]
      security: [{token: []}]
      components:
        securitySchemes: {token: {type: http, scheme: bearer}}
        schemas:
          note:
            type: object
            required: [id, ownerId, org]
            properties:
              id: {type: string, maxLength: 64}
              ownerId: {type: string, maxLength: 64}
              org: {type: string, maxLength: 64}
        x-gatewarden-objects:
          note:
            id: {at: /id}
            owner: {at: /ownerId, is: principal.subject}
            tenant: {at: /org, is: principal.tenant}
          user:
            id: {at: /id}
            owner: {at: /id, is: principal.subject}
      paths:
        /notes/{id}:
          parameters: [{name: id, in: path, required: true, schema: {type: string, maxLength: 64}}]
          get:
            operationId: getNote
            x-gatewarden-object: {type: note, id: path.id}
            responses:
              '200': {description: it, content: {application/json: {schema: {$ref: '#/components/schemas/note'}}}}
        /me:
          get:
            operationId: getMe
            x-gatewarden-object: {type: user, does: read, id: response.body#/id}
            responses:
              '200': {description: it, content: {application/json: {schema: {$ref: '#/components/schemas/note'}}}}
        /news:
          get:
            operationId: getNews
            x-gatewarden-object: {none: everybody reads the same}
            responses: {'200': {description: it, content: {application/json: {schema: {type: object}}}}}
        /health:
          get:
            operationId: getHealth
            security: []
            responses: {'200': {description: it}}
      """;
  private static final String REPORT =
      """
        /report:
          get:
            operationId: getReport
            responses: {'200': {description: it, content: {application/json: {schema: {type: object}}}}}
      """;

  @TempDir private Path folder;

  private Cli told(String contract, String api, String more, String... command) throws Exception {
    TenantGate.write(folder, SERVICE, contract, api, more);
    return Cli.run(folder, command);
  }

  @Test
  @Requirement(id = "AUT-6")
  void prints_how_each_operation_knows_and_checks_its_tenant() throws Exception {
    Cli table = told(CONTRACT, "tenancy: token", "", "policy", "tenants");

    assertThat(table.code()).as(table.err()).isZero();
    assertThat(table.out().lines().map(line -> line.strip().replaceAll(" {2,}", " | ")))
        .containsExactly(
            "notes, tenancy token",
            "operation | known by | checked by",
            "getNote | credential | note: its tenant, by relation or answer",
            "getMe | credential | user: the caller's own",
            "getNews | credential | touches no object: everybody reads the same",
            "getHealth | nobody's | anybody may call");
    Cli json = Cli.run(folder, "policy", "tenants", "notes", "--format", "json");
    assertThat(json.out()).contains("\"operation\": \"notes.getNote\"").contains("\"checked\": [");
  }

  @Test
  @Requirement(id = "AUT-6")
  void refuses_to_load_an_operation_without_an_answer_and_says_where_and_what_to_write()
      throws Exception {
    Cli refused = told(CONTRACT + REPORT, "tenancy: token", "", "check-config");

    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.out() + refused.err())
        .contains("notes.yaml:48:")
        .contains("`getReport` does not say how its tenant is known")
        .contains("x-gatewarden-tenant: {from: path.tenant}");
  }

  @Test
  @Requirement(id = "AUT-6")
  void refuses_objects_of_which_nothing_says_whose_tenants_they_are() throws Exception {
    Cli refused =
        told(
            CONTRACT.replace("      tenant: {at: /org, is: principal.tenant}\n", ""),
            "tenancy: token",
            "",
            "check-config");

    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.out() + refused.err())
        .contains("`getNote` touches a `note`, and nothing says which tenant it belongs to")
        .contains("tenant: {at: /tenantId, is: principal.tenant}");
  }

  @Test
  @Requirement(id = "AUT-6")
  void refuses_a_tenant_that_stands_elsewhere_than_the_api_says() throws Exception {
    Cli refused =
        told(
            CONTRACT
                .replace("servers:", "x-gatewarden-tenant: {from: header.X-Tenant}\nservers:")
                .replace(
                    "operationId:",
                    "parameters: [{name: X-Tenant, in: header, schema: {type: string}}]\n"
                        + "      operationId:"),
            "tenancy: host",
            "",
            "check-config");

    assertThat(refused.out() + refused.err())
        .contains("`tenancy: host`, but `getNote` names its tenant in `header.X-Tenant`");
  }

  @Test
  @Requirement(id = "AUT-6")
  void loads_one_that_is_excused_by_name_and_shows_it() throws Exception {
    String excuse =
        "exceptions: [{guard: tenant-match, operation: notes.getReport, mode: observe,"
            + " because: not mapped yet, owner: team-notes, until: "
            + LocalDate.now(ZoneOffset.UTC).plusDays(20)
            + "}]";
    Cli table = told(CONTRACT + REPORT, "tenancy: token", excuse, "policy", "tenants");

    assertThat(table.code()).as(table.err()).isEqualTo(1);
    assertThat(table.out())
        .containsPattern("getReport +credential +nothing, excused until .* by team-notes");
    Cli over =
        told(
            CONTRACT + REPORT,
            "tenancy: token",
            excuse.replaceAll("until: [0-9-]+", "until: 2026-01-01"),
            "check-config");
    assertThat(over.out() + over.err()).contains("`getReport` does not say");
  }

  @Test
  @Requirement(id = "AUT-6")
  void asks_nothing_where_there_is_one_tenant() throws Exception {
    Cli table = told(CONTRACT + REPORT, "tenancy: single", "", "policy", "tenants");

    assertThat(table.code()).as(table.err()).isZero();
    assertThat(table.out()).containsPattern("getReport +there is one +single");
  }

  @Test
  @Requirement(id = "AUT-6")
  void asks_of_several_issuers_for_which_tenants_they_speak() throws Exception {
    TenantGate.write(
        folder,
        SERVICE,
        CONTRACT
            .replace("security: [{token: []}]", "security: [{token: []}, {other: []}]")
            .replace(
                "securitySchemes: {", "securitySchemes: {other: {type: http, scheme: bearer}, "),
        "tenancy: token",
        "");
    Path file = folder.resolve("gatewarden.yaml");
    String text = Files.readString(file);
    String corp = text.lines().filter(line -> line.startsWith("  corp:")).findFirst().orElseThrow();
    String two =
        text.replace(corp, corp + "\n" + corp.replace("corp", "partner"))
            .replace("{token: corp}", "{token: corp, other: partner}");
    Files.writeString(file, two);
    Cli open = Cli.run(folder, "check-config");
    assertThat(open.out() + open.err())
        .contains("`corp` may name users of every tenant of `notes`")
        .contains("tells whose a `user` is by its subject alone");

    Files.writeString(file, two.replace("tenant: /org", "tenant: /org, tenants: [north]"));
    Cli both = Cli.run(folder, "check-config");
    assertThat(both.out() + both.err())
        .contains("`corp` names users of the tenant `north` as well");

    Files.writeString(file, two.replace("tenancy: token", "tenancy: single"));
    Cli single = Cli.run(folder, "check-config");
    assertThat(single.code()).isZero();
    assertThat(single.out() + single.err())
        .contains("`alice` of one is `alice` of the other, unless");
  }

  @Test
  void takes_no_rule_that_always_holds() throws Exception {
    Cli refused =
        told(
            CONTRACT.replace("servers:", "x-gatewarden-tenant: {from: principal.tenant}\nservers:"),
            "tenancy: token",
            "",
            "check-config");

    assertThat(refused.out() + refused.err())
        .contains("what the caller is proved to be always equals itself");
  }

  @Test
  void prints_of_the_example_what_the_documentation_shows() throws Exception {
    Path root = Path.of(System.getProperty("gatewarden.root", ".."));
    Cli table = Cli.run(root.resolve("examples/shop"), "policy", "tenants");

    assertThat(Files.readString(root.resolve("docs/how-to/tenants.md"))).contains(table.out());
  }
}

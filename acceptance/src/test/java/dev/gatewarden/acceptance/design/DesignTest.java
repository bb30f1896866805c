package dev.gatewarden.acceptance.design;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.Cli;
import dev.gatewarden.acceptance.Corpora;
import dev.gatewarden.testkit.Requirement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A person who brings a contract to a design review.
///
/// What the data map misses without a control is one way to tell data; the threat table, a rule.
class DesignTest {
  private static final String SHOP =
      """
      openapi: 3.1.0
      info: {title: Shop, version: 1.0.0}
      servers: [{url: https://api.example.com}]
      tags:
        - {name: people, x-gatewarden-owner: identity team}
      paths:
        /users/{userId}:
          get:
            operationId: getUser
            tags: [people]
            security: [{token: []}]
            parameters:
              - {in: path, name: userId, required: true, schema: {type: string, format: uuid}}
            responses:
              '200':
                description: one
                content: {application/json: {schema: {$ref: '#/components/schemas/User'}}}
        /users:
          post:
            operationId: addUser
            x-gatewarden-owner: growth team
            security: []
            requestBody:
              content: {application/json: {schema: {$ref: '#/components/schemas/User'}}}
            responses: {'201': {description: made}}
        /weather:
          get:
            operationId: weather
            security: [{token: []}]
            responses:
              '200':
                description: it
                content:
                  application/json:
                    schema: {type: object, properties: {degrees: {type: number}}}
      components:
        schemas:
          User:
            type: object
            properties:
              contact: {type: string, format: email}
              iban: {type: string}
              password: {type: string, writeOnly: true}
              blood: {type: string, x-gatewarden-class: medical}
              reach: {type: string, example: ada@example.com}
              note: {type: string}
        securitySchemes:
          token: {type: http, scheme: bearer, bearerFormat: JWT}
      """;

  @TempDir private Path folder;

  private Cli run(String verb, String contract, String... more) throws Exception {
    Files.createDirectories(folder.resolve("api"));
    Files.writeString(folder.resolve("api/shop.yaml"), contract);
    String[] arguments = new String[more.length + 3];
    arguments[0] = "contract";
    arguments[1] = verb;
    arguments[2] = "api/shop.yaml";
    System.arraycopy(more, 0, arguments, 3, more.length);
    return Cli.run(folder, arguments);
  }

  private String field(String name) throws Exception {
    Cli map = run("data-map", SHOP, "--format", "csv");
    assertThat(map.code()).isZero();
    return map.out()
        .lines()
        .filter(each -> each.startsWith("fields,") && each.split(",", -1)[2].equals(name))
        .findFirst()
        .orElse("");
  }

  @Test
  @Requirement(id = "CON-3", without = "class-by-annotation")
  void the_contracts_own_word_for_data_is_the_surest() throws Exception {
    assertThat(field("User.blood")).contains(",personal,annotation medical,stated,");
  }

  @Test
  @Requirement(id = "CON-3", without = "class-by-format")
  void a_format_tells_what_data_is() throws Exception {
    assertThat(field("User.contact")).contains(",personal,format email,high,addUser,getUser,");
  }

  @Test
  @Requirement(id = "CON-3", without = "class-by-name")
  void a_name_tells_what_data_is() throws Exception {
    assertThat(field("User.iban")).contains(",financial,name iban,medium,addUser,getUser,");
  }

  @Test
  @Requirement(id = "CON-3", without = "class-by-example")
  void an_example_tells_what_data_is_and_is_not_printed() throws Exception {
    assertThat(field("User.reach")).contains(",personal,example an email address,low,");
    assertThat(run("data-map", SHOP, "--format", "json").out()).doesNotContain("ada@example.com");
  }

  @Test
  @Requirement(id = "CON-3")
  void what_nothing_tells_is_internal_and_called_assumed() throws Exception {
    assertThat(field("User.note")).contains(",internal,nothing,assumed,");
    assertThat(run("data-map", SHOP).out())
        .contains("3 more of which nothing tells")
        .doesNotContain("User.note");
    assertThat(run("data-map", SHOP, "--all").out()).contains("User.note");
  }

  @Test
  @Requirement(id = "CON-3", without = "class-by-name")
  void a_password_that_is_never_answered_is_only_taken() throws Exception {
    assertThat(field("User.password"))
        .startsWith("fields,100,")
        .contains(",credential,name password,medium,addUser,,anybody may call it,");
  }

  @Test
  @Requirement(id = "CON-3", without = "class-by-name")
  void a_route_is_what_the_worst_of_its_fields_is() throws Exception {
    String out = run("data-map", SHOP, "--format", "csv").out();

    assertThat(out)
        .contains("routes,100,POST /users,credential,field User.password,medium,")
        .contains(",GET /users/{userId},financial,field User.iban,medium,")
        .contains(",GET /weather,internal,nothing,assumed,");
    assertThat(out.indexOf("POST /users,")).isLessThan(out.indexOf("GET /weather,"));
  }

  @Test
  @Requirement(id = "CON-3")
  void owners_are_told_by_the_operation_its_tag_and_codeowners() throws Exception {
    Files.createDirectories(folder.resolve(".github"));
    Files.writeString(
        folder.resolve(".github/CODEOWNERS"), "* @nobody\n/api/*.yaml @platform # all\n");

    String out =
        run("data-map", SHOP, "--codeowners", ".github/CODEOWNERS", "--format", "csv").out();

    assertThat(out.lines().filter(each -> each.startsWith("routes,")))
        .anyMatch(each -> each.contains("growth team (x-gatewarden-owner, stated)"))
        .anyMatch(
            each -> each.contains("identity team (x-gatewarden-owner of the tag people, stated)"))
        .anyMatch(
            each -> each.contains("/weather") && each.contains("@platform (CODEOWNERS, high)"))
        .noneMatch(each -> each.contains("@nobody"));
  }

  @Test
  @Requirement(id = "CON-5", without = "personal-data-open")
  void what_a_rule_finds_is_open_at_the_route_it_threatens() throws Exception {
    String open =
        SHOP.replace(
            "      security: [{token: []}]\n      param", "      security: []\n      param");

    assertThat(run("threats", open, "--format", "csv").out().lines())
        .anyMatch(
            each ->
                each.startsWith("open,")
                    && each.contains(",GET /users/{userId},getUser,API2 Broken Authentication,")
                    && each.contains(",spoofing,")
                    && each.contains("personal-data-open ("));
  }

  @Test
  @Requirement(id = "CON-5", without = "binding-missing")
  void an_object_that_nobody_binds_is_open_and_a_bound_one_is_stated() throws Exception {
    assertThat(run("threats", SHOP, "--format", "csv").out().lines())
        .anyMatch(
            each ->
                each.startsWith("open,")
                    && each.contains(",getUser,API1 ")
                    && each.contains("callers name an object by userId")
                    && each.contains("binding-missing (medium)"));
    String bound =
        SHOP.replace(
            "      operationId: getUser\n",
            "      operationId: getUser\n      x-gatewarden-object: {none: a directory}\n");
    assertThat(run("threats", bound, "--format", "csv").out())
        .contains("touches no object: a directory")
        .doesNotContain("binding-missing");
  }

  @Test
  @Requirement(id = "CON-5")
  void each_table_is_a_page_that_needs_nothing_else() throws Exception {
    String hostile = SHOP.replace("title: Shop", "title: '<script>alert(1)</script>'");
    for (String verb : List.of("data-map", "threats", "tenants")) {
      run(verb, hostile, "--format", "html", "--out", "page.html");
      assertThat(Files.readString(folder.resolve("page.html")))
          .startsWith("<!doctype html>")
          .contains("default-src 'none'", "&lt;script&gt;", "</html>")
          .doesNotContain("<script", "<link", "src=\"");
      assertThat(run(verb, hostile).out()).contains("&lt;script&gt;").doesNotContain("<script");
    }
  }

  @Test
  @Requirement(id = "CON-5")
  void what_a_stranger_wrote_is_no_formula_in_a_spreadsheet() throws Exception {
    String hostile =
        SHOP.replace("operationId: weather", "operationId: '=cmd()'")
            .replace("growth team", "'@SUM(1);=2'");

    String out = run("threats", hostile, "--format", "csv").out();

    assertThat(out).contains(",'=cmd(),", ",\"'@SUM(1);=2 (x-gatewarden-owner, stated)\"");
  }

  @Test
  @Requirement(id = "CON-5")
  void an_operation_without_a_tenant_is_told_with_what_to_write() throws Exception {
    Cli tenants = run("tenants", SHOP, "--format", "csv");

    assertThat(tenants.code()).isEqualTo(1);
    assertThat(tenants.out())
        .contains("without an answer,GET /users/{userId},getUser,credential,,")
        .contains("x-gatewarden-tenant")
        .contains("answered,POST /users,addUser,nobody's,anybody may call,");
    assertThat(run("tenants", SHOP, "--tenancy", "single").code()).isZero();
  }

  @Test
  @Requirement(id = "CON-5")
  void a_scheme_that_is_none_is_refused() throws Exception {
    Cli tenants = run("tenants", SHOP, "--sender", "tokem");

    assertThat(tenants.code()).isEqualTo(2);
    assertThat(tenants.err()).contains("`tokem`", "`token`");
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  @Requirement(id = "CON-5")
  void tables_are_written_for_whatever_others_wrote() throws Exception {
    try (Stream<Path> all = Files.list(Corpora.file("openapi/directory"))) {
      for (Path document : all.sorted().toList()) {
        for (String verb : List.of("data-map", "threats", "tenants")) {
          Cli told = Cli.run(folder, "contract", verb, document.toString(), "--format", "json");
          assertThat(told.code()).as("%s %s: %s", verb, document, told.err()).isBetween(0, 1);
        }
      }
    }
  }
}

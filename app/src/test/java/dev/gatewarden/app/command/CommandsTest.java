package dev.gatewarden.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.platform.store.DecisionStore;
import dev.gatewarden.platform.store.Retention;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandsTest {
  private static final String CONTRACT =
      """
      openapi: 3.1.0
      info: {title: Shop, version: 1.0.0}
      servers: [{url: 'https://api.example.com/v1'}]
      security: [{bearerAuth: ['orders:read']}]
      paths:
        /orders/{orderId}:
          get:
            operationId: getOrder
            parameters: [{name: orderId, in: path, required: true, schema: {type: string}}]
            responses: {'200': {description: an order}}
      components:
        securitySchemes:
          bearerAuth: {type: http, scheme: bearer}
      """;

  @TempDir Path folder;
  private Shell shell;

  @BeforeEach
  void open() throws IOException {
    shell = new Shell(folder);
    Files.writeString(folder.resolve("shop.yaml"), CONTRACT);
  }

  @Test
  void begins_with_a_configuration_that_loads() throws IOException {
    Shell.Said init =
        shell.run("init", "--contract", "shop.yaml", "--upstream", "http://127.0.0.1:9000");
    assertThat(init.code()).isZero();
    assertThat(init.out()).isEqualTo("gatewarden.yaml\n");
    String written = Files.readString(folder.resolve("gatewarden.yaml"));
    assertThat(written)
        .contains("at: {path: /v1}".replace("/v1", "'/v1'"))
        .contains("bearerAuth: tokens")
        .contains("{guard: object-owner, operation: shop.getOrder, mode: observe");

    Shell.Said check = shell.run("check-config");
    assertThat(check.code()).isZero();
    assertThat(check.out()).contains("shop (Shop 1.0.0, 1 operations)").contains("is sound");
  }

  @Test
  void finds_a_configuration_sound_where_its_secrets_are_elsewhere() throws IOException {
    configured("security: {bearerAuth: corp}");
    Path file = folder.resolve("gatewarden.yaml");
    Files.writeString(
        file,
        Files.readString(file)
                .replace(
                    "'http://127.0.0.1:9000']}",
                    "'http://127.0.0.1:9000'], read-as: env:ELSEWHERE}")
            + "exceptions:\n"
            + "- {guard: object-owner, operation: shop.*, mode: observe, because: new, owner: me,"
            + " until: 2999-01-01}\n");
    Shell.Said check = shell.run("check-config");
    assertThat(check.out()).contains("is sound");
    assertThat(check.code()).isZero();
    assertThat(check.err())
        .contains("not here, and needed to run: the environment variable `ELSEWHERE` is not set");
  }

  @Test
  void does_not_overwrite_a_configuration_unless_it_is_told_to() {
    String[] init = {"init", "--contract", "shop.yaml", "--upstream", "http://127.0.0.1:9000"};
    assertThat(shell.run(init).code()).isZero();
    Shell.Said again = shell.run(init);
    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err())
        .isEqualTo(
            "gatewarden: `gatewarden.yaml` is there already; name another with `--out`, or say"
                + " `--force`\n");
    assertThat(shell.run(with(init, "--force")).code()).isZero();
    assertThat(shell.run(with(init, "--out=-")).out()).startsWith("# Written by");
  }

  @Test
  void names_what_the_contract_asks_for_and_nobody_proves() throws IOException {
    configured("security: {bearer: corp}");
    Shell.Said check = shell.run("check-config");
    assertThat(check.code()).isEqualTo(1);
    assertThat(check.out())
        .contains("nobody proves the contract's scheme `bearerAuth`")
        .contains("`bearer` is no security scheme of `shop.yaml`, so it has no effect")
        .contains("does not say whose object that is");
  }

  @Test
  void names_operations_that_are_not_there() throws IOException {
    configured("security: {bearerAuth: corp}\n    operations: {getOrders: {}}");
    assertThat(shell.run("check-config").out())
        .contains("`getOrders` is no operation of `shop.yaml`")
        .contains("did you mean `getOrder`?");
  }

  @Test
  void names_operations_that_say_shares_of_their_own() throws IOException {
    configured(
        "security: {bearerAuth: corp}\n    operations: {getOrder: {guards: {share-limit:"
            + " {shares: {more: {rate: 9/1m}}}}}}");
    assertThat(shell.run("check-config").out())
        .contains("`getOrder` says shares of its own, which are the API's")
        .contains("`operations` and `cost` of a share");
  }

  @Test
  void tells_where_each_value_comes_from() {
    shell.run("init", "--contract", "shop.yaml", "--upstream", "http://127.0.0.1:9000");
    assertThat(shell.run("check-config", "--effective").out())
        .containsPattern("apis\\.shop\\.upstream\\.deadline: 5s +default\n")
        .containsPattern("listen\\.public\\.port: 8080 +.*gatewarden.yaml:5:18\n");
    assertThat(shell.run("check-config", "--effective", "--format", "json").out())
        .contains("\"sound\": true")
        .contains("\"unbounded\": {\n    \"shop\": {\n      \"texts\": ")
        .contains("\"path\": \"limits.body\"")
        .doesNotContain("textsWithoutMaxLength");
    assertThat(shell.run("check-config", "--verbose", "--format", "json").out())
        .contains("\"textsWithoutMaxLength\": [")
        .contains("\"listsWithoutMaxItems\": [");
  }

  @Test
  void says_when_there_is_no_configuration() {
    Shell.Said check = shell.run("check-config");
    assertThat(check.code()).isEqualTo(1);
    assertThat(check.out())
        .contains("there is no such file")
        .contains("write one with `gatewarden init`, or name another with `-c`");
  }

  @Test
  void explains_a_refusal_from_the_store_of_a_gate_that_stopped() throws IOException {
    Path file = folder.resolve("decisions.db");
    try (DecisionStore store =
        DecisionStore.open(file, Retention.DEFAULT, InstantSource.system())) {
      byte[] line =
          """
          {"id":"4bf92f3577b34da6a3ce929d0e0e4736","at":"2026-11-22T12:00:00Z","method":"GET",\
          "host":"api.example.com","source":"127.0.0.1","operation":"shop.getOrder",\
          "route":"/orders/{orderId}","status":404,"outcome":"denied",\
          "reasons":["object-owner.FOREIGN"],"principal":{"issuer":"corp","subject":"bob"},\
          "duration_us":812,"bytes_in":0,"bytes_out":80,"policy":"0123"}
          """
              .getBytes(StandardCharsets.UTF_8);
      store.write(line, line.length);
    }
    Shell.Said told = shell.run("explain", "4bf92f", "--store", "decisions.db");
    assertThat(told.code()).isZero();
    assertThat(told.out())
        .contains("GET /orders/{orderId} on api.example.com")
        .contains("bob, proved by corp, from 127.0.0.1")
        .contains("denied, answered with 404")
        .contains("refused by object-owner, a guard of the stage AUTHORIZE")
        .contains("object-owner.FOREIGN")
        .contains("docs/reference/guards/object-owner.md");
    assertThat(shell.run("explain", "4bf92f", "--store", "decisions.db", "--format", "json").out())
        .startsWith("{\"id\":\"4bf92f3577b34da6a3ce929d0e0e4736\"");

    Shell.Said unknown = shell.run("explain", "ffff", "--store", "decisions.db");
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.err()).contains("no decision of the last day begins with `ffff`");
  }

  @Test
  void refuses_what_is_no_decision_id() {
    Shell.Said said = shell.run("explain", "nonsense");
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("`nonsense` is no decision id");
  }

  @Test
  void finds_the_place_for_words() {
    Shell.Said where = shell.run("where", "webhook", "replay");
    assertThat(where.code()).isZero();
    assertThat(where.out())
        .startsWith(
            "event-once "
                + " controls/src/main/java/dev/gatewarden/controls/guards/webhook/EventOnceGuard.java\n")
        .contains("docs/reference/guards/event-once.md");
    assertThat(shell.run("where", "zzzz", "qqqq").code()).isEqualTo(1);
    assertThat(shell.run("where", "--format", "json", "object", "owner").out())
        .contains("\"name\": \"object-owner\"");
  }

  @Test
  void says_which_pages_are_stale_and_writes_them() throws IOException {
    Shell.Said stale = shell.run("docs", "--check");
    assertThat(stale.code()).isEqualTo(1);
    assertThat(stale.out()).contains("stale: docs/reference/guards/object-owner.md");
    assertThat(shell.run("docs").code()).isZero();
    assertThat(shell.run("docs", "--check").code()).isZero();

    Path extra = folder.resolve("docs/reference/guards/gone.md");
    Files.writeString(extra, "a page of a guard that is no more");
    assertThat(shell.run("docs", "--check").out())
        .isEqualTo("stale: docs/reference/guards/gone.md\n");
    shell.run("docs");
    assertThat(extra).doesNotExist();
  }

  @Test
  void helps_with_a_misspelt_command() {
    Shell.Said said = shell.run("chekc-config");
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err())
        .startsWith("gatewarden: `chekc-config` is no command; did you mean `check-config`?\n");
  }

  @Test
  void shows_help_without_colour_and_with_examples() {
    Shell.Said help = shell.run("--help");
    assertThat(help.code()).isZero();
    assertThat(help.out()).contains("gatewarden init --contract").doesNotContain("\u001b");
    assertThat(shell.run().code()).isEqualTo(2);
    assertThat(shell.run("--version").out()).startsWith("gatewarden ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"init", "check-config", "explain", "where", "schema", "docs"})
  void every_command_has_help_with_an_example(String verb) {
    Shell.Said help = shell.run(verb, "--help");
    assertThat(help.code()).isZero();
    assertThat(help.out()).contains("Example").contains("  gatewarden " + verb);
    assertThat(help.err()).isEmpty();
  }

  @Test
  void refuses_options_it_does_not_know() {
    Shell.Said said = shell.run("check-config", "--efective");
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("--effective");
    assertThat(said.out()).isEmpty();
  }

  private void configured(String security) throws IOException {
    Files.writeString(
        folder.resolve("gatewarden.yaml"),
        """
        gatewarden: 1
        listen: {public: {port: 0}, admin: {port: 0}}
        issuers:
          corp: {url: 'https://id.example.com', audience: x, algorithms: [RS256]}
        apis:
          shop:
            contract: shop.yaml
            at: {path: /v1}
            upstream: {to: ['http://127.0.0.1:9000']}
            tenancy: single
            %s
        """
            .formatted(security));
  }

  private static String[] with(String[] arguments, String one) {
    String[] more = java.util.Arrays.copyOf(arguments, arguments.length + 1);
    more[arguments.length] = one;
    return more;
  }
}

package dev.gatewarden.acceptance.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.Cli;
import dev.gatewarden.demo.Tree;
import dev.gatewarden.testkit.Requirement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The shop's page: each operation, each question, and what becomes of it when something changes.
class CoverageTest {
  @TempDir private Path folder;

  @BeforeEach
  void copyTheShop() throws Exception {
    Path shop = Tree.find().configuration().getParent();
    Files.copy(shop.resolve("shop.yaml"), folder.resolve("shop.yaml"));
    Files.copy(shop.resolve("gatewarden.yaml"), folder.resolve("gatewarden.yaml"));
  }

  private enum Column {
    IDENTITY,
    FUNCTION,
    OBJECT,
    PROPERTY,
    SCHEMA,
    LIMIT
  }

  /// What the command says of an operation's cell.
  private String state(String operation, Column column) {
    String[] cells =
        Cli.run(folder, "coverage", "shop")
            .out()
            .lines()
            .map(String::strip)
            .filter(line -> line.startsWith(operation + " "))
            .findFirst()
            .orElseThrow()
            .split(" {2,}", -1);
    return cells[1 + column.ordinal()];
  }

  @Test
  @Requirement(id = "AUT-11", without = "object-owner")
  void tells_that_objects_are_guarded_only_while_they_are() {
    for (String operation : Set.of("getOrder", "changeOrder", "cancelOrder", "listOrders")) {
      assertThat(state(operation, Column.OBJECT)).isEqualTo("enforced");
    }
  }

  @Test
  @Requirement(id = "AUT-11", without = "permission")
  void tells_that_functions_are_guarded_only_while_they_are() {
    assertThat(state("cancelOrder", Column.FUNCTION)).isEqualTo("enforced");
  }

  @Test
  @Requirement(id = "AUT-11", without = "signed-token")
  void tells_that_callers_are_proved_only_while_they_are() {
    assertThat(state("getOrder", Column.IDENTITY)).isEqualTo("enforced");
  }

  @Test
  @Requirement(id = "AUT-11", without = "request-schema")
  void tells_that_messages_are_judged_only_while_they_are() {
    assertThat(state("createOrder", Column.SCHEMA)).isEqualTo("enforced");
  }

  @Test
  @Requirement(id = "AUT-11", without = "principal-limit")
  void tells_that_callers_are_bounded_only_while_they_are() {
    assertThat(state("listOrders", Column.LIMIT)).isEqualTo("enforced");
  }

  @Test
  @Requirement(id = "AUT-11")
  void the_shop_is_guarded_in_every_cell() {
    Cli told = Cli.run(folder, "coverage");

    assertThat(told.code()).as(told.err()).isZero();
    assertThat(told.out())
        .contains("operation      identity   function   object     property   schema     limit")
        .contains("getOrder       enforced   enforced   enforced   enforced   enforced   enforced")
        .contains("changeProfile object: open - touches no object: it names no object; ")
        .contains(" 0 observed, 0 excused, 0 unguarded");
  }

  @Test
  @Requirement(id = "AUT-11")
  void names_what_is_excused_until_when_and_fails_where_it_is_told_to() throws Exception {
    LocalDate until = LocalDate.now(ZoneOffset.UTC).plusDays(20);
    except("shop.getOrder", until, "object-owner");

    Cli told = Cli.run(folder, "coverage", "shop");
    assertThat(told.code()).isZero();
    assertThat(told.out())
        .contains("getOrder object: excused until " + until + ", object-owner (observe)")
        .contains(" 1 excused, 0 unguarded");
    assertThat(Cli.run(folder, "coverage", "--fail-on", "excused").code()).isEqualTo(1);
    assertThat(Cli.run(folder, "coverage", "--fail-on", "observed").code()).isEqualTo(1);
    assertThat(Cli.run(folder, "coverage", "--fail-on", "never").code()).isZero();
  }

  @Test
  @Requirement(id = "AUT-11")
  void an_operation_that_does_not_say_whose_objects_it_touches_is_excused_at_most()
      throws Exception {
    LocalDate until = LocalDate.now(ZoneOffset.UTC).plusDays(20);
    Path contract = folder.resolve("shop.yaml");
    String text = Files.readString(contract);
    String binding = "      x-gatewarden-object: {type: order, id: path.orderId}\n";
    int at = text.indexOf(binding, text.indexOf("operationId: cancelOrder"));
    Files.writeString(contract, text.substring(0, at) + text.substring(at + binding.length()));
    except("shop.cancelOrder", until, "object-owner", "tenant-match");

    assertThat(Cli.run(folder, "coverage").out())
        .contains("cancelOrder object: excused until " + until)
        .contains("in review (team-shop): ");
  }

  @Test
  @Requirement(id = "AUT-11")
  void writes_a_page_for_browsers_and_one_for_programs() throws Exception {
    Cli page = Cli.run(folder, "coverage", "--format", "html", "--out", "coverage.html");
    assertThat(page.out()).isEqualTo("coverage.html\n");
    assertThat(Files.readString(folder.resolve("coverage.html")))
        .contains("<td class=\"enforced\">enforced<small>proved by bearerAuth</small>")
        .doesNotContain("<script")
        .contains("Content-Security-Policy");
    assertThat(Cli.run(folder, "coverage", "--format", "json").out())
        .contains("\"unguarded\": 0")
        .contains("\"guards\": [\"permission\"]");
  }

  @Test
  void says_what_it_cannot_tell() {
    Cli told = Cli.run(folder, "coverage", "shopp");

    assertThat(told.code()).isEqualTo(2);
    assertThat(told.err()).contains("`shopp` is no API; did you mean `shop`?");
  }

  private void except(String operation, LocalDate until, String... guards) throws Exception {
    StringBuilder exceptions = new StringBuilder("\nexceptions:\n");
    for (String guard : guards) {
      exceptions.append(
          "- {guard: %s, operation: %s, mode: observe, because: in review, owner: team-shop, until: %s}\n"
              .formatted(guard, operation, until));
    }
    Path file = folder.resolve("gatewarden.yaml");
    Files.writeString(file, Files.readString(file) + exceptions);
  }

  @Test
  void names_the_probes_that_a_cell_withstood() throws Exception {
    Files.writeString(
        folder.resolve("probe.json"),
        """
        {"findings": [], "withstood": {"foreign-read": ["getOrder"], "overposting": ["getOrder"]}}
        """);

    Cli told = Cli.run(folder, "coverage", "shop", "--probed", "probe.json");
    Cli json = Cli.run(folder, "coverage", "shop", "--probed", "probe.json", "--format", "json");

    assertThat(told.out()).contains("; 2 withstood a probe");
    assertThat(json.out()).contains("\"withstood\": [\"foreign-read\"]");
  }

  @Test
  void tells_a_cell_unguarded_that_a_probe_got_through() throws Exception {
    Files.writeString(
        folder.resolve("probe.json"),
        """
        {"findings": [{"probe": "foreign-read", "operation": "getOrder"}], "withstood": {}}
        """);

    Cli told = Cli.run(folder, "coverage", "shop", "--probed", "probe.json");

    assertThat(told.out()).contains("the probe `foreign-read` got through");
    assertThat(told.code()).isOne();
  }

  @Test
  void takes_nothing_for_a_report_that_is_none() throws Exception {
    Files.writeString(folder.resolve("probe.json"), "[]");

    Cli told = Cli.run(folder, "coverage", "shop", "--probed", "probe.json");

    assertThat(told.code()).isEqualTo(2);
    assertThat(told.err()).contains("`probe.json` is no report of probes");
  }
}

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

/// A pipeline that proves what a change to the shop's contract or configuration lets callers do.
///
/// The controls these rows would miss are kinds of findings. Without one means that somebody agreed
/// to all findings of that kind.
class PolicyProofTest {

  @TempDir private Path folder;

  @BeforeEach
  void copyTheShop() throws Exception {
    Path shop = Tree.find().configuration().getParent();
    Files.createDirectory(folder.resolve("main"));
    for (String file : List.of("shop.yaml", "gatewarden.yaml")) {
      Files.copy(shop.resolve(file), folder.resolve(file));
      Files.copy(shop.resolve(file), folder.resolve("main").resolve(file));
    }
  }

  private Program prove(String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("policy", "prove", "--against", "main"));
    arguments.addAll(List.of(more));
    if (!WithoutControl.named().isEmpty()) {
      arguments.addAll(List.of("--accept", WithoutControl.named()));
    }
    return Program.gatewarden(folder, arguments.toArray(String[]::new));
  }

  private void change(String name, String piece, String other) throws Exception {
    Path file = folder.resolve(name);
    String text = Files.readString(file);
    assertThat(text).contains(piece);
    Files.writeString(file, text.replace(piece, other));
  }

  @Test
  @Requirement(id = "AUT-8")
  void a_version_that_is_as_wide_as_the_last_passes() throws Exception {
    Program proof = prove("--fail-on", "widened,narrowed,trust,unchecked,public,unreachable");

    assertThat(proof.code()).isZero();
    assertThat(proof.out())
        .contains("bearerAuth with orders:read, role admin: read order: own, same tenant")
        .contains(" operations, ")
        .doesNotContain("widened", "narrowed", "unchecked", "unreachable");
  }

  @Test
  @Requirement(id = "AUT-8", without = "widened")
  void a_grant_that_reaches_further_stops_the_pipeline() throws Exception {
    change("shop.yaml", "write: [owner]}", "write: [owner, tenant]}");
    Program proof = prove("--fail-on", "widened");

    assertThat(proof.code()).isEqualTo(1);
    assertThat(proof.out())
        .contains(
            "shop.cancelOrder: bearerAuth with orders:write reaches delete order: same tenant");
  }

  @Test
  @Requirement(id = "AUT-8", without = "widened")
  void an_exception_that_switches_a_guard_off_stops_the_pipeline() throws Exception {
    change(
        "gatewarden.yaml",
        "limits: {body: 64KiB}",
        "limits: {body: 64KiB}\nexceptions:\n- {guard: object-owner, operation: shop.cancelOrder,"
            + " mode: observe, because: hurry, owner: team-shop, until: 2999-12-31}");
    Program proof = prove("--fail-on", "widened", "--format", "sarif");

    assertThat(proof.code()).isEqualTo(1);
    assertThat(proof.out())
        .contains(
            "\"ruleId\": \"widened\"", "\"uri\": \"gatewarden.yaml\"", "\"level\": \"error\"");
  }

  @Test
  @Requirement(id = "AUT-8", without = "public")
  void an_operation_that_nobody_guards_is_named() throws Exception {
    change("shop.yaml", "security: [{bearerAuth: [profile:write]}]", "security: []");
    Program proof = prove("--fail-on", "public");

    assertThat(proof.code()).isEqualTo(1);
    assertThat(proof.out()).contains("shop.changeProfile: anybody may use it");
  }

  @Test
  @Requirement(id = "AUT-8", without = "unused")
  void what_is_granted_and_never_used_is_named() throws Exception {
    Files.writeString(
        folder.resolve("decisions.ndjson"),
        "{\"operation\":\"shop.getOrder\",\"outcome\":\"allowed\",\"principal\":{\"subject\":\"a\","
            + "\"scopes\":[\"orders:read\"]}}\n");
    Program proof = prove("--used", "decisions.ndjson", "--fail-on", "unused");

    assertThat(proof.code()).isEqualTo(1);
    assertThat(proof.out())
        .contains("shop.cancelOrder: nobody used it")
        .contains("shop.getOrder: nobody with the role `admin` used it");
  }

  @Test
  @Requirement(id = "AUT-8")
  void what_cannot_be_read_is_not_called_as_wide() throws Exception {
    change("main/shop.yaml", "#/components/schemas/OrderPage", "#/components/schemas/OrderPages");
    Program proof = prove();

    assertThat(proof.code()).isEqualTo(2);
    assertThat(proof.err()).contains("did you mean `OrderPage`?");
  }

  @Test
  @Requirement(id = "AUT-1")
  void who_can_use_an_operation_and_what_a_caller_can_do_are_told() throws Exception {
    Program who = Program.gatewarden(folder, "policy", "who-can", "cancelOrder");
    assertThat(who.code()).isZero();
    assertThat(who.out()).contains("bearerAuth with orders:write\n      delete order: own\n");

    Program what =
        Program.gatewarden(
            folder, "policy", "what-can", "--scheme", "bearerAuth", "--scopes", "orders:read");
    assertThat(what.code()).isZero();
    assertThat(what.out())
        .contains("read order: own")
        .contains("refused: a scope is missing (asks for bearerAuth(orders:write)");
  }
}

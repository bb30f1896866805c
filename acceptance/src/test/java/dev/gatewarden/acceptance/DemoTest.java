package dev.gatewarden.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.demo.Tree;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/// The demonstration does what it says.
class DemoTest {

  @Test
  void every_attack_works_naked_and_none_behind_the_gate() throws Exception {
    Program demo = Program.demo(root(), "--once", "--ports", "auto");

    assertThat(demo.out()).doesNotContain("UNEXPECTED").doesNotContain("\r", "\u001b");
    assertThat(demo.out())
        .contains("bob reads alice's order")
        .contains("alice makes herself admin")
        .contains("the same event twice")
        .contains("bob asks for his profile after alice")
        .contains("Why");
    assertThat(demo.code()).isZero();
    assertThat(demo.err()).isEmpty();
  }

  @Test
  void a_shop_without_faults_is_not_robbed_either_way() throws Exception {
    Program demo = Program.demo(root(), "--once", "--ports", "auto", "--faults", "none");

    assertThat(demo.out()).doesNotContain("UNEXPECTED");
    assertThat(demo.code()).isZero();
  }

  @Test
  void another_terminal_prints_a_token_and_nothing_else() throws Exception {
    Program token = Program.demo(root(), "token", "alice", "--expires", "-1h", "--alg", "ES256");

    assertThat(token.code()).isZero();
    assertThat(token.err()).isEmpty();
    assertThat(token.out().lines()).hasSize(1);
    String[] parts = token.out().strip().split("\\.", -1);
    assertThat(parts).hasSize(3);
    assertThat(decoded(parts[0])).contains("\"alg\":\"ES256\"");
    assertThat(decoded(parts[1])).contains("\"sub\":\"alice\"");
  }

  @Test
  void a_person_nobody_knows_is_told_who_there_is() throws Exception {
    Program token = Program.demo(root(), "token", "mallory");

    assertThat(token.code()).isEqualTo(2);
    assertThat(token.out()).isEmpty();
    assertThat(token.err()).contains("`mallory`").contains("alice, bob, admin or partner");
  }

  @Test
  void a_fault_nobody_knows_is_told_which_there_are() throws Exception {
    Program demo = Program.demo(root(), "--once", "--faults", "bolla");

    assertThat(demo.code()).isEqualTo(2);
    assertThat(demo.err()).contains("`bolla`").contains("mass-assignment");
  }

  private static String decoded(String part) {
    return new String(Base64.getUrlDecoder().decode(part), java.nio.charset.StandardCharsets.UTF_8);
  }

  private static Path root() throws Exception {
    return Tree.find().root();
  }
}

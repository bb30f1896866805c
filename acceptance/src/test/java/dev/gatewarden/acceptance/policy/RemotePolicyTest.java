package dev.gatewarden.acceptance.policy;

import static dev.gatewarden.acceptance.policy.PolicyGate.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.demo.http.Incoming;
import dev.gatewarden.demo.http.Loopback;
import dev.gatewarden.testkit.Requirement;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A decision point of others that speaks AuthZEN 1.0, asked about each call.
@Timeout(120)
class RemotePolicyTest {
  @TempDir private Path folder;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private Office office;
  private Loopback them;
  private volatile Answer answer = Answer.json(200, "{\"decision\":true}");
  private volatile Answer several = Answer.problem(404, "no such page");

  @BeforeEach
  void opens() throws Exception {
    office = new Office();
    them = Loopback.start(0, this::decides);
  }

  @AfterEach
  void closes() {
    them.close();
    office.close();
  }

  /// Whoever owns an order, or somebody of the list of names, may do anything.
  private Answer decides(Incoming request) {
    asked.add(request.text());
    if (request.path().equals("/access/v1/evaluations")) {
      return several;
    }
    if (!request.path().equals("/access/v1/evaluation")) {
      return Answer.problem(404, "no such page");
    }
    return request.text().contains("\"id\":\"mallory\"")
        ? Answer.json(200, "{\"decision\":false}")
        : answer;
  }

  private PolicyGate gate(String more) throws Exception {
    return PolicyGate.start(
        folder,
        office.uri(),
        "decide-by: [them]",
        "decision-points: {them: {kind: authzen, url: '"
            + them.uri()
            + "', deadline: 2s, cache: 0s"
            + more);
  }

  @Test
  @Requirement(id = "AUT-4", without = "policy")
  void is_asked_and_obeyed() throws Exception {
    try (PolicyGate gate = gate("}}")) {
      assertThat(gate.status("GET", "/reports", token("alice"))).isEqualTo(200);
      assertThat(gate.status("GET", "/reports", token("mallory"))).isEqualTo(403);
      assertThat(gate.status("DELETE", "/orders/o-alice", token("alice"))).isEqualTo(204);
      assertThat(gate.status("DELETE", "/orders/o-mallory", token("mallory"))).isEqualTo(404);
      assertThat(office.done).containsExactly("DELETE /orders/o-alice");
      assertThat(asked).anyMatch(each -> each.contains("\"owner\":\"alice\""));
      assertThat(gate.lines()).anyMatch(line -> line.contains("\"them\""));
    }
  }

  @Test
  @Requirement(id = "AUT-4", without = "policy-release")
  void is_asked_about_a_whole_list_at_once() throws Exception {
    several =
        Answer.json(
            200,
            "{\"evaluations\":[{\"decision\":true},{\"decision\":false},{\"decision\":true}]}");
    try (PolicyGate gate = gate("}}")) {
      String list = gate.send("GET", "/orders", token("alice")).body();

      assertThat(list).contains("o-alice", "o-carol").doesNotContain("o-bob");
      assertThat(asked)
          .filteredOn(each -> each.contains("\"evaluations\""))
          .singleElement()
          .asString()
          .contains("o-alice", "o-bob", "o-carol");
      several = Answer.json(200, "{\"evaluations\":[{\"decision\":true},{\"decision\":true}]}");
      assertThat(gate.status("GET", "/orders", token("alice"))).isEqualTo(503);
    }
  }

  @Test
  void is_not_shut_out_by_a_caller_whose_questions_it_refuses() throws Exception {
    try (PolicyGate gate = gate("}}")) {
      answer = Answer.problem(400, "no such thing");
      for (int i = 0; i < 10; i++) {
        assertThat(gate.status("GET", "/reports", token("alice"))).isEqualTo(503);
      }
      answer = Answer.json(200, "{\"decision\":true}");
      assertThat(gate.status("GET", "/reports", token("bob"))).isEqualTo(200);
    }
  }

  @Test
  @Requirement(id = "AUT-4", without = "policy")
  void refuses_while_nobody_can_say() throws Exception {
    try (PolicyGate gate = gate("}}")) {
      answer = Answer.json(200, "{\"decision\":\"yes\"}");
      assertThat(gate.status("GET", "/reports", token("alice"))).isEqualTo(503);
      answer = Answer.problem(500, "down");
      assertThat(gate.status("DELETE", "/orders/o-alice", token("alice"))).isEqualTo(503);
      assertThat(office.done).isEmpty();
    }
  }

  @Test
  void lets_pass_while_it_is_gone_only_by_an_exception() throws Exception {
    assertThatThrownBy(() -> gate(", when-gone: open}}"))
        .isInstanceOfSatisfying(
            ProblemsException.class,
            wrong ->
                assertThat(wrong.problems().toString())
                    .contains("nobody would be refused while `them` is gone"));
    LocalDate until = LocalDate.now(ZoneOffset.UTC).plusDays(3);
    try (PolicyGate gate =
        gate(
            ", when-gone: open}}\nexceptions: [{decision-point: them, allows: open-when-gone,"
                + " because: it moves, owner: team-office, until: "
                + until
                + "}]")) {
      answer = Answer.problem(500, "down");
      assertThat(gate.status("GET", "/reports", token("alice"))).isEqualTo(200);
    }
  }

  @Test
  void says_what_is_wrong_with_a_decision_point() {
    assertThat(wrong("{kind: openfga, url: 'http://127.0.0.1:1'}")).contains("`store` is missing");
    assertThat(wrong("{kind: topaz, url: 'http://127.0.0.1:1'}")).contains("`policy` is missing");
    assertThat(wrong("{kind: opa, url: 'http://127.0.0.1:1'}")).contains("`url` names no rule");
    assertThat(wrong("{kind: authzen, url: 'http://127.0.0.1:1', store: x}"))
        .contains("`store` has no effect for this kind of decision point");
    assertThat(wrong("{kind: authzen, url: 'http://pdp.example'}")).contains("must be https");
    assertThat(wrong("{kind: authzen, url: 'http://127.0.0.1:1', deadline: 20s}"))
        .contains("`deadline` is between");
    assertThat(
            wrong(
                "{kind: spicedb, url: 'http://127.0.0.1:1', relations: {getOrdr: view, getOrder:"
                    + " view}}"))
        .contains("`getOrdr` is no operation of an API that asks `them`", "`getOrder`");
    assertThat(wrong("{kind: opa, url: 'http://127.0.0.1:1/v1/data/x', batch: 5}"))
        .contains("`batch` has no effect");
    assertThat(wrong("{kind: authzen, url: 'http://127.0.0.1:1', batch: 0}"))
        .contains("`batch` is between");
  }

  private String wrong(String point) {
    try (PolicyGate gate =
        PolicyGate.start(
            folder, office.uri(), "decide-by: [them]", "decision-points: {them: " + point + "}")) {
      return "it starts at " + gate.folder;
    } catch (ProblemsException problems) {
      return problems.problems().toString();
    } catch (Exception other) {
      return other.toString();
    }
  }
}

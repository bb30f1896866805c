package dev.gatewarden.acceptance.policy;

import static dev.gatewarden.acceptance.policy.PolicyGate.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewarden.acceptance.Echo;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.testkit.Requirement;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Roles, attributes, circumstances and relationships, decided by policies inside the gate.
@Timeout(120)
class PolicyTest {
  private static final String ALL = "@id(\"all\") permit (principal, action, resource);\n";

  @TempDir private Path folder;
  private Office office;

  @BeforeEach
  void opens() throws Exception {
    office = new Office();
  }

  @AfterEach
  void closes() {
    office.close();
  }

  @Test
  @Requirement(id = "AUT-4", without = "policy")
  void lets_a_role_use_a_function_and_nobody_else() throws Exception {
    try (PolicyGate gate =
        PolicyGate.start(
            folder,
            office.uri(),
            """
            @id("auditors")
            permit (principal in Role::"auditor", action == office::Action::"report", resource);
            """)) {
      assertThat(gate.status("GET", "/reports", token("alice", "auditor"))).isEqualTo(200);
      assertThat(gate.status("GET", "/reports", token("alice"))).isEqualTo(403);
      assertThat(gate.status("GET", "/reports", token("alice", "auditors"))).isEqualTo(403);
    }
  }

  @Test
  @Requirement(id = "AUT-4", without = "policy")
  void decides_by_what_is_known_of_the_user() throws Exception {
    try (PolicyGate gate =
        PolicyGate.start(
            folder,
            office.uri(),
            """
            permit (principal is User, action == office::Action::"report", resource)
            when { principal.claims has department && principal.claims.department == "finance" };
            """,
            "{files: policies/*.cedar, claims: {department: /hr/department}}",
            "")) {
      assertThat(gate.status("GET", "/reports", of("finance"))).isEqualTo(200);
      assertThat(gate.status("GET", "/reports", of("sales"))).isEqualTo(403);
      assertThat(gate.status("GET", "/reports", token("alice"))).isEqualTo(403);
    }
  }

  @Test
  @Requirement(id = "AUT-4", without = "policy")
  void decides_by_whose_the_object_is_before_anything_happens() throws Exception {
    try (PolicyGate gate =
        PolicyGate.start(
            folder,
            office.uri(),
            """
            permit (principal, action in office::Action::"reads", resource);
            permit (principal is User, action == office::Action::"deleteOrder", resource)
            when { resource has owner && resource.owner == principal.subject };
            """)) {
      HttpResponse<String> foreign = gate.send("DELETE", "/orders/o-bob", token("alice"));

      assertThat(foreign.statusCode()).isEqualTo(404);
      assertThat(foreign.body()).doesNotContain("policy");
      assertThat(office.done).isEmpty();
      assertThat(gate.status("DELETE", "/orders/o-alice", token("alice"))).isEqualTo(204);
      assertThat(office.done).containsExactly("DELETE /orders/o-alice");
    }
  }

  @Test
  @Requirement(id = "RUN-2")
  void judges_a_request_by_one_set_of_policies_from_first_to_last() throws Exception {
    AtomicReference<PolicyGate> asked = new AtomicReference<>();
    Answer order =
        Answer.json(200, "{\"data\":[{\"id\":\"o\",\"customerId\":\"bob\",\"tenantId\":\"t1\"}]}");
    try (Echo service =
            Echo.answering(
                _ -> {
                  PolicyGate gate = asked.getAndSet(null);
                  if (gate != null) {
                    replaced(gate, "forbid (principal, action, resource);");
                  }
                  return order;
                });
        PolicyGate gate = PolicyGate.start(folder, service.uri(), ALL)) {
      asked.set(gate);

      assertThat(gate.send("GET", "/open/orders", token("alice")).body()).contains("\"bob\"");
      assertThat(asked.get()).as("replaced while the service answered").isNull();
      assertThat(gate.status("GET", "/open/orders", token("alice"))).isEqualTo(403);
      List<String> lines = gate.lines();
      assertThat(digests(lines.getFirst())).hasSize(1);
      assertThat(digests(lines.getLast())).doesNotContainAnyElementsOf(digests(lines.getFirst()));
    }
  }

  private static void replaced(PolicyGate gate, String policies) throws IOException {
    try {
      Files.writeString(gate.folder.resolve("policies/office.cedar"), policies);
      assertThat(gate.reload().statusCode()).isEqualTo(200);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException(stopped);
    }
  }

  /// The digests of the policies that a decision line names.
  private static Set<String> digests(String line) {
    return Pattern.compile("\"policy\": ?\"([0-9a-f]{16})\"")
        .matcher(line.replaceFirst(".*\"decided_by\": ?(\\[[^\\]]*\\]).*", "$1"))
        .results()
        .map(each -> each.group(1))
        .collect(Collectors.toSet());
  }

  @Test
  @Requirement(id = "AUT-4", without = "policy-release")
  void judges_each_item_of_a_list_that_anyone_may_see() throws Exception {
    try (PolicyGate gate =
        PolicyGate.start(
            folder,
            office.uri(),
            ALL
                + """
                forbid (principal is User, action == office::Action::"listOpenly", resource)
                when { resource has owner && resource.owner == "carol" && principal.subject != "carol" };
                """)) {
      assertThat(gate.send("GET", "/open/orders", token("alice")).body())
          .contains("o-alice", "o-bob")
          .doesNotContain("carol");
      assertThat(gate.send("GET", "/open/orders", token("carol")).body()).contains("o-carol");
    }
  }

  @Test
  @Requirement(id = "AUT-4", without = "policy-release")
  void decides_by_whose_the_object_is_when_only_the_answer_tells() throws Exception {
    try (PolicyGate gate =
        PolicyGate.start(
            folder,
            office.uri(),
            ALL
                + """
                @id("private") forbid (principal is User, action == office::Action::"getOrder", resource)
                when { resource has owner && resource.owner == "carol" && principal.subject != "carol" };
                """)) {
      assertThat(gate.send("GET", "/orders/o-bob", token("alice")).body()).contains("bob");
      HttpResponse<String> hidden = gate.send("GET", "/orders/o-carol", token("alice"));
      assertThat(hidden.statusCode()).isEqualTo(404);
      assertThat(hidden.body()).doesNotContain("t1");
      assertThat(gate.status("GET", "/orders/o-carol", token("carol"))).isEqualTo(200);
    }
  }

  @Test
  @Requirement(id = "AUT-4", without = "policy-release")
  void cuts_out_of_lists_what_the_policy_does_not_show() throws Exception {
    try (PolicyGate gate =
        PolicyGate.start(
            folder,
            office.uri(),
            ALL
                + """
                forbid (principal is User, action == office::Action::"listOrders", resource is office::order)
                unless { resource has owner && resource.owner == principal.subject };
                """)) {
      String list = gate.send("GET", "/orders", token("alice")).body();

      assertThat(list).contains("o-alice").doesNotContain("o-bob").doesNotContain("o-carol");
    }
  }

  @Test
  @Requirement(id = "AUT-4", without = "policy")
  void reads_the_clock_of_the_callers_tenant() throws Exception {
    int hour = Instant.now().atZone(ZoneOffset.UTC).getHour();
    try (PolicyGate gate =
        PolicyGate.start(
            folder,
            office.uri(),
            """
            permit (principal, action == office::Action::"report", resource)
            when { [%d, %d].contains(context.local.hour) };
            """
                .formatted(hour, (hour + 1) % 24),
            "[policies/*.cedar]",
            "zones: {usual: UTC, tenants: {far: '+06:00', near: UTC}}")) {
      assertThat(gate.status("GET", "/reports", token("alice", "near", Map.of()))).isEqualTo(200);
      assertThat(gate.status("GET", "/reports", token("alice", "far", Map.of()))).isEqualTo(403);
    }
  }

  @Test
  @Requirement(id = "AUT-4", without = "policy")
  void decides_by_the_network_the_caller_comes_from() throws Exception {
    try (PolicyGate gate =
        PolicyGate.start(
            folder,
            office.uri(),
            """
            permit (principal, action == office::Action::"report", resource)
            when { context.source.isInRange(ip("10.0.0.0/8")) };
            """)) {
      String alice = token("alice");
      String from = "X-Forwarded-For";

      assertThat(gate.status("GET", "/reports", alice, from, "10.1.2.3")).isEqualTo(200);
      assertThat(gate.status("GET", "/reports", alice, from, "192.0.2.1")).isEqualTo(403);
      assertThat(gate.status("GET", "/reports", alice, from, "10.1.2.3, 192.0.2.1")).isEqualTo(403);
      assertThat(gate.status("GET", "/reports", alice)).isEqualTo(403);
    }
  }

  @Test
  @Requirement(id = "AUT-4", without = "policy")
  void follows_relationships_that_the_gate_has_learned() throws Exception {
    try (PolicyGate gate =
        PolicyGate.start(
            folder,
            office.uri(),
            """
            permit (principal, action in [office::Action::"createFolder", office::Action::"createDocument"], resource);
            @id("mine") permit (principal is User, action == office::Action::"getDocument", resource)
            when { resource has owner && resource.owner == principal.subject };
            @id("in-my-folder") permit (principal is User, action == office::Action::"getDocument", resource)
            when { resource has folder && resource.folder has owner && resource.folder.owner == principal.subject };
            """)) {
      String place = gate.make("/folders", "", token("carol"));
      String document = gate.make("/documents", "{\"folderId\":\"" + place + "\"}", token("bob"));

      assertThat(gate.status("GET", "/documents/" + document, token("bob"))).isEqualTo(200);
      assertThat(gate.status("GET", "/documents/" + document, token("carol"))).isEqualTo(200);
      assertThat(gate.status("GET", "/documents/" + document, token("alice"))).isEqualTo(404);
      assertThat(gate.status("GET", "/documents/d999", token("alice"))).isEqualTo(404);
    }
  }

  @Test
  @Requirement(id = "AUT-4", without = "policy")
  void refuses_when_a_policy_cannot_be_evaluated() throws Exception {
    try (PolicyGate gate = PolicyGate.start(folder, office.uri(), ALL + OVERFLOWS)) {
      assertThat(gate.status("GET", "/reports", token("alice"))).isEqualTo(503);
    }
  }

  @Test
  @Requirement(id = "AUT-4", without = "policy")
  void lets_pass_by_an_exception_alone_and_says_so() throws Exception {
    PolicyGate gate =
        PolicyGate.start(
            folder,
            office.uri(),
            ALL + OVERFLOWS,
            "{files: [policies/*.cedar], when-gone: open}",
            "exceptions: [{decision-point: cedar, allows: open-when-gone, because: new policies,"
                + " owner: team, until: "
                + LocalDate.now(ZoneOffset.UTC).plusDays(7)
                + "}]");

    assertThat(gate.status("GET", "/reports", token("alice"))).isEqualTo(200);
    assertThat(gate.lines()).anyMatch(line -> line.contains("\"policy.OPEN\""));
  }

  @Test
  @Requirement(id = "AUT-4", without = "policy")
  void records_the_policies_that_determined_each_decision() throws Exception {
    PolicyGate gate =
        PolicyGate.start(
            folder,
            office.uri(),
            ALL + "@id(\"no-bob\") forbid (principal == User::\"corp/bob\", action, resource);");

    assertThat(gate.status("GET", "/reports", token("alice"))).isEqualTo(200);
    assertThat(gate.status("GET", "/reports", token("bob"))).isEqualTo(403);
    String digest = gate.admin("/policies").replaceAll("(?s).*\"policy\": ?\"([^\"]*)\".*", "$1");
    List<String> lines = gate.lines();

    assertThat(digest).matches("[0-9a-f]{16}");
    assertThat(lines.getFirst())
        .contains("\"policy.PERMITTED\"")
        .contains(
            "\"decided_by\":[{\"point\":\"cedar\",\"policy\":\""
                + digest
                + "\",\"policies\":[\"all\"]}]");
    assertThat(lines.getLast())
        .contains("\"policy.FORBIDDEN\"")
        .contains("\"policies\":[\"no-bob\"]");
  }

  @Test
  @Requirement(id = "AUT-4", without = "policy")
  void tells_what_the_next_policies_would_change_and_enforces_none_of_them() throws Exception {
    Files.createDirectories(folder.resolve("next"));
    Files.writeString(
        folder.resolve("next/office.cedar"),
        "@id(\"few\") permit (principal == User::\"corp/alice\", action, resource);");
    PolicyGate gate =
        PolicyGate.start(
            folder, office.uri(), ALL, "{files: [policies/*.cedar], compare: [next/*.cedar]}", "");

    assertThat(gate.status("GET", "/reports", token("alice"))).isEqualTo(200);
    assertThat(gate.status("GET", "/reports", token("bob"))).isEqualTo(200);
    assertThat(gate.admin("/policies")).contains("office.report permit forbid");
    assertThat(gate.admin("/metrics"))
        .contains(
            "gatewarden_policy_differences_total{gatewarden_difference=\"office.report permit"
                + " forbid\"} 1");
    List<String> lines = gate.lines();
    assertThat(lines.getFirst()).doesNotContain("\"next\"");
    assertThat(lines.getLast()).contains("\"next\":{\"says\":\"forbid\",\"policy\":\"");
  }

  @Test
  @Requirement(id = "AUT-4", without = "policy")
  void puts_changed_policies_in_force_as_a_whole_or_not_at_all() throws Exception {
    try (PolicyGate gate = PolicyGate.start(folder, office.uri(), ALL)) {
      String alice = token("alice");
      assertThat(gate.status("GET", "/reports", alice)).isEqualTo(200);

      Files.writeString(folder.resolve("policies/office.cedar"), "forbid (principal, action");
      HttpResponse<String> refused = gate.reload();
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.body()).contains("office.cedar:1:");
      assertThat(gate.status("GET", "/reports", alice)).isEqualTo(200);

      Files.writeString(
          folder.resolve("policies/office.cedar"), "forbid (principal, action, resource);");
      assertThat(gate.reload().statusCode()).isEqualTo(200);
      assertThat(gate.status("GET", "/reports", alice)).isEqualTo(403);
    }
  }

  @Test
  @Requirement(id = "AUT-4")
  void does_not_start_with_a_policy_that_can_never_apply() {
    assertThatThrownBy(
            () ->
                PolicyGate.start(
                        folder,
                        office.uri(),
                        ALL
                            + "permit (principal, action == office::Action::\"report\", resource is"
                            + " office::order);")
                    .close())
        .isInstanceOf(ProblemsException.class)
        .hasMessageContaining("policies/office.cedar:2:1: unable to find an applicable action");
  }

  @Test
  @Requirement(id = "AUT-4", without = "object-owner")
  void lets_no_policy_open_what_the_contract_closes() throws Exception {
    try (PolicyGate gate = PolicyGate.start(folder, office.uri(), ALL)) {
      String stranger = token("eve", "t2", Map.of());

      assertThat(gate.status("DELETE", "/orders/o-alice", stranger)).isEqualTo(404);
      assertThat(office.done).isEmpty();
    }
  }

  /// The hour times more than fits: Cedar passes over a policy that it cannot evaluate.
  private static final String OVERFLOWS =
      """
      @id("over") forbid (principal, action == office::Action::"report", resource)
      when { (context.local.year + 1) * 9223372036854775807 == 0 };
      """;

  private static String of(String department) {
    return token("alice", "t1", Map.of("hr", Map.of("department", department)));
  }
}

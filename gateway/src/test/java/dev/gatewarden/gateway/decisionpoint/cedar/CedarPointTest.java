package dev.gatewarden.gateway.decisionpoint.cedar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewarden.core.address.Ip;
import dev.gatewarden.core.decision.Grounds;
import dev.gatewarden.core.decision.WouldWait;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.identity.Principal;
import dev.gatewarden.core.policy.DecisionPoint;
import dev.gatewarden.core.policy.DecisionPoint.Answer;
import dev.gatewarden.core.policy.Question;
import dev.gatewarden.core.policy.Question.Environment;
import dev.gatewarden.core.policy.Relations;
import dev.gatewarden.testkit.ports.DecisionPointContract;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CedarPointTest extends DecisionPointContract {
  private static final String POLICIES =
      """
      @id("readers")
      permit (principal in Role::"reader", action == shop::Action::"getOrder", resource);
      @id("owners")
      permit (principal is User, action == shop::Action::"updateOrder", resource)
      when { resource has owner && resource.owner == principal.subject };
      @id("lists")
      permit (principal is User, action == shop::Action::"listOrders", resource is shop::Api)
      when { principal.scopes.contains("orders:read") };
      @id("suspended")
      forbid (principal is User, action, resource)
      when { principal has tenant && principal.tenant == "suspended" };
      """;

  @TempDir Path folder;

  @Override
  protected DecisionPoint point() {
    return new Policies(folder, POLICIES).point();
  }

  @Override
  protected Answer ask(DecisionPoint point, Question question) {
    return Policies.ask((CedarPoint) point, question);
  }

  @Test
  void names_the_policies_that_determined_the_answer() {
    DecisionPoint point = point();

    assertThat(
            ask(point, question(user("sam", "t1", "reader"), "getOrder", order("alice")))
                .grounds()
                .policies())
        .containsExactly("readers");
    assertThat(
            ask(point, question(user("sam", "suspended", "reader"), "getOrder", order("alice")))
                .grounds()
                .policies())
        .containsExactly("suspended");
    assertThat(
            ask(point, question(user("bob", "t1"), "getOrder", order("alice")))
                .grounds()
                .policies())
        .isEmpty();
  }

  @Test
  void never_computes_on_a_thread_that_must_not_wait() {
    DecisionPoint point = point();
    Question question = question(user("sam", "t1", "reader"), "getOrder", order("alice"));

    assertThatThrownBy(() -> point.decide(question)).isSameAs(WouldWait.INSTANCE);
    ask(point, question);
    assertThat(point.decide(question)).isInstanceOf(Answer.Permit.class);
  }

  @Test
  void fails_where_a_policy_that_forbids_cannot_be_evaluated() {
    CedarPoint point =
        new Policies(
                folder,
                """
                @id("all") permit (principal, action, resource);
                @id("over") forbid (principal is User, action == shop::Action::"getOrder", resource)
                when { context.local.hour * 9223372036854775807 > 5 };
                """)
            .point();

    Answer answer = ask(point, question(user("sam", "t1"), "getOrder", order("alice")));

    assertThat(answer).isInstanceOf(Answer.Failed.class);
    assertThat(answer.grounds().policies()).containsExactly("over");
    assertThat(ask(point, question(user("sam", "t1"), "updateOrder", order("alice"))))
        .isInstanceOf(Answer.Permit.class);
  }

  @Test
  void reads_the_clock_of_the_callers_tenant() {
    CedarPoint point =
        new Policies(
                folder,
                """
                permit (principal, action, resource)
                when { context.local.time >= 540 && context.local.time < 1020 && context.local.weekday <= 5 };
                """)
            .point();

    assertThat(at(point, "2026-07-01T06:59:00Z", "Europe/Berlin")).isFalse();
    assertThat(at(point, "2026-07-01T07:00:00Z", "Europe/Berlin")).isTrue();
    assertThat(at(point, "2026-07-01T14:59:59Z", "Europe/Berlin")).isTrue();
    assertThat(at(point, "2026-07-01T15:00:00Z", "Europe/Berlin")).isFalse();
    assertThat(at(point, "2026-07-01T15:00:00Z", "America/New_York")).isTrue();
    assertThat(at(point, "2026-07-04T10:00:00Z", "Europe/Berlin")).isFalse();
  }

  @Test
  void keeps_an_answer_by_the_minute_where_the_time_is_asked_for_in_other_words() {
    CedarPoint point =
        new Policies(
                folder,
                """
                permit (principal, action, resource)
                when { context has local.hour && context["local"]["hour"] >= 9 };
                """)
            .point();

    assertThat(at(point, "2026-07-01T08:59:59Z", "UTC")).isFalse();
    assertThat(at(point, "2026-07-01T09:00:00Z", "UTC")).isTrue();
    assertThat(at(point, "2026-07-01T09:00:00Z", "America/New_York")).isFalse();
    assertThat(point.status().answers()).isPositive();
  }

  @Test
  void keeps_no_answer_that_depends_on_the_moment() {
    CedarPoint point =
        new Policies(
                folder,
                """
                permit (principal, action, resource)
                when { context.now < datetime("2026-07-01T07:30:01Z") };
                """)
            .point();

    assertThat(at(point, "2026-07-01T07:30:00Z", "UTC")).isTrue();
    assertThat(at(point, "2026-07-01T07:30:01Z", "UTC")).isFalse();
    assertThat(point.status().answers()).isZero();
  }

  @Test
  void keeps_answers_apart_by_every_circumstance_that_policies_read() {
    CedarPoint point =
        new Policies(
                folder,
                """
                permit (principal, action, resource)
                when { context.source.isInRange(ip("10.0.0.0/8")) && context.encrypted };
                """)
            .point();
    Question inside = from("10.1.2.3", true);

    assertThat(ask(point, inside)).isInstanceOf(Answer.Permit.class);
    assertThat(ask(point, from("11.1.2.3", true))).isInstanceOf(Answer.Forbid.class);
    assertThat(ask(point, from("10.1.2.3", false))).isInstanceOf(Answer.Forbid.class);
    assertThat(ask(point, from("2001:db8::1", true))).isInstanceOf(Answer.Forbid.class);
    assertThat(point.decide(inside)).isInstanceOf(Answer.Permit.class);
  }

  @Test
  void reads_a_context_that_is_used_as_a_whole() {
    CedarPoint point =
        new Policies(
                folder,
                """
                permit (principal, action, resource)
                when { {c: context}.c.source == ip("10.1.2.3") };
                """)
            .point();

    assertThat(ask(point, from("10.1.2.3", true))).isInstanceOf(Answer.Permit.class);
    assertThat(ask(point, from("10.1.2.4", true))).isInstanceOf(Answer.Forbid.class);
    assertThat(point.status().answers()).isZero();
  }

  @Test
  void follows_what_lies_below_what() {
    Policies policies =
        new Policies(
            folder,
            """
            @id("below") permit (principal is User, action, resource)
            when { resource is shop::order && resource has account &&
              resource.account has owner && resource.account.owner == principal.subject };
            @id("named") permit (principal, action, resource in shop::account::"a1")
            when { principal in Role::"auditor" };
            """);
    CedarPoint point = policies.point();
    Question carol = question(user("carol", "t1"), "getOrder", order("alice"));

    assertThat(ask(point, carol)).isInstanceOf(Answer.Forbid.class);
    Relations.Key account = new Relations.Key("shop", "account", "a1");
    Relations.Relation hers = new Relations.Relation("carol", "t1", Map.of());
    policies.relations.learn(account, hers);
    assertThat(ask(point, carol)).isInstanceOf(Answer.Permit.class);
    policies.relations.replace(account, hers, new Relations.Relation("dave", "t1", Map.of()));
    assertThat(ask(point, carol)).isInstanceOf(Answer.Forbid.class);
    assertThat(ask(point, question(user("sam", "t1", "auditor"), "getOrder", order("alice"))))
        .isInstanceOf(Answer.Permit.class);
  }

  @Test
  void knows_groups_within_groups_and_claims() {
    CedarPoint point =
        new Policies(
                folder,
                """
                @id("group") permit (principal in Group::"all-staff", action == shop::Action::"getOrder", resource);
                @id("claim") permit (principal is User, action == shop::Action::"updateOrder", resource)
                when { principal.claims has level && principal.claims.level >= 3 };
                """)
            .groups("groups")
            .claim(
                "level",
                new CedarSettings.Claim(List.of("hr", "level"), CedarSettings.Claim.Kind.NUMBER))
            .entities(
                """
                [{"uid": {"type": "Group", "id": "berlin"}, "attrs": {}, "parents": [{"type": "Group", "id": "europe"}]},
                 {"uid": {"type": "Group", "id": "europe"}, "attrs": {}, "parents": [{"type": "Group", "id": "all-staff"}]}]
                """)
            .point();

    assertThat(claimed(point, "getOrder", Map.of("groups", List.of("berlin")))).isTrue();
    assertThat(claimed(point, "getOrder", Map.of("groups", List.of("paris")))).isFalse();
    assertThat(claimed(point, "updateOrder", Map.of("hr", Map.of("level", 3L)))).isTrue();
    assertThat(claimed(point, "updateOrder", Map.of("hr", Map.of("level", 2L)))).isFalse();
    assertThat(claimed(point, "updateOrder", Map.of("hr", Map.of("level", "3")))).isFalse();
    assertThat(claimed(point, "updateOrder", Map.of("level", 3L))).isFalse();
  }

  @Test
  void keeps_users_of_two_issuers_apart() {
    CedarPoint point =
        new Policies(folder, "permit (principal == User::\"corp/alice\", action, resource);")
            .point();
    Principal other =
        new Principal("partner", "alice", "t1", null, Set.of(), Set.of(), Map.of(), List.of());

    assertThat(ask(point, question(user("alice", "t1"), "getOrder", order("x"))))
        .isInstanceOf(Answer.Permit.class);
    assertThat(ask(point, question(other, "getOrder", order("x"))))
        .isInstanceOf(Answer.Forbid.class);
  }

  @Test
  void fills_templates() {
    CedarPoint point =
        new Policies(
                folder,
                """
                @id("share") permit (principal == ?principal, action in shop::Action::"reads", resource in ?resource);
                """)
            .link(
                new CedarSettings.Link(
                    "share", "share-1", "User::\"corp/anna\"", "shop::account::\"a1\""))
            .point();

    assertThat(
            ask(point, question(user("anna", "t1"), "getOrder", order("x"))).grounds().policies())
        .containsExactly("share-1");
    assertThat(ask(point, question(user("anna", "t1"), "updateOrder", order("x"))))
        .isInstanceOf(Answer.Forbid.class);
    assertThat(ask(point, question(user("bert", "t1"), "getOrder", order("x"))))
        .isInstanceOf(Answer.Forbid.class);
  }

  @Test
  void knows_which_operations_only_read() {
    CedarPoint point =
        new Policies(
                folder,
                """
                permit (principal, action, resource);
                forbid (principal, action in shop::Action::"writes", resource)
                unless { principal in Role::"clerk" };
                """)
            .point();

    assertThat(ask(point, question(user("sam", "t1"), "getOrder", order("x"))))
        .isInstanceOf(Answer.Permit.class);
    assertThat(ask(point, question(user("sam", "t1"), "deleteOrder", order("x"))))
        .isInstanceOf(Answer.Forbid.class);
    assertThat(ask(point, question(user("sam", "t1", "clerk"), "deleteOrder", order("x"))))
        .isInstanceOf(Answer.Permit.class);
  }

  @Test
  void tells_where_other_policies_differ_and_never_enforces_them() {
    CedarPoint point =
        new Policies(folder, "@id(\"all\") permit (principal, action, resource);")
            .next(
                "@id(\"some\") permit (principal, action == shop::Action::\"getOrder\", resource);")
            .point();

    Answer same = ask(point, question(user("sam", "t1"), "getOrder", order("x")));
    Answer differs = ask(point, question(user("sam", "t1"), "deleteOrder", order("x")));

    assertThat(same.grounds().next()).isNull();
    assertThat(differs).isInstanceOf(Answer.Permit.class);
    assertThat(Objects.requireNonNull(differs.grounds().next()).says()).isEqualTo("forbid");
    assertThat(differs.grounds().policies()).containsExactly("all");
    assertThat(differs.grounds().next())
        .extracting(Grounds.Other::digest)
        .isEqualTo(point.status().next());
  }

  @Test
  void puts_changed_policies_in_force_at_once_and_keeps_the_old_ones_where_they_are_broken() {
    Policies policies = new Policies(folder, "permit (principal, action, resource);");
    CedarPoint point = policies.point();
    PolicyWatch watch = PolicyWatch.idle(point);
    Question question = question(user("sam", "t1"), "getOrder", order("x"));
    assertThat(ask(point, question)).isInstanceOf(Answer.Permit.class);

    policies.write("shop.cedar", "permit (principal, action, resource");
    watch.look();
    watch.look();
    assertThat(watch.refused()).isEqualTo(1);
    assertThat(ask(point, question)).isInstanceOf(Answer.Permit.class);

    policies.write("shop.cedar", "forbid (principal, action, resource);");
    watch.look();
    assertThat(ask(point, question)).isInstanceOf(Answer.Permit.class);
    watch.look();
    assertThat(watch.reloaded()).isEqualTo(1);
    assertThat(ask(point, question)).isInstanceOf(Answer.Forbid.class);
    watch.close();
  }

  @Test
  void changes_nothing_where_files_are_only_touched() {
    CedarPoint point = new Policies(folder, "permit (principal, action, resource);").point();
    String digest = point.status().digest();

    assertThat(point.reload()).isFalse();
    assertThat(point.status().digest()).isEqualTo(digest).hasSize(16);
  }

  @Test
  void loads_nothing_of_what_is_wrong_in_part() {
    Policies policies = new Policies(folder, "permit (principal, action, resource);");
    policies.write("more.cedar", "permit (principal, action == Action::\"no\", resource);");

    assertThatThrownBy(policies::point).isInstanceOf(ProblemsException.class);
  }

  private boolean at(CedarPoint point, String instant, String zone) {
    Question usual = question(user("sam", "t1"), "getOrder", order("x"));
    Environment here = usual.environment();
    return ask(
            point,
            new Question(
                usual.caller(),
                usual.action(),
                usual.resource(),
                new Environment(
                    here.api(),
                    here.method(),
                    Instant.parse(instant),
                    ZoneId.of(zone),
                    here.source(),
                    here.encrypted())))
        instanceof Answer.Permit;
  }

  private static Question from(String address, boolean encrypted) {
    Question usual = question(user("sam", "t1"), "getOrder", order("x"));
    Environment here = usual.environment();
    return new Question(
        usual.caller(),
        usual.action(),
        usual.resource(),
        new Environment(
            here.api(),
            here.method(),
            here.at(),
            here.zone(),
            Objects.requireNonNull(Ip.parse(address)),
            encrypted));
  }

  private boolean claimed(CedarPoint point, String action, Map<String, Object> claims) {
    Principal caller =
        new Principal("corp", "sam", "t1", null, Set.of(), Set.of(), claims, List.of());
    return ask(point, question(caller, action, order("x"))) instanceof Answer.Permit;
  }
}

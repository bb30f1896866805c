package dev.gatewarden.gateway.decisionpoint.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewarden.core.address.Ip;
import dev.gatewarden.core.decision.WouldWait;
import dev.gatewarden.core.identity.Principal;
import dev.gatewarden.core.policy.DecisionPoint.Answer;
import dev.gatewarden.core.policy.Question;
import dev.gatewarden.gateway.decisionpoint.remote.RemoteSettings.Kind;
import dev.gatewarden.gateway.decisionpoint.remote.Twin.Told;
import dev.gatewarden.testkit.FakeClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is sent to each kind of decision point, what its answers mean, and what holds when there is
/// none.
class RemotePointTest {
  private static final Told YES = Told.json(Map.of("decision", true));
  private Twin twin;

  @BeforeEach
  void start() throws Exception {
    twin = new Twin(_ -> YES);
  }

  @AfterEach
  void stop() {
    twin.close();
  }

  private static Question question(String subject, String action) {
    return question(
        new Principal(
            "corp", subject, "t1", "web", Set.of("a"), Set.of("r"), Map.of("x", 1L), List.of()),
        action);
  }

  private static Question question(Principal caller, String action) {
    return new Question(
        caller,
        action,
        new Question.Resource.Api("shop"),
        new Question.Environment(
            "shop",
            "GET",
            Instant.parse("2026-07-01T07:30:00Z"),
            ZoneOffset.UTC,
            Objects.requireNonNull(Ip.parse("192.0.2.1")),
            true));
  }

  private Answer ask(RemotePoint point, Question question) {
    return new Waiting(point).decide(question);
  }

  private Answer ask(Kind kind, String subject, String action) {
    return ask(Points.of(kind, twin.uri()), question(subject, action));
  }

  @Test
  void asks_openfga_whether_a_user_has_the_relation() {
    twin.answers = _ -> Told.json(Map.of("allowed", true, "resolution", ""));

    assertThat(ask(Kind.OPENFGA, "alice", "getOrder")).isInstanceOf(Answer.Permit.class);

    Twin.Asked asked = twin.asked().getFirst();
    assertThat(asked.path()).isEqualTo("/stores/01HSTORE/check");
    assertThat(asked.authorization()).isEqualTo("Bearer the gate's own");
    assertThat(asked.at("tuple_key"))
        .isEqualTo(Map.of("user", "user:alice", "relation", "viewer", "object", "api:shop"));
    assertThat(asked.body()).containsEntry("authorization_model_id", "01HMODEL");
    twin.answers = _ -> Told.json(Map.of("allowed", false));
    assertThat(ask(Kind.OPENFGA, "alice", "updateOrder")).isInstanceOf(Answer.Forbid.class);
  }

  @Test
  void asks_spicedb_consistently() {
    twin.answers = _ -> Told.json(Map.of("permissionship", "PERMISSIONSHIP_HAS_PERMISSION"));

    assertThat(ask(Kind.SPICEDB, "alice", "getOrder")).isInstanceOf(Answer.Permit.class);

    Twin.Asked asked = twin.asked().getFirst();
    assertThat(asked.path()).isEqualTo("/v1/permissions/check");
    assertThat(asked.at("consistency")).isEqualTo(Map.of("fullyConsistent", true));
    assertThat(asked.at("resource")).isEqualTo(Map.of("objectType", "api", "objectId", "shop"));
    assertThat(asked.at("subject", "object"))
        .isEqualTo(Map.of("objectType", "user", "objectId", "alice"));
    assertThat(asked.body()).containsEntry("permission", "viewer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PERMISSIONSHIP_NO_PERMISSION",
        "PERMISSIONSHIP_CONDITIONAL_PERMISSION",
        "PERMISSIONSHIP_UNSPECIFIED"
      })
  void takes_what_spicedb_is_not_sure_of_for_a_no(String says) {
    twin.answers = _ -> Told.json(Map.of("permissionship", says));

    assertThat(ask(Kind.SPICEDB, "alice", "getOrder")).isInstanceOf(Answer.Forbid.class);
  }

  @Test
  void asks_topaz_for_the_module_of_the_operation() {
    twin.answers =
        _ -> Told.json(Map.of("decisions", List.of(Map.of("decision", "allowed", "is", true))));

    assertThat(ask(Kind.TOPAZ, "alice", "getOrder")).isInstanceOf(Answer.Permit.class);

    Twin.Asked asked = twin.asked().getFirst();
    assertThat(asked.path()).isEqualTo("/api/v2/authz/is");
    assertThat(asked.at("identity_context"))
        .isEqualTo(Map.of("type", "IDENTITY_TYPE_SUB", "identity", "alice"));
    assertThat(asked.at("policy_context"))
        .isEqualTo(Map.of("path", "shop.getOrder", "decisions", List.of("allowed")));
    // what is false is left out, as protobuf does
    twin.answers = _ -> Told.json(Map.of("decisions", List.of(Map.of("decision", "allowed"))));
    assertThat(ask(Kind.TOPAZ, "alice", "other")).isInstanceOf(Answer.Forbid.class);
    twin.answers =
        _ -> Told.json(Map.of("decisions", List.of(Map.of("decision", "visible", "is", true))));
    assertThat(ask(Kind.TOPAZ, "alice", "third")).isInstanceOf(Answer.Failed.class);
  }

  @Test
  void records_what_opa_says_it_rests_on() {
    twin.answers =
        _ ->
            Told.json(
                Map.of(
                    "result",
                    Map.of("allow", false, "policies", List.of("no-night"), "digest", "abc")));
    RemotePoint opa = Points.of(Kind.OPA, twin.uri().resolve("/v1/data/shop/allow"));

    Answer answer = ask(opa, question("alice", "getOrder"));

    assertThat(answer).isInstanceOf(Answer.Forbid.class);
    assertThat(answer.grounds().policies()).containsExactly("no-night");
    assertThat(answer.grounds().digest()).isEqualTo("abc");
    assertThat(twin.asked().getFirst().at("input", "context"))
        .containsEntry("time", "2026-07-01T07:30:00Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "team#member", "user:bob", "a b", "bob@corp", "", "a\nb"})
  void asks_about_nobody_else_than_who_was_proved(String subject) {
    twin.answers =
        _ -> Told.json(Map.of("allowed", true, "permissionship", "PERMISSIONSHIP_HAS_PERMISSION"));

    assertThat(ask(Kind.OPENFGA, subject, "getOrder")).isInstanceOf(Answer.Forbid.class);
    assertThat(ask(Kind.SPICEDB, subject, "getOrder")).isInstanceOf(Answer.Forbid.class);
    assertThat(twin.asked()).isEmpty();
  }

  @Test
  void has_no_relations_for_a_caller_who_proved_nothing() {
    Question nobody = question(Principal.NOBODY, "getOrder");

    assertThat(ask(Points.of(Kind.OPENFGA, twin.uri()), nobody)).isInstanceOf(Answer.Forbid.class);
    assertThat(ask(Points.of(Kind.SPICEDB, twin.uri()), nobody)).isInstanceOf(Answer.Forbid.class);
    assertThat(ask(Points.of(Kind.AUTHZEN, twin.uri()), nobody)).isInstanceOf(Answer.Permit.class);
    assertThat(twin.asked().getFirst().at("subject")).containsEntry("type", "anonymous");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void takes_nothing_but_a_plain_yes_for_one(Kind kind) {
    List<Told> odd = new ArrayList<>();
    odd.add(Told.json(Map.of("decision", "true", "allowed", 1L, "permissionship", true)));
    odd.add(new Told(200, "[true]"));
    odd.add(new Told(200, "true"));
    odd.add(new Told(200, ""));
    odd.add(
        new Told(
            200,
            "{\"decision\":true,\"decision\":false,\"allowed\":true,\"allowed\":false,\"permissionship\":\"\",\"permissionship\":\"x\",\"result\":true,\"result\":false}"));
    odd.add(new Told(302, "{\"decision\":true}"));
    odd.add(new Told(201, "{\"decision\":true}"));
    odd.add(new Told(403, "{\"decision\":true}"));
    odd.add(new Told(500, "{\"decision\":true}"));
    odd.add(new Told(200, "{\"decision\":true" + " ".repeat(70_000) + "}"));
    odd.add(Told.json(Map.of("result", "yes")));
    odd.add(Told.json(Map.of("result", Map.of("allow", "yes"))));
    for (Told told : odd) {
      twin.answers = _ -> told;

      assertThat(ask(kind, "alice", "getOrder"))
          .as("%s", told)
          .isNotInstanceOf(Answer.Permit.class);
    }
  }

  @Test
  void gives_up_at_its_deadline() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    twin.answers =
        _ -> {
          try {
            never.await();
          } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
          }
          return YES;
        };
    RemoteSettings quick = with(Duration.ofSeconds(1), Duration.ZERO);

    Answer answer = ask(Points.at(quick, new FakeClock()), question("alice", "getOrder"));

    never.countDown();
    assertThat(answer).isInstanceOf(Answer.Failed.class);
    assertThat(((Answer.Failed) answer).why()).contains("does not answer in time");
  }

  private RemoteSettings with(Duration deadline, Duration cache) {
    RemoteSettings usual = Points.settings(Kind.AUTHZEN, twin.uri());
    return new RemoteSettings(
        "them", Kind.AUTHZEN, usual.url(), null, deadline, cache, "", "", "", Map.of(), false, 50);
  }

  @Test
  void keeps_an_answer_for_the_same_question_as_long_as_it_may() {
    FakeClock clock = new FakeClock();
    RemotePoint point = Points.at(with(Duration.ofSeconds(5), Duration.ofSeconds(1)), clock);
    ask(point, question("alice", "getOrder"));

    assertThat(point.decide(question("alice", "getOrder"))).isInstanceOf(Answer.Permit.class);
    assertThat(twin.asked()).hasSize(1);
    ask(point, question("bob", "getOrder"));
    ask(point, question("alice", "updateOrder"));
    assertThat(twin.asked()).hasSize(3);

    clock.advance(Duration.ofSeconds(1));
    twin.answers = _ -> Told.json(Map.of("decision", false));
    assertThatThrownBy(() -> point.decide(question("alice", "getOrder")))
        .isSameAs(WouldWait.INSTANCE);
    assertThat(ask(point, question("alice", "getOrder"))).isInstanceOf(Answer.Forbid.class);
  }

  @Test
  void keeps_no_answer_that_did_not_come() {
    RemotePoint point =
        Points.at(with(Duration.ofSeconds(5), Duration.ofSeconds(60)), new FakeClock());
    twin.answers = _ -> new Told(503, "");
    assertThat(ask(point, question("alice", "getOrder"))).isInstanceOf(Answer.Failed.class);

    twin.answers = _ -> YES;
    assertThat(ask(point, question("alice", "getOrder"))).isInstanceOf(Answer.Permit.class);
  }

  @Test
  void leaves_a_point_alone_that_keeps_failing() {
    FakeClock clock = new FakeClock();
    RemotePoint point = Points.at(with(Duration.ofSeconds(5), Duration.ZERO), clock);
    twin.answers = _ -> new Told(500, "");
    for (int i = 0; i < 20; i++) {
      assertThat(ask(point, question("alice", "getOrder"))).isInstanceOf(Answer.Failed.class);
    }
    assertThat(twin.asked()).hasSizeLessThan(10);

    twin.answers = _ -> YES;
    clock.advance(Duration.ofMinutes(1));
    assertThat(ask(point, question("alice", "getOrder"))).isInstanceOf(Answer.Permit.class);
  }

  @Test
  void tells_users_of_two_issuers_apart_where_it_is_told_to() {
    twin.answers = _ -> Told.json(Map.of("allowed", true));
    RemoteSettings usual = Points.settings(Kind.OPENFGA, twin.uri());
    RemoteSettings both =
        new RemoteSettings(
            usual.name(),
            usual.kind(),
            usual.url(),
            null,
            usual.deadline(),
            usual.cache(),
            usual.store(),
            "",
            "",
            Map.of(),
            true,
            50);

    ask(Points.at(both, new FakeClock()), question("alice", "getOrder"));

    assertThat(twin.asked().getFirst().at("tuple_key"))
        .containsEntry("user", "user:corp/alice")
        .containsEntry("relation", "getOrder");
    assertThat(twin.asked().getFirst().authorization()).isEqualTo("null");
  }

  @Test
  void asks_nobody_in_the_clear() {
    assertThatThrownBy(() -> Points.of(Kind.AUTHZEN, URI.create("http://pdp.example")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

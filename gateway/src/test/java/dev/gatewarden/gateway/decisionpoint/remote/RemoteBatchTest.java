package dev.gatewarden.gateway.decisionpoint.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewarden.core.address.Ip;
import dev.gatewarden.core.decision.WouldWait;
import dev.gatewarden.core.identity.Principal;
import dev.gatewarden.core.policy.DecisionPoint.Answer;
import dev.gatewarden.core.policy.Question;
import dev.gatewarden.gateway.decisionpoint.remote.RemoteSettings.Kind;
import dev.gatewarden.gateway.decisionpoint.remote.Twin.Asked;
import dev.gatewarden.gateway.decisionpoint.remote.Twin.Told;
import dev.gatewarden.testkit.FakeClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Several questions in one call, and what is made of answers that are not about them. The twin
/// answers as the documentation of each kind says; it is not the product.
class RemoteBatchTest {
  private final FakeClock clock = new FakeClock();
  private Twin twin;

  @BeforeEach
  void start() throws Exception {
    twin = new Twin(RemoteBatchTest::honest);
  }

  @AfterEach
  void stop() {
    twin.close();
  }

  private static Question question(String api) {
    return new Question(
        new Principal("corp", "alice", "t1", "web", Set.of("a"), Set.of("r"), Map.of(), List.of()),
        "getOrder",
        new Question.Resource.Api(api),
        new Question.Environment(
            "shop",
            "GET",
            Instant.parse("2026-07-01T07:30:00Z"),
            ZoneOffset.UTC,
            Objects.requireNonNull(Ip.parse("192.0.2.1")),
            true));
  }

  private static List<Question> questions(String... apis) {
    List<Question> all = new ArrayList<>();
    for (String api : apis) {
      all.add(question(api));
    }
    return all;
  }

  private RemotePoint point(Kind kind, int batch, Duration cache) {
    RemoteSettings usual = Points.settings(kind, twin.uri());
    return Points.at(
        new RemoteSettings(
            usual.name(),
            kind,
            usual.url(),
            usual.token(),
            usual.deadline(),
            cache,
            usual.store(),
            usual.model(),
            usual.policy(),
            usual.relations(),
            false,
            batch),
        clock);
  }

  private static List<Answer> ask(RemotePoint point, List<Question> questions) {
    CompletableFuture<List<Answer>> answers = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                answers.complete(point.decide(questions));
              } catch (RuntimeException fault) {
                answers.completeExceptionally(fault);
              }
            });
    return answers.join();
  }

  /// What is called something with `yes` is permitted, whatever it is.
  private static Told honest(Asked asked) {
    return switch (asked.path()) {
      case "/access/v1/evaluation" ->
          Told.json(Map.of("decision", asked.at("resource").get("id").toString().contains("yes")));
      case "/access/v1/evaluations" ->
          Told.json(
              Map.of(
                  "evaluations",
                  items(asked, "evaluations").stream()
                      .map(each -> Map.of("decision", says(each.get("resource"))))
                      .toList()));
      case "/stores/01HSTORE/batch-check" -> {
        Map<String, Object> result = new LinkedHashMap<>();
        items(asked, "checks")
            .reversed()
            .forEach(
                each ->
                    result.put(
                        String.valueOf(each.get("correlation_id")),
                        Map.of("allowed", says(each.get("tuple_key")))));
        yield Told.json(Map.of("result", result));
      }
      case "/v1/permissions/checkbulk" ->
          Told.json(
              Map.of(
                  "checkedAt",
                  Map.of("token", "x"),
                  "pairs",
                  items(asked, "items").stream().map(RemoteBatchTest::pair).toList()));
      default -> new Told(404, "");
    };
  }

  private static Map<String, Object> pair(Map<String, Object> item) {
    Map<String, Object> request = new LinkedHashMap<>(item);
    Map<String, Object> subject = new LinkedHashMap<>();
    subject.put("object", ((Map<?, ?>) item.get("subject")).get("object"));
    // as the HTTP gateway writes what is empty
    subject.put("optionalRelation", "");
    request.put("subject", subject);
    return Map.of(
        "request",
        request,
        "item",
        Map.of(
            "permissionship",
            says(item.get("resource"))
                ? "PERMISSIONSHIP_HAS_PERMISSION"
                : "PERMISSIONSHIP_NO_PERMISSION"));
  }

  private static boolean says(Object resource) {
    return resource.toString().contains("yes");
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> items(Asked asked, String name) {
    return (List<Map<String, Object>>) (List<?>) asked.body().get(name);
  }

  @ParameterizedTest
  @EnumSource(names = {"AUTHZEN", "OPENFGA", "SPICEDB"})
  void asks_several_questions_in_one_call(Kind kind) {
    RemotePoint point = point(kind, 50, Duration.ofSeconds(1));

    List<Answer> answers = ask(point, questions("yes-1", "no", "yes-2"));

    assertThat(answers)
        .extracting(each -> each instanceof Answer.Permit)
        .containsExactly(true, false, true);
    assertThat(answers.get(1)).isInstanceOf(Answer.Forbid.class);
    assertThat(twin.asked()).hasSize(1);
    assertThat(twin.asked().getFirst().authorization()).isEqualTo("Bearer the gate's own");
    // each is known by itself, so that nobody is asked about it again
    assertThat(point.decide(question("yes-2"))).isInstanceOf(Answer.Permit.class);
    assertThat(ask(point, questions("no", "yes-1", "another"))).hasSize(3);
    assertThat(twin.asked()).hasSize(2);
  }

  @Test
  void says_what_questions_have_in_common_once() {
    ask(point(Kind.AUTHZEN, 50, Duration.ZERO), questions("a", "b"));

    Asked asked = twin.asked().getFirst();
    assertThat(asked.at("subject")).containsEntry("id", "alice");
    assertThat(asked.at("context")).containsEntry("time", "2026-07-01T07:30:00Z");
    assertThat(asked.at("options")).containsEntry("evaluations_semantic", "execute_all");
    assertThat(items(asked, "evaluations"))
        .allMatch(each -> each.keySet().equals(Set.of("resource")));
  }

  @ParameterizedTest
  @EnumSource(names = {"AUTHZEN", "OPENFGA", "SPICEDB"})
  void asks_no_more_in_one_call_than_it_may(Kind kind) {
    List<Answer> answers =
        ask(point(kind, 2, Duration.ZERO), questions("yes-1", "yes-2", "no", "yes-3", "no-2"));

    assertThat(answers)
        .extracting(each -> each instanceof Answer.Permit)
        .containsExactly(true, true, false, true, false);
    assertThat(twin.asked()).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource(names = {"AUTHZEN", "OPENFGA", "SPICEDB"})
  void takes_an_answer_that_is_not_about_each_question_for_none(Kind kind) {
    List<Told> odd = new ArrayList<>();
    for (String list : List.of("evaluations", "pairs")) {
      Object yes =
          list.equals("pairs")
              ? Map.of("item", Map.of("permissionship", "PERMISSIONSHIP_HAS_PERMISSION"))
              : Map.of("decision", true);
      odd.add(Told.json(Map.of(list, List.of(yes))));
      odd.add(Told.json(Map.of(list, List.of(yes, yes, yes))));
      odd.add(Told.json(Map.of(list, List.of())));
      odd.add(Told.json(Map.of(list, yes)));
    }
    odd.add(Told.json(Map.of("evaluations", List.of(true, true))));
    odd.add(Told.json(Map.of("evaluations", List.of(Map.of("decision", "true"), Map.of()))));
    Map<String, Object> allowed = Map.of("allowed", true);
    odd.add(Told.json(Map.of("result", Map.of("0", allowed))));
    odd.add(Told.json(Map.of("result", Map.of("0", allowed, "2", allowed))));
    odd.add(Told.json(Map.of("result", Map.of("0", allowed, "1", allowed, "2", allowed))));
    odd.add(Told.json(Map.of("result", List.of(allowed, allowed))));
    odd.add(Told.json(Map.of("decision", true, "allowed", true)));
    odd.add(
        new Told(
            200, "{\"evaluations\":[],\"evaluations\":[{\"decision\":true},{\"decision\":true}]}"));
    odd.add(new Told(500, "{\"evaluations\":[{\"decision\":true},{\"decision\":true}]}"));
    for (Told told : odd) {
      twin.answers = _ -> told;

      assertThat(ask(point(kind, 50, Duration.ZERO), questions("yes-1", "yes-2")))
          .as("%s", told)
          .hasSize(2)
          .noneMatch(each -> each instanceof Answer.Permit);
    }
  }

  @Test
  void sees_that_answers_of_spicedb_came_in_another_order() {
    twin.answers =
        asked -> {
          List<Object> pairs = new ArrayList<>();
          items(asked, "items").forEach(each -> pairs.add(pair(each)));
          Collections.reverse(pairs);
          return Told.json(Map.of("pairs", pairs));
        };

    assertThat(ask(point(Kind.SPICEDB, 50, Duration.ZERO), questions("yes", "no")))
        .allMatch(each -> each instanceof Answer.Failed);
  }

  @Test
  void fails_for_the_one_check_that_openfga_could_not_make() {
    twin.answers =
        _ ->
            Told.json(
                Map.of(
                    "result",
                    Map.of(
                        "0",
                        Map.of("allowed", true),
                        "1",
                        Map.of("allowed", true, "error", Map.of("message", "no such type")))));

    List<Answer> answers = ask(point(Kind.OPENFGA, 50, Duration.ZERO), questions("yes-1", "yes-2"));

    assertThat(answers.get(0)).isInstanceOf(Answer.Permit.class);
    assertThat(answers.get(1)).isInstanceOf(Answer.Failed.class);
  }

  @Test
  void asks_about_nobody_else_in_company_either() {
    List<Answer> answers =
        ask(point(Kind.OPENFGA, 50, Duration.ZERO), questions("yes-1", "yes:2", "yes-3"));

    assertThat(answers)
        .extracting(each -> each instanceof Answer.Permit)
        .containsExactly(true, false, true);
    assertThat(items(twin.asked().getFirst(), "checks")).hasSize(2);
  }

  @Test
  void asks_one_after_another_who_has_no_such_call_and_tries_again_later() {
    twin.answers = asked -> asked.path().endsWith("s") ? new Told(404, "") : honest(asked);
    RemotePoint point = point(Kind.AUTHZEN, 50, Duration.ZERO);

    assertThat(ask(point, questions("yes", "no")).getFirst()).isInstanceOf(Answer.Permit.class);
    assertThat(twin.asked()).hasSize(3);
    assertThat(ask(point, questions("yes", "no")).getFirst()).isInstanceOf(Answer.Permit.class);
    assertThat(twin.asked()).hasSize(5);
    clock.advance(Duration.ofMinutes(2));
    twin.answers = RemoteBatchTest::honest;
    ask(point, questions("yes", "no"));
    assertThat(twin.asked()).hasSize(6);
  }

  @Test
  void waits_on_no_event_loop() {
    RemotePoint point = point(Kind.AUTHZEN, 50, Duration.ofSeconds(1));

    assertThatThrownBy(() -> point.decide(questions("yes", "no"))).isSameAs(WouldWait.INSTANCE);
    ask(point, questions("yes", "no"));
    assertThat(point.decide(questions("yes", "no"))).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(names = {"AUTHZEN", "OPENFGA", "SPICEDB"})
  void is_not_shut_out_by_what_a_caller_makes_a_point_refuse(Kind kind) {
    RemotePoint point = point(kind, 50, Duration.ZERO);
    twin.answers = _ -> new Told(400, "");
    for (int i = 0; i < 20; i++) {
      ask(point, questions("no-" + i, "no-0" + i));
    }
    assertThat(twin.asked()).hasSize(20);

    twin.answers = RemoteBatchTest::honest;
    assertThat(ask(point, questions("yes", "no")).getFirst()).isInstanceOf(Answer.Permit.class);
    twin.answers = _ -> new Told(429, "");
    for (int i = 0; i < 20; i++) {
      ask(point, questions("no-" + i, "no-0" + i));
    }
    assertThat(twin.asked()).hasSizeLessThan(30);
  }
}

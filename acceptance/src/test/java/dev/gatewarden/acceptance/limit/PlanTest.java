package dev.gatewarden.acceptance.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.testkit.Requirement;
import dev.gatewarden.testkit.Waiting;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What callers pay for, and what it costs.
class PlanTest {
  private static final String PLANS =
      """
      share-limit:
        plans:
          bulk: {when: {claim: /flags, is: [bulk]}, shares: {calls: {rate: 6/1h}}}
          free: {when: {claim: /plan, is: [free]}, shares: {calls: {rate: 2/1h}}}
          gold: {when: {claim: /plan, is: [gold]}, shares: {calls: {rate: 4/1h}}}
      """;

  @TempDir Path folder;

  @Test
  @Requirement(id = "LIM-4", without = "share-limit")
  void each_plan_has_its_own_share_and_an_unknown_one_the_strictest() throws Exception {
    try (Things things = Things.behind(folder, PLANS)) {
      assertThat(passed(things, "fay", Map.of("plan", "free"))).isEqualTo(2);
      assertThat(passed(things, "gus", Map.of("plan", "gold"))).isEqualTo(4);
      assertThat(passed(things, "una", Map.of("plan", "platinum"))).isEqualTo(2);
      assertThat(passed(things, "uwe", Map.of("plan", List.of("gold", Map.of())))).isEqualTo(4);
      assertThat(passed(things, "zoe", Map.of())).isEqualTo(2);
      assertThat(passed(things, "max", Map.of("plan", "free", "flags", List.of("bulk"))))
          .isEqualTo(6);
    }
  }

  @Test
  @Requirement(id = "LIM-4", without = "share-limit")
  void a_budget_is_spent_to_the_last_of_its_parts() throws Exception {
    String shares =
        "share-limit: {shares: {money: {budget: 0.30/day, price: {getReport: 0.1, makeReport:"
            + " 0.05}}}}";
    try (Things things = Things.behind(folder, shares)) {
      String alice = things.alice();
      assertThat(things.statuses(2, "GET", "/report", alice)).containsOnly(200);
      assertThat(things.statuses(2, "POST", "/report", alice)).containsOnly(200);
      HttpResponse<String> refused = things.get("/report", alice);
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.body()).contains("budget");
      assertThat(things.status("POST", "/report", alice)).isEqualTo(429);
    }
  }

  @Test
  @Requirement(id = "LIM-4", without = "share-limit")
  void what_the_service_tells_is_charged_and_the_caller_does_not_see_it() throws Exception {
    String shares = "share-limit: {shares: {q: {rate: 10/1h, cost-told-by: X-Query-Cost}}}";
    try (Things things = Things.behind(folder, shares)) {
      HttpResponse<String> dear = things.get("/report?cost=8.2", things.alice());
      assertThat(dear.statusCode()).isEqualTo(200);
      assertThat(dear.headers().firstValue("x-query-cost")).isEmpty();
      assertThat(things.statuses(2, "GET", "/report?cost=nonsense", things.alice()))
          .containsExactly(200, 429);
    }
  }

  @Test
  @Requirement(id = "LIM-4", without = "share-limit")
  void a_large_answer_is_paid_off_before_the_next_one() throws Exception {
    String shares = "share-limit: {shares: {bytes: {rate: 10/10s, cost-by-size: 1KiB}}}";
    try (Things things = Things.behind(folder, shares)) {
      assertThat(things.status("GET", "/report?bytes=30720", things.alice())).isEqualTo(200);
      HttpResponse<String> refused = things.get("/report", things.alice());
      assertThat(refused.statusCode()).isEqualTo(429);
      // One for the request and thirty for the answer, less ten that were there, and one more.
      assertThat(Things.header(refused, "retry-after")).isEqualTo("22");
      things.clock.advance(Duration.ofSeconds(21));
      assertThat(things.status("GET", "/report", things.alice())).isEqualTo(429);
      things.clock.advance(Duration.ofSeconds(1));
      assertThat(things.status("GET", "/report", things.alice())).isEqualTo(200);
    }
  }

  @Test
  @Requirement(id = "LIM-2", without = "share-limit")
  void callers_are_told_which_limits_there_are_and_which_is_the_tightest() throws Exception {
    String shares =
        "share-limit: {shares: {hourly: {rate: 100/1h}, daily: {quota: 5/day}}, plans: {acme:"
            + " {when: {tenants: [acme]}, shares: {own: {rate: 50/1h}}}}}";
    try (Things things = Things.behind(folder, shares)) {
      HttpResponse<String> passed = things.get("/report", things.alice());
      assertThat(Things.header(passed, "ratelimit")).startsWith("\"daily\";r=4;t=");
      assertThat(Things.header(passed, "ratelimit-policy"))
          .contains("\"hourly\";q=100;w=3600")
          .contains("\"daily\";q=5")
          .contains("\"caller\";q=600;w=60")
          .doesNotContain("acme")
          .doesNotContain("own");
      assertThat(Things.header(passed, "ratelimit-remaining")).isEqualTo("4");
      things.statuses(4, "GET", "/report", things.alice());
      HttpResponse<String> refused = things.get("/report", things.alice());
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(Things.header(refused, "ratelimit"))
          .isEqualTo("\"daily\";r=0;t=" + Things.header(refused, "retry-after"));
      Waiting.until(
          "the line names the share that is spent",
          () -> things.gate().decisions().contains("\"about\":[\"daily\"]"));
    }
  }

  @Test
  void a_limit_that_would_bound_nothing_is_told_with_its_place() {
    assertThatThrownBy(
            () ->
                Things.behind(
                        folder,
                        "share-limit: {shares: {q: {rate: 5/1h, cost: {getReports: 2}}}}\n"
                            + "distinct-objects: {within: 1h, types: {thng: 5}}")
                    .close())
        .isInstanceOf(ProblemsException.class)
        .hasMessageContaining("`getReports` is no operation")
        .hasMessageContaining("did you mean `getReport`?")
        .hasMessageContaining("`thng` is no type of objects")
        .hasMessageContaining("gatewarden.yaml:");
  }

  private static int passed(Things things, String who, Map<String, Object> claims)
      throws Exception {
    String token = Things.CORP.token(who, "", claims, List.of());
    int passed = 0;
    for (int i = 0; i < 8; i++) {
      passed += things.status("GET", "/report", token) == 200 ? 1 : 0;
    }
    return passed;
  }
}

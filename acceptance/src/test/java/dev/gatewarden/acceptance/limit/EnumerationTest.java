package dev.gatewarden.acceptance.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.testkit.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Somebody tries one id after the other.
class EnumerationTest {
  private static final String GUARDS = "distinct-objects: {within: 1h, each: 5}";

  @TempDir Path folder;

  @Test
  @Requirement(id = "LIM-3", without = "distinct-objects")
  void ids_that_are_tried_one_by_one_are_soon_not_answered_whatever_they_are() throws Exception {
    try (Things things = Things.behind(folder, GUARDS)) {
      List<Integer> told = new ArrayList<>();
      for (String id : List.of("x1", "b1", "a1", "x2", "b2", "x3", "b3", "a2", "a3")) {
        told.add(things.status("GET", "/things/" + id, things.alice()));
      }
      assertThat(told).containsExactly(404, 404, 200, 404, 404, 429, 429, 429, 429);
    }
  }

  @Test
  @Requirement(id = "LIM-3", without = "distinct-objects")
  void what_was_asked_for_before_costs_nothing_and_is_forgotten_in_time() throws Exception {
    try (Things things = Things.behind(folder, GUARDS)) {
      for (int i = 1; i <= 5; i++) {
        assertThat(things.statuses(3, "GET", "/things/a" + i, things.alice())).containsOnly(200);
      }
      assertThat(things.status("GET", "/things/a6", things.alice())).isEqualTo(429);
      assertThat(things.status("GET", "/things/a1", things.alice())).isEqualTo(200);
      assertThat(things.status("GET", "/things/b6", Things.CORP.token("bob"))).isEqualTo(200);
      things.clock.advance(Duration.ofMinutes(61));
      assertThat(things.status("GET", "/things/a6", things.alice())).isEqualTo(200);
    }
  }

  @Test
  @Requirement(id = "LIM-3", without = "distinct-objects")
  void a_batch_counts_each_of_its_items() throws Exception {
    try (Things things = Things.behind(folder, GUARDS)) {
      assertThat(pick(things, "a1", "a2", "a3", "a1")).isEqualTo(200);
      assertThat(pick(things, "a4", "a5", "a6")).isEqualTo(429);
      assertThat(pick(things, "a4", "a5")).isEqualTo(200);
      assertThat(pick(things, "a1", "a2", "a3", "a4", "a5")).isEqualTo(200);
      assertThat(things.status("GET", "/things/a6", things.alice())).isEqualTo(429);
    }
  }

  private static int pick(Things things, String... ids) throws Exception {
    StringBuilder body = new StringBuilder();
    for (String id : ids) {
      body.append(body.isEmpty() ? "[" : ",").append("{\"id\":\"").append(id).append("\"}");
    }
    return things
        .gate()
        .send("POST", "/picks", things.alice(), body.append(']').toString())
        .statusCode();
  }
}

package dev.gatewarden.gateway.conformity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.exchange.Detail;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Answers that keep their contract long and often enough earn its enforcement; nothing takes it
/// back, and nothing is learned silently.
class ConformityTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Budget BUDGET = new Budget(100, Duration.ofDays(1), 10_000);

  private static void judged(Track track, int good, int bad, Instant now) {
    for (int i = 0; i < bad; i++) {
      track.judged(true, now);
    }
    for (int i = 0; i < good; i++) {
      track.judged(false, now);
    }
  }

  @Test
  void promotes_an_operation_that_kept_its_contract_often_and_long_enough() {
    Track track = new Conformity().of("shop.getOrder", BUDGET);
    judged(track, 98, 1, NOON);
    assertThat(track.promoted()).isFalse();
    judged(track, 10, 0, NOON.plusSeconds(86_399));
    assertThat(track.promoted()).as("a second too early").isFalse();
    track.judged(false, NOON.plusSeconds(86_400));
    assertThat(track.promoted()).isTrue();
    assertThat(track.promotedAt()).isEqualTo(NOON.plusSeconds(86_400));
  }

  @Test
  void begins_anew_where_the_budget_is_spent() {
    Track track = new Conformity().of("shop.getOrder", BUDGET);
    judged(track, 97, 2, NOON);
    track.judged(false, NOON.plusSeconds(86_400));
    assertThat(track.promoted()).isFalse();
    assertThat(track.judged()).isZero();
    judged(track, 100, 1, NOON.plusSeconds(86_401));
    track.judged(false, NOON.plusSeconds(2 * 86_401));
    assertThat(track.promoted()).isTrue();
  }

  @Test
  void never_takes_enforcement_back() {
    Track track = new Conformity().of("shop.getOrder", BUDGET);
    judged(track, 100, 0, NOON);
    track.judged(false, NOON.plusSeconds(86_400));
    judged(track, 0, 1_000, NOON.plusSeconds(3 * 86_400));
    assertThat(track.promoted()).isTrue();
  }

  @Test
  void promotes_nothing_without_a_budget() {
    Track track = new Conformity().of("shop.getOrder", null);
    judged(track, 1_000, 0, NOON);
    track.judged(false, NOON.plusSeconds(900 * 86_400));
    assertThat(track.promoted()).isFalse();
  }

  @Test
  void outlives_a_restart() {
    Conformity before = new Conformity();
    Track track = before.of("shop.getOrder", BUDGET);
    judged(track, 99, 1, NOON);
    track.broke(List.of(new Fault("/lines/*/total", "#/x/type", "must be a number")), NOON);
    track.judged(false, NOON.plusSeconds(86_400));
    Conformity after = new Conformity();
    after.restore(before.text() + "track\tbroken line\nfault\t1\n\n");
    Track again = after.of("shop.getOrder", BUDGET);
    assertThat(again.promoted()).isTrue();
    assertThat(again.judged()).isEqualTo(101);
    assertThat(again.faults()).isEqualTo(track.faults());
    assertThat(after.text()).isEqualTo(before.text());
  }

  @Test
  void remembers_a_bounded_number_of_places() {
    Track track = new Conformity().of("shop.getOrder", BUDGET);
    for (int i = 0; i < 1_000; i++) {
      track.broke(List.of(new Fault("/" + i, "", "")), NOON);
    }
    assertThat(track.faults()).hasSize(Track.MOST_FAULTS);
  }

  @Test
  void keeps_no_name_that_may_be_a_value() {
    Set<String> declared = Set.of("users", "total");
    assertThat(
            FaultReader.of(
                List.of(
                    new Detail("/users/alice@example.com/7/total", "#/k", "must be a number"),
                    new Detail("/users/bob@example.com/8/total", "#/k", "must be a number")),
                declared))
        .containsExactly(new Fault("/users/*/*/total", "#/k", "must be a number"));
    assertThat(FaultReader.undeclared("/users/3/passwordHash", declared).at())
        .isEqualTo("/users/*/passwordHash");
    assertThat(FaultReader.undeclared("/users/123e4567-e89b-12d3", declared).at())
        .isEqualTo("/users/*");
    assertThat(FaultReader.undeclared("/users/alice@example.com", declared).at())
        .isEqualTo("/users/*");
  }

  @Test
  void proposes_entries_that_can_be_pasted() {
    Conformity conformity = new Conformity();
    LocalDate today = LocalDate.parse("2026-03-01");
    assertThat(Proposals.of(conformity.all(), today)).startsWith("#").doesNotContain("exceptions:");
    Track track = conformity.of("shop.getOrder", BUDGET);
    judged(track, 1, 2, NOON);
    track.broke(List.of(new Fault("/lines/*/total", "#/x/type", "must be a number")), NOON);
    track.broke(List.of(new Fault("/lines/*/total", "#/x/type", "must be a number")), NOON);
    assertThat(Proposals.of(conformity.all(), today))
        .isEqualTo(
            """
            exceptions:
            # shop.getOrder: 2 of 3 answers broke the contract
            #   /lines/*/total must be a number (#/x/type), 2 times, last on 2026-03-01
            - {guard: response-schema, operation: shop.getOrder, mode: observe, because: "answers break the contract at 1 place", owner: TEAM, until: 2026-03-31}
            """);
  }
}

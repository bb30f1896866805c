package dev.gatewarden.platform.auditing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.DocumentReader;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.finding.Finding;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Spot;
import dev.gatewarden.core.finding.Subject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuppressionsTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 1, 1);

  @Test
  void refuses_a_day_that_is_more_than_a_year_away() {
    assertThat(read("{finding: open-list, operation: a, " + word("2027-01-01")).entries())
        .hasSize(1);
    assertThatThrownBy(() -> read("{finding: open-list, operation: a, " + word("2027-01-02")))
        .isInstanceOf(ProblemsException.class)
        .hasMessageContaining("more than a year away");
  }

  @Test
  void refuses_to_suppress_everything_that_a_rule_will_ever_find() {
    assertThatThrownBy(() -> read("{finding: open-list, " + word("2026-06-01")))
        .isInstanceOf(ProblemsException.class)
        .hasMessageContaining("name an `operation`, or the id");
    assertThat(read("{finding: open-list-0a1b2c3d, " + word("2026-06-01")).entries()).hasSize(1);
  }

  @Test
  void tells_of_a_suppression_that_meets_no_operation_any_more() {
    Suppressions gone = read("{finding: open-list, operation: gone, " + word("2026-06-01"));

    Suppressions.Split split = gone.split(List.of(found(Severity.LOW)), TODAY);

    assertThat(split.stale()).hasSize(1);
    assertThat(split.stale().getFirst().message())
        .isEqualTo("`open-list` in `gone` is not found any more");
    assertThat(split.left()).hasSize(1);
  }

  @Test
  void says_nothing_of_two_that_meet_the_same_finding() {
    Suppressions twice =
        read(
            "{finding: open-list, operation: a, "
                + word("2026-06-01")
                + ", {finding: open-list, operation: a, "
                + word("2026-07-01"));

    Suppressions.Split split = twice.split(List.of(found(Severity.LOW)), TODAY);

    assertThat(split.stale()).isEmpty();
    assertThat(split.left().getFirst().finding().operations()).containsExactly("b");
  }

  @Test
  void bounds_the_score_by_the_worst_that_was_found() {
    assertThat(Score.of(List.of(found(Severity.CRITICAL)), 1_000).value()).isEqualTo(49);
    assertThat(Score.of(List.of(found(Severity.HIGH)), 1_000).value()).isEqualTo(69);
    assertThat(Score.of(List.of(found(Severity.LOW)), 1_000).value()).isEqualTo(99);
    assertThat(Score.of(List.of(), 1_000).value()).isEqualTo(100);
  }

  /// What is answered for is found nevertheless.
  @Test
  void keeps_the_score_and_tells_what_is_left_by_what_is_left() {
    Audit audit =
        CorpusAuditTest.audit(
            Path.of("/shop.yaml"),
            """
            openapi: 3.1.0
            info: {title: Shop, version: '1'}
            security: [{token: []}]
            paths:
              /rates:
                get:
                  operationId: rates
                  responses: {'200': {description: ok}}
              /cards:
                get:
                  operationId: cards
                  security: []
                  responses:
                    '200':
                      description: ok
                      content:
                        application/json:
                          schema: {type: object, properties: {password: {type: string}}}
            components:
              securitySchemes:
                token: {type: http, scheme: bearer, bearerFormat: JWT}
            """
                .getBytes(StandardCharsets.UTF_8));
    Ranked worst =
        audit.findings().stream()
            .filter(each -> each.finding().operations().containsAll(List.of("rates", "cards")))
            .findFirst()
            .orElseThrow();
    Suppressions cards =
        read(
            "{finding: " + worst.finding().control() + ", operation: cards, " + word("2026-06-01"));

    Audit left = audit.showing(cards.split(List.of(worst), TODAY).left());

    assertThat(worst.risk().words()).contains("credentials");
    assertThat(left.findings()).hasSize(1);
    assertThat(left.findings().getFirst().risk().words()).doesNotContain("credentials");
    assertThat(left.findings().getFirst().risk().value()).isLessThan(worst.risk().value());
    assertThat(left.score()).isEqualTo(audit.score());
  }

  private static String word(String until) {
    return "owner: ada, because: known, until: " + until + "}";
  }

  private static Suppressions read(String entries) {
    return Suppressions.read(
        new DocumentReader(Bounds.DEFAULT)
            .read(
                new Place.Origin(URI.create("mem:/agreed.yaml"), "agreed.yaml"),
                ("suppressions: [" + entries + "]").getBytes(StandardCharsets.UTF_8)),
        TODAY);
  }

  private static Ranked found(Severity severity) {
    return Ranked.unweighed(
        new Finding(
            "open-list",
            severity,
            Threat.API4_RESOURCE_CONSUMPTION,
            770,
            "no bound",
            "a list has no end",
            List.of(new Spot(Subject.schema("Order"), null, List.of("a", "b"))),
            List.of()));
  }
}

package dev.gatewarden.platform.auditing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.DocumentReader;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.finding.Finding;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Spot;
import dev.gatewarden.core.finding.Subject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BaselineTest {

  @Test
  void tells_a_known_cause_at_an_operation_that_refers_to_the_same_schema_later() {
    Baseline baseline = Baseline.of(List.of(found(Severity.LOW, "listOrders")));

    List<Ranked> fresh = baseline.fresh(List.of(found(Severity.LOW, "listOrders", "openOrders")));

    assertThat(fresh).hasSize(1);
    assertThat(fresh.getFirst().finding().operations()).containsExactly("openOrders");
  }

  @Test
  void tells_a_known_cause_that_is_worse_now() {
    Baseline baseline = Baseline.of(List.of(found(Severity.LOW, "listOrders")));

    assertThat(baseline.fresh(List.of(found(Severity.HIGH, "listOrders")))).hasSize(1);
  }

  @Test
  void says_nothing_of_what_is_as_it_was_or_better() {
    Baseline baseline = Baseline.of(List.of(found(Severity.HIGH, "listOrders", "openOrders")));

    assertThat(baseline.fresh(List.of(found(Severity.HIGH, "listOrders", "openOrders")))).isEmpty();
    assertThat(baseline.fresh(List.of(found(Severity.LOW, "listOrders")))).isEmpty();
  }

  @Test
  void remembers_everything_a_schema_was_found_at_when_it_was_found_twice() {
    Baseline baseline =
        Baseline.of(List.of(found(Severity.LOW, "listOrders"), found(Severity.HIGH, "openOrders")));

    assertThat(baseline.fresh(List.of(found(Severity.HIGH, "listOrders", "openOrders")))).isEmpty();
  }

  @Test
  void reads_what_it_wrote() {
    Ranked found = found(Severity.LOW, "listOrders");

    Baseline read =
        Baseline.read(
            json(
                "{\"findings\": {\""
                    + found.finding().id()
                    + "\": {\"schema Order\": {\"severity\": \"low\", \"operations\":"
                    + " [\"listOrders\"]}}}}"));

    assertThat(read).isEqualTo(Baseline.of(List.of(found)));
  }

  @Test
  void refuses_a_baseline_that_does_not_say_how_bad_things_were() {
    assertThatThrownBy(
            () -> Baseline.read(json("{\"findings\": {\"open-list-1\": [\"schema Order\"]}}")))
        .isInstanceOf(ProblemsException.class)
        .hasMessageContaining("does not say how bad");
    assertThatThrownBy(
            () -> Baseline.read(json("{\"findings\": {\"a-1\": {\"schema Order\": {}}}}")))
        .isInstanceOf(ProblemsException.class)
        .hasMessageContaining("severity");
  }

  private static Ranked found(Severity severity, String... operations) {
    return Ranked.unweighed(
        new Finding(
            "open-list",
            severity,
            Threat.API4_RESOURCE_CONSUMPTION,
            770,
            "no bound",
            "a list has no end",
            List.of(new Spot(Subject.schema("Order"), null, List.of(operations))),
            List.of()));
  }

  private static Node json(String text) {
    return new DocumentReader(Bounds.DEFAULT)
        .read(
            new Place.Origin(URI.create("mem:/known.json"), "known.json"),
            text.getBytes(StandardCharsets.UTF_8));
  }
}

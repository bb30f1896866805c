package dev.gatewarden.demo.broken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Shows each fault of an API twice, as its story tells: switched on it is there, switched off it
/// is refused.
///
/// @param <F> what can be wrong with the API
abstract class FaultTable<F extends Enum<F> & Flaw> {

  private static final int COMBINATIONS = 40;

  private record Row<F>(F fault, String on, String off, Function<Visitor, String> shown) {}

  private final List<Row<F>> rows = new ArrayList<>();
  private final Class<F> kind;
  private final Promise promise;

  FaultTable(Specimen specimen, Class<F> kind) {
    this.kind = kind;
    this.promise = Promise.of(specimen);
  }

  abstract BrokenApi<F> api(Set<F> faults, Clock clock);

  /// Somebody who may call.
  abstract Visitor somebody(Visitor visitor);

  /// What somebody who means well does, and what comes of it.
  abstract void goodRequests(Visitor visitor);

  /// @param on what is seen when it is switched on
  /// @param off what is seen when it is not
  final void row(F fault, String on, String off, Function<Visitor, String> shown) {
    rows.add(new Row<>(fault, on, off, shown));
  }

  @TestFactory
  Stream<DynamicTest> shows_each_fault_that_is_switched_on() {
    return rows.stream()
        .map(
            row -> dynamicTest(row.fault().word(), () -> sees(EnumSet.of(row.fault()), row, true)));
  }

  @TestFactory
  Stream<DynamicTest> refuses_properly_when_all_is_repaired() {
    return rows.stream()
        .map(row -> dynamicTest(row.fault().word(), () -> sees(EnumSet.noneOf(kind), row, false)));
  }

  @Test
  void tells_how_to_show_every_fault() {
    assertThat(rows.stream().map(Row::fault)).containsExactlyInAnyOrder(kind.getEnumConstants());
  }

  @Test
  void serves_who_means_well_whatever_is_switched_on() throws IOException {
    Random random = new Random(6);
    for (int i = 0; i < COMBINATIONS; i++) {
      Set<F> faults = EnumSet.noneOf(kind);
      for (F fault : kind.getEnumConstants()) {
        if (i == 0 || random.nextBoolean()) {
          faults.add(fault);
        }
      }
      try (BrokenServer server = BrokenServer.start(0, api(faults, clock()))) {
        goodRequests(new Visitor(server, _ -> {}));
      }
    }
  }

  @Test
  void keeps_its_contract_when_all_is_repaired() throws IOException {
    try (BrokenServer server = BrokenServer.start(0, api(EnumSet.noneOf(kind), clock()))) {
      goodRequests(new Visitor(server, promise::keptBy));
      for (Row<F> row : rows) {
        server.api().reset();
        assertThat(row.shown().apply(new Visitor(server, promise::keptBy))).isEqualTo(row.off());
      }
    }
  }

  @Test
  void answers_odd_requests_as_promised_when_all_is_repaired() throws IOException {
    try (BrokenServer server = BrokenServer.start(0, api(EnumSet.noneOf(kind), clock()))) {
      Oddities.to(promise.operations(), somebody(new Visitor(server, promise::keptBy)));
    }
  }

  @Test
  void does_nothing_wrong_but_what_is_switched_on() throws IOException {
    for (F fault : kind.getEnumConstants()) {
      try (BrokenServer server = BrokenServer.start(0, api(EnumSet.of(fault), clock()))) {
        for (Row<F> row : rows) {
          server.api().reset();
          if (row.fault() != fault && !fault.alsoShows().contains(row.fault())) {
            assertThat(row.shown().apply(new Visitor(server, _ -> {})))
                .as("%s while %s is on", row.fault().word(), fault.word())
                .isNotEqualTo(row.on());
          }
        }
      }
    }
  }

  private static Clock clock() {
    return Clock.systemUTC();
  }

  private void sees(Set<F> faults, Row<F> row, boolean broken) throws IOException {
    try (BrokenServer server = BrokenServer.start(0, api(faults, clock()))) {
      assertThat(row.shown().apply(new Visitor(server, _ -> {})))
          .isEqualTo(broken ? row.on() : row.off());
    }
  }
}

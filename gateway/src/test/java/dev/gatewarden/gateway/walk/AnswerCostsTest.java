package dev.gatewarden.gateway.walk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.testkit.FakeClock;
import dev.gatewarden.testkit.cases.Lines;
import dev.gatewarden.testkit.ports.MemoryClaims;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerCostsTest {
  private final List<Long> charged = new ArrayList<>();
  private final Edit.ChargeAnswer edit =
      new Edit.ChargeAnswer(
          (sized, told, _) -> {
            charged.add(sized);
            charged.add(told);
            return List.of();
          },
          1024,
          "X-Cost");

  private void charge(Lines headers, long bytes) {
    AnswerCosts.of(List.of(edit), headers)
        .charge(bytes, FakeClock.START, new MemoryClaims(new FakeClock()));
  }

  /// What services say, and what it counts for: nobody is locked out, or let off, by nonsense.
  @ParameterizedTest
  @CsvSource({
    "7,7",
    "7.0,7",
    "7.01,8",
    "0.5,1",
    "' 12 ',12",
    "999999999999999999999,1000000000",
    "-5,0",
    "+5,0",
    "1e9,0",
    "NaN,0",
    ".5,0",
    "'5, 6',0",
    "٣,0"
  })
  void reads_what_a_service_tells(String said, long cost) {
    charge(new Lines(List.of()).and("x-cost", said), 0);
    assertThat(charged).isEqualTo(cost == 0 ? List.of() : List.of(0L, cost));
  }

  @Test
  void the_dearest_of_several_counts() {
    charge(new Lines(List.of()).and("x-cost", "2").and("X-Cost", "9"), 0);
    assertThat(charged).containsExactly(0L, 9L);
  }

  @Test
  void each_full_part_of_an_answer_counts() {
    charge(new Lines(List.of()), 1023);
    assertThat(charged).isEmpty();
    charge(new Lines(List.of()), 2048);
    assertThat(charged).containsExactly(2L, 0L);
  }
}

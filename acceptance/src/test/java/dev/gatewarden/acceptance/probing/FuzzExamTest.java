package dev.gatewarden.acceptance.probing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.demo.broken.Specimen;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The broken APIs with nothing broken keep to what their contracts say of each value.
class FuzzExamTest {
  @TempDir Path folder;

  record Round(Specimen specimen, int seed) {}

  static List<Round> rounds() {
    List<Round> all = new ArrayList<>();
    for (Specimen each : Specimen.values()) {
      for (int seed = 1; seed <= 3; seed++) {
        all.add(new Round(each, seed));
      }
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("rounds")
  void is_silent_about_what_was_repaired(Round round) throws IOException {
    Examiner.Seen seen =
        Examiner.probe(
            folder,
            round.specimen(),
            "none",
            "--probe",
            "foreign-read",
            "--fuzz",
            "60",
            "--most",
            "5000",
            "--seed",
            String.valueOf(round.seed()));
    assertThat(seen.findings()).as(seen.said().toPrettyString()).isEmpty();
  }
}

package dev.gatewarden.acceptance.probing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.demo.broken.Flaw;
import dev.gatewarden.demo.broken.Specimen;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The broken APIs were written before the probes, by what is published about such faults.
class ExamTest {
  /// Those that were sat so far.
  private static final Set<Specimen> SAT = EnumSet.allOf(Specimen.class);

  @TempDir Path folder;

  record Question(Specimen specimen, Flaw flaw) {
    @Override
    public String toString() {
      return specimen.word() + " " + flaw.word();
    }
  }

  static Set<Specimen> sat() {
    return SAT;
  }

  static List<Question> questions() {
    List<Question> questions = new ArrayList<>();
    for (Specimen specimen : SAT) {
      for (Flaw flaw : specimen.flaws()) {
        if (Unprobed.why(flaw.word()) == null) {
          questions.add(new Question(specimen, flaw));
        }
      }
    }
    return questions;
  }

  @ParameterizedTest
  @MethodSource("sat")
  void is_silent_about_what_was_repaired(Specimen specimen) throws IOException {
    Examiner.Seen seen = Examiner.probe(folder, specimen, "none");

    assertThat(seen.findings()).isEmpty();
    assertThat(seen.code()).isZero();
    assertThat(seen.requests()).isLessThan(500);
  }

  @ParameterizedTest
  @MethodSource("questions")
  void finds_what_is_broken(Question question) throws IOException {
    Examiner.Seen seen = Examiner.probe(folder, question.specimen(), question.flaw().word());

    assertThat(seen.findings())
        .extracting(Examiner.Finding::owasp)
        .as(seen.said().toPrettyString())
        .contains(question.flaw().story().threat().label());
    assertThat(seen.code()).isOne();
  }
}

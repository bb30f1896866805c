package dev.gatewarden.acceptance.probing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.demo.broken.Flaw;
import dev.gatewarden.demo.broken.Specimen;
import dev.gatewarden.demo.broken.ledger.LedgerFault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The broken APIs were written before the probes, by what is published about such faults.
class ExamTest {
  @TempDir Path folder;

  record Question(Specimen specimen, Flaw flaw) {
    @Override
    public String toString() {
      return specimen.word() + " " + flaw.word();
    }
  }

  static List<Question> questions() {
    List<Question> questions = new ArrayList<>();
    for (Specimen specimen : Specimen.values()) {
      for (Flaw flaw : specimen.flaws()) {
        questions.add(new Question(specimen, flaw));
      }
    }
    return questions;
  }

  @ParameterizedTest
  @EnumSource(Specimen.class)
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

  @Test
  void finds_an_old_version_that_nobody_told_of() throws IOException {
    String fault = LedgerFault.OLD_VERSION_ALIVE.word();
    Examiner.Seen seen = Examiner.withoutBefore(folder, Specimen.LEDGER, fault);

    assertThat(seen.findings()).extracting(Examiner.Finding::probe).containsExactly("old-version");
  }
}

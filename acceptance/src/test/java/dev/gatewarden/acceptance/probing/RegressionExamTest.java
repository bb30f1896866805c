package dev.gatewarden.acceptance.probing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.Cli;
import dev.gatewarden.demo.broken.Specimen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is written down of a fault is red while it is there, and green once it is mended.
class RegressionExamTest {
  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("dev.gatewarden.acceptance.probing.ExamTest#questions")
  void tries_again_what_was_found(ExamTest.Question question) throws IOException {
    Specimen specimen = question.specimen();
    try (Trial broken = Trial.of(folder, specimen, question.flaw().word())) {
      run(broken, specimen, "--emit-tests", "tests");
    }
    try (Trial broken = Trial.of(folder, specimen, question.flaw().word())) {
      Cli red = run(broken, specimen, "--test", "tests");

      assertThat(red.code()).as(red.out() + red.err()).isOne();
      assertThat(red.out()).contains("0 could not be tried");
    }
    try (Trial mended = Trial.of(folder, specimen, "none")) {
      Cli green = run(mended, specimen, "--test", "tests");

      assertThat(green.code()).as(green.out() + green.err()).isZero();
    }
  }

  private Cli run(Trial trial, Specimen specimen, String option, String value) throws IOException {
    Optional<String> before = specimen.contractBefore(trial.uri());
    if (before.isEmpty()) {
      return trial.probe("--may", "update,delete,act", option, value);
    }
    Files.writeString(folder.resolve("before.yaml"), before.get());
    return trial.probe("--may", "update,delete,act", "--before", "before.yaml", option, value);
  }
}

package dev.gatewarden.acceptance.auditing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.Cli;
import dev.gatewarden.testkit.Requirement;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A team that brings the ruleset it already has.
class SpectralRulesetTest {
  private static final String RULES =
      """
      aliases:
        Operations: ["$.paths[*][get,put,post,delete]"]
      rules:
        team-summary:
          given: "#Operations"
          severity: error
          message: "an operation says what it does"
          then: {field: summary, function: truthy}
      """;

  @TempDir private Path folder;

  private Cli audit(String rules, String... more) throws Exception {
    Files.writeString(
        folder.resolve("shop.yaml"),
        """
        openapi: 3.0.3
        info: {title: Shop, version: 1.0.0}
        paths:
          /weather:
            get: {operationId: weather, responses: {default: {description: it}}}
        """);
    Files.writeString(folder.resolve(".spectral.yaml"), rules);
    String[] arguments = new String[more.length + 4];
    arguments[0] = "audit";
    arguments[1] = "shop.yaml";
    arguments[2] = "--ruleset";
    arguments[3] = ".spectral.yaml";
    System.arraycopy(more, 0, arguments, 4, more.length);
    return Cli.run(folder, arguments);
  }

  @Test
  @Requirement(id = "AUD-5", without = "spectral")
  void their_rules_are_run_beside_ours_and_stop_the_pipeline() throws Exception {
    Cli audit = audit(RULES, "--format", "json", "--fail-on", "high");

    assertThat(audit.out())
        .contains(
            "\"rule\": \"spectral:team-summary\"",
            "\"severity\": \"high\"",
            "an operation says what it does",
            "\"line\": 5");
    assertThat(audit.code()).isEqualTo(1);
  }

  @Test
  @Requirement(id = "AUD-5", without = "spectral")
  void they_stand_in_reports_for_pipelines() throws Exception {
    assertThat(audit(RULES, "--format", "junit").out())
        .contains("name=\"spectral:team-summary\">\n<failure");
    assertThat(audit(RULES, "--format", "sarif").out()).contains("spectral:team-summary");
  }

  @Test
  @Requirement(id = "AUD-5", without = "spectral")
  void what_cannot_be_run_is_never_skipped_without_a_word() throws Exception {
    Cli audit = audit(RULES.replace("truthy", "ownFunction"));

    assertThat(audit.err() + audit.out())
        .contains(".spectral.yaml:8:38", "`ownFunction` is no core function");
    assertThat(audit.code()).isEqualTo(2);
  }
}

package dev.gatewarden.acceptance.probing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.Cli;
import dev.gatewarden.demo.broken.Specimen;
import dev.gatewarden.testkit.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Every broken API, known by nothing but traffic that was recorded while it worked.
class RecordedExamTest {
  @TempDir Path folder;

  /// What passes while somebody who has the contract looks around in the repaired service.
  private void record(Specimen specimen) throws IOException {
    try (Trial trial = Trial.of(folder, specimen, "none");
        HarProxy proxy = HarProxy.before(trial.uri())) {
      Cli cli =
          trial.at(proxy.uri().toString(), "--probe", "foreign-read", "--may", "update,delete,act");
      assertThat(cli.code()).as(cli.err()).isZero();
      Files.writeString(folder.resolve("recorded.har"), proxy.text());
    }
  }

  private List<String> found(Specimen specimen, String faults) throws IOException {
    try (Trial trial = Trial.of(folder, specimen, faults)) {
      Cli cli = trial.by("recorded.har", "--may", "update,delete,act", "--format", "json");
      assertThat(cli.code()).as(cli.err()).isNotEqualTo(2);
      List<String> found = new ArrayList<>();
      for (JsonNode each : JsonMapper.shared().readTree(cli.out()).get("findings")) {
        found.add(each.get("owasp").asString() + " " + each.get("probe").asString());
      }
      return found;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PARCELS, API1 foreign-delete",
    "CLINIC, API3 excess-data",
    "LEDGER, API9 old-version",
    "LIBRARY, API1 foreign-read",
    "FORUM, API2 session-fixation",
    "PASSPORT, API1 foreign-read"
  })
  @Requirement(id = "TST-7", without = "recording")
  void is_silent_where_all_is_repaired_and_speaks_where_nothing_is(Specimen specimen, String fault)
      throws IOException {
    record(specimen);

    assertThat(found(specimen, "none")).isEmpty();
    assertThat(found(specimen, "all")).contains(fault);
  }
}

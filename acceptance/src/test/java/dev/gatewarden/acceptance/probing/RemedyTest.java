package dev.gatewarden.acceptance.probing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.Cli;
import dev.gatewarden.demo.broken.Specimen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What is handed over with a finding can be used as it is.
class RemedyTest {
  private static final JsonMapper JSON = JsonMapper.shared();

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Specimen.class)
  void proposes_what_loads(Specimen specimen) throws IOException {
    try (Trial trial = Trial.of(folder, specimen, "all")) {
      assertThat(loads(trial.probe("--may", "update,delete,act", "--format", "json")))
          .isNotNegative();
    }
  }

  @ParameterizedTest
  @EnumSource(Specimen.class)
  void proposes_what_loads_for_a_contract_that_says_nothing_of_its_objects(Specimen specimen)
      throws IOException {
    try (Trial trial = Trial.of(folder, specimen, "all")) {
      trial.strip();
      assertThat(loads(trial.probe("--may", "update,delete,act", "--format", "json"))).isPositive();
    }
  }

  @Test
  void binds_the_operation_where_somebody_elses_object_was_read() throws IOException {
    try (Trial trial = Trial.of(folder, Specimen.PARCELS, "parcel-read")) {
      trial.strip();
      Cli cli = trial.probe("--probe", "foreign-read", "--format", "json");

      JsonNode first = JSON.readTree(cli.out()).get("findings").get(0).get("remedies").get(0);
      assertThat(first.get("words").asString())
          .startsWith("say whose the objects of `getParcel` are: `parcel` by `path.parcelId`");
      Files.writeString(folder.resolve("remedy.yaml"), first.get("overlay").asString());
      Cli shown =
          Cli.run(
              folder,
              "contract",
              "show",
              "contract.yaml",
              "--overlay",
              "remedy.yaml",
              "--operation",
              "getParcel");
      assertThat(shown.out()).contains("parcel").contains("path.parcelId");
      assertThat(shown.code()).isZero();
    }
  }

  @Test
  void tells_which_guard_stops_it_where_the_contract_says_everything() throws IOException {
    try (Trial trial = Trial.of(folder, Specimen.PARCELS, "parcel-read")) {
      Cli cli = trial.probe("--probe", "foreign-read");

      assertThat(cli.out())
          .contains("the contract binds it to `parcel` (contract.yaml:")
          .contains("the gate stops it: `object-owner`");
    }
  }

  @Test
  void offers_the_edit_as_a_fix_to_who_reads_sarif() throws IOException {
    try (Trial trial = Trial.of(folder, Specimen.PARCELS, "parcel-read")) {
      trial.strip();
      Cli cli = trial.probe("--probe", "foreign-read", "--format", "sarif");

      JsonNode fix =
          JSON.readTree(cli.out()).at("/runs/0/results/0/fixes/0/artifactChanges/0/replacements/0");
      List<String> lines = new ArrayList<>(trial.text("contract.yaml").lines().toList());
      int from = fix.at("/deletedRegion/startLine").asInt();
      int end = fix.at("/deletedRegion/endLine").asInt();
      lines.subList(from - 1, end - 1).clear();
      lines.add(from - 1, fix.at("/insertedContent/text").asString().stripTrailing());
      Files.writeString(folder.resolve("mended.yaml"), String.join("\n", lines));
      Cli shown = Cli.run(folder, "contract", "show", "mended.yaml", "--operation", "getParcel");

      assertThat(shown.out()).contains("path.parcelId");
      assertThat(shown.code()).isZero();
    }
  }

  private static List<String> problems(Cli cli) {
    return (cli.out() + cli.err())
        .lines()
        .filter(each -> each.contains("gatewarden.yaml:"))
        .map(each -> each.replaceFirst("^.*gatewarden.yaml:\\d+:\\d+: ", ""))
        .toList();
  }

  /// Uses everything that can be used, and tells how much that is.
  private int loads(Cli cli) throws IOException {
    JsonNode findings = JSON.readTree(cli.out()).get("findings");
    Cli began =
        Cli.run(
            folder,
            "init",
            "--contract",
            "contract.yaml",
            "--upstream",
            "http://127.0.0.1:9000",
            "--out",
            "first.yaml");
    assertThat(began.code()).as(began.err()).isZero();
    String first = Files.readString(folder.resolve("first.yaml"));
    first = first.replaceAll("env:[A-Z_]+", "file:secret.txt");
    Files.writeString(folder.resolve("secret.txt"), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    Files.writeString(folder.resolve("gatewarden.yaml"), first);
    // what stands against the contract itself is not the remedy's
    List<String> before = problems(Cli.run(folder, "check-config"));
    int usable = 0;
    for (JsonNode finding : findings) {
      assertThat(finding.get("remedies")).as(finding.toString()).isNotEmpty();
      for (JsonNode remedy : finding.get("remedies")) {
        String about = finding.get("id").asString() + "\n" + remedy.toPrettyString();
        if (remedy.has("changes")) {
          usable++;
          Files.writeString(folder.resolve("remedy.yaml"), remedy.get("overlay").asString());
          Cli shown =
              Cli.run(folder, "contract", "show", "contract.yaml", "--overlay", "remedy.yaml");
          assertThat(shown.code()).as(about + "\n" + shown.err()).isZero();
          assertThat(shown.err()).as(about).doesNotContain("remedy.yaml");
        }
        if (remedy.has("setting")) {
          usable++;
          Files.writeString(
              folder.resolve("gatewarden.yaml"),
              Documents.merged(first, remedy.get("setting").asString()));
          assertThat(problems(Cli.run(folder, "check-config"))).as(about).isEqualTo(before);
        }
      }
    }
    return usable;
  }
}

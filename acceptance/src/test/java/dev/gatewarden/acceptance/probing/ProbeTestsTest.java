package dev.gatewarden.acceptance.probing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.Cli;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.demo.broken.Specimen;
import dev.gatewarden.testkit.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Findings as files that can be committed, and what trying them again says.
class ProbeTestsTest {
  private static final Set<String> SECRETS = Set.of("token", "key", "password", "secret");

  @TempDir Path folder;

  @Test
  void writes_down_what_was_sent_who_it_takes_and_what_is_right() throws IOException {
    try (Trial trial = Trial.of(folder, Specimen.PARCELS, "parcel-read")) {
      Cli cli = trial.probe("--probe", "foreign-read", "--emit-tests", "tests");

      Node test = Documents.read(emitted().get(test()));
      assertThat(cli.code()).isOne();
      assertThat(at(test, "probe")).isEqualTo("foreign-read");
      assertThat(at(test, "operation")).isEqualTo("getParcel");
      String owner = at(test, "objects", "0", "of");
      String rival = at(test, "requests", "1", "as");
      assertThat(owner).isNotEqualTo(rival);
      assertThat(at(test, "identities", "0")).isEqualTo(owner);
      assertThat(at(test, "identities", "1")).isEqualTo(rival);
      assertThat(at(test, "requests", "1", "request")).isEqualTo("GET /parcels/{parcelId}");
      assertThat(at(test, "requests", "1", "with", "parcelId")).isEqualTo("the parcel of " + owner);
      assertThat(at(test, "requests", "1", "answered")).isEqualTo("200");
      assertThat(at(test, "requests", "1", "expected")).isEqualTo("404");
      assertThat(at(test, "requests", "1", "curl"))
          .startsWith(
              "curl -i -X GET $" + rival.toUpperCase(Locale.ROOT) + " \"$TARGET\"'/parcels/");
      assertThat(emitted().get(test())).doesNotContain(trial.uri().toString());
    }
  }

  @Test
  void brings_a_page_and_two_pipelines_that_run_it() throws IOException {
    try (Trial trial = Trial.of(folder, Specimen.PARCELS, "parcel-read")) {
      trial.probe("--probe", "foreign-read", "--emit-tests", "tests");

      Map<String, String> files = emitted();
      assertThat(files.get("README.md").strip().lines().count()).isLessThanOrEqualTo(9);
      Node github = Documents.read(files.get("github-actions.yml"));
      assertThat(at(github, "jobs", "probe-tests", "steps", "1", "run"))
          .startsWith("gatewarden probe --test tests --contract contract.yaml")
          .contains("--format junit > probe-tests.xml");
      Node gitlab = Documents.read(files.get("gitlab-ci.yml"));
      assertThat(at(gitlab, "probe-tests", "script", "0")).contains("--target \"$TARGET\"");
    }
  }

  @ParameterizedTest
  @EnumSource(Specimen.class)
  void writes_no_credential_down(Specimen specimen) throws IOException {
    try (Trial trial = Trial.of(folder, specimen, "all")) {
      trial.probe("--may", "update,delete,act", "--emit-tests", "tests");

      Set<String> secrets = new TreeSet<>();
      secrets(Documents.read(trial.text("identities.yaml")), false, secrets);
      assertThat(secrets).isNotEmpty();
      assertThat(emitted()).hasSizeGreaterThan(10);
      emitted()
          .forEach(
              (name, text) ->
                  assertThat(text).as(name).doesNotContain(secrets.toArray(new String[0])));
    }
  }

  @Test
  void writes_the_same_for_the_same_api() throws IOException {
    Map<String, String> first;
    String faults = "parcel-read,parcel-delete,refund-for-all";
    try (Trial trial = Trial.of(folder, Specimen.PARCELS, faults)) {
      trial.probe("--may", "update,delete,act", "--emit-tests", "tests");
      first = emitted();
    }
    first.keySet().removeIf(each -> !each.endsWith(".yaml"));
    try (Trial trial = Trial.of(folder, Specimen.PARCELS, faults)) {
      trial.probe("--may", "update,delete,act", "--emit-tests", "tests");
    }

    assertThat(emitted()).containsAllEntriesOf(first);
  }

  @Test
  void leaves_alone_what_somebody_wrote_or_changed() throws IOException {
    try (Trial trial = Trial.of(folder, Specimen.PARCELS, "parcel-read")) {
      trial.probe("--probe", "foreign-read", "--emit-tests", "tests");
      Path readme = folder.resolve("tests/README.md");
      Files.writeString(readme, "# Ours\n");
      Path changed = folder.resolve("tests").resolve(test());
      Files.writeString(changed, "# looked at by ann\n" + Files.readString(changed));
      Path own = folder.resolve("tests/notes.txt");
      Files.writeString(own, "mine");
      Path stale = folder.resolve("tests/gitlab-ci.yml");
      Files.delete(stale);
      Cli cli = trial.probe("--probe", "foreign-read", "--emit-tests", "tests");

      assertThat(readme).hasContent("# Ours\n");
      assertThat(Files.readString(changed)).startsWith("# looked at by ann");
      assertThat(own).hasContent("mine");
      assertThat(stale).exists();
      assertThat(cli.err())
          .contains("`tests/README.md` was changed by somebody and is left as it is");
    }
  }

  @Test
  void keeps_the_test_of_what_is_gone() throws IOException {
    try (Trial trial = Trial.of(folder, Specimen.PARCELS, "parcel-read")) {
      trial.probe("--probe", "foreign-read", "--emit-tests", "tests");
    }
    try (Trial trial = Trial.of(folder, Specimen.PARCELS, "none")) {
      trial.probe("--probe", "foreign-read", "--emit-tests", "tests");

      assertThat(emitted()).containsKey(test());
      assertThat(trial.probe("--test", "tests").code()).isZero();
    }
  }

  @Test
  @Requirement(id = "TST-7")
  void tells_pipelines_what_is_there() throws IOException {
    try (Trial trial = Trial.of(folder, Specimen.PARCELS, "parcel-read")) {
      trial.probe("--probe", "foreign-read", "--emit-tests", "tests");
      Cli junit = trial.probe("--test", "tests", "--format", "junit");
      Cli json = trial.probe("--test", "tests/" + test(), "--format", "json");

      assertThat(junit.out())
          .contains("tests=\"1\" failures=\"1\" errors=\"0\"")
          .contains("classname=\"gatewarden.probe.foreign-read\" name=\"getParcel foreign-read-");
      assertThat(json.out()).contains("\"outcome\": \"there\"");
      assertThat(junit.code()).isOne();
      assertThat(json.code()).isOne();
    }
  }

  /// The services are mended, or seem to be: nobody could try.
  @Test
  void is_not_green_because_nothing_could_be_tried() throws IOException {
    try (Trial trial = Trial.of(folder, Specimen.PARCELS, "parcel-read")) {
      trial.probe("--probe", "foreign-read", "--emit-tests", "tests");
    }
    Node test = Documents.read(emitted().get(test()));
    String rival = at(test, "requests", "1", "as");
    String owner = at(test, "requests", "0", "as");
    try (Trial trial = Trial.of(folder, Specimen.PARCELS, "none")) {
      String identities = trial.text("identities.yaml");
      Files.writeString(
          folder.resolve("identities.yaml"),
          identities.replaceAll("(?m)^  " + rival + ": .*$", ""));
      Cli without = trial.probe("--test", "tests");
      Files.writeString(
          folder.resolve("identities.yaml"),
          identities.replace("parcels-" + owner + "-7f3a91c2d4", "a-token-of-last-year"));
      Cli locked = trial.probe("--test", "tests");
      Files.writeString(folder.resolve("identities.yaml"), identities);
      Cli few = trial.probe("--test", "tests", "--most", "3");
      Cli nowhere = trial.at("http://127.0.0.1:1", "--test", "tests");

      assertThat(without.out()).contains("`" + rival + "` is not among the identities");
      assertThat(locked.out())
          .as(owner + Json.text(test))
          .contains("unknown")
          .contains("0 gone, 0 there, 1 could not be tried");
      assertThat(List.of(without.code(), locked.code(), few.code(), nowhere.code()))
          .as(few.out() + few.err())
          .containsOnly(2);
    }
  }

  @Test
  void takes_nothing_for_a_test_that_is_none() throws IOException {
    try (Trial trial = Trial.of(folder, Specimen.PARCELS, "none")) {
      Files.createDirectory(folder.resolve("empty"));
      Files.writeString(folder.resolve("other.probe.yaml"), "something: else\n");
      Cli empty = trial.probe("--test", "empty");
      Cli other = trial.probe("--test", "other.probe.yaml");

      assertThat(empty.err()).contains("no test stands in `empty`");
      assertThat(other.err()).contains("other.probe.yaml:1:1: this is no probe test");
      assertThat(List.of(empty.code(), other.code())).containsOnly(2);
    }
  }

  private String test() throws IOException {
    return emitted().keySet().stream()
        .filter(each -> each.endsWith(".probe.yaml"))
        .findFirst()
        .orElseThrow();
  }

  private Map<String, String> emitted() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(folder.resolve("tests"))) {
      for (Path each : all.toList()) {
        files.put(each.getFileName().toString(), Files.readString(each));
      }
    }
    return files;
  }

  private static String at(Node node, String... path) {
    return String.valueOf(Json.scalar(Json.at(node, List.of(path))));
  }

  private static void secrets(Node node, boolean secret, Set<String> to) {
    switch (node) {
      case Node.Obj object ->
          object
              .entries()
              .forEach(each -> secrets(each.value(), SECRETS.contains(each.name()), to));
      case Node.Arr array -> array.items().forEach(each -> secrets(each, false, to));
      case Node.Text(var _, String value) -> {
        if (secret && value.length() > 6 && !value.startsWith("/")) {
          to.add(value);
        }
      }
      case Node.Num _, Node.Bool _, Node.Null _ -> {}
    }
  }
}

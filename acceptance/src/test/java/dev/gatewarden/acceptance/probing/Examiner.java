package dev.gatewarden.acceptance.probing;

import dev.gatewarden.acceptance.Cli;
import dev.gatewarden.demo.broken.BrokenServer;
import dev.gatewarden.demo.broken.Specimen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Sends the prober at a broken API, as somebody at a terminal would.
final class Examiner {
  private static final JsonMapper JSON = JsonMapper.shared();

  private Examiner() {}

  /// What one run said.
  ///
  /// @param code of the command
  /// @param said the whole JSON report
  record Seen(int code, JsonNode said, String err) {
    List<Finding> findings() {
      List<Finding> findings = new ArrayList<>();
      for (JsonNode each : said.get("findings")) {
        findings.add(
            new Finding(
                each.get("id").asString(),
                each.get("probe").asString(),
                each.get("owasp").asString(),
                each.path("operation").asString(""),
                each.get("severity").asString(),
                each.get("message").asString()));
      }
      return findings;
    }

    int requests() {
      return said.get("requests").asInt();
    }
  }

  record Finding(
      String id, String probe, String owasp, String operation, String severity, String message) {}

  /// One run against an API with these faults.
  ///
  /// @param faults words with commas between them, `all` or `none`
  static Seen probe(Path folder, Specimen specimen, String faults, String... more)
      throws IOException {
    return probe(folder, specimen, faults, true, text -> text, more);
  }

  /// The same by somebody who does not have the contract of the version before.
  static Seen withoutBefore(Path folder, Specimen specimen, String faults) throws IOException {
    return probe(folder, specimen, faults, false, text -> text);
  }

  /// The same by somebody whose contract says nothing that only Gatewarden reads.
  static Seen bare(Path folder, Specimen specimen, String faults) throws IOException {
    return probe(folder, specimen, faults, true, Examiner::stripped);
  }

  private static String stripped(String contract) {
    Object read = new Load(LoadSettings.builder().build()).loadFromString(contract);
    return JSON.writeValueAsString(stripped(read));
  }

  private static @Nullable Object stripped(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> kept = new LinkedHashMap<>();
        map.forEach(
            (name, member) -> {
              if (!String.valueOf(name).startsWith("x-gatewarden")) {
                kept.put(String.valueOf(name), stripped(member));
              }
            });
        yield kept;
      }
      case List<?> list -> list.stream().map(Examiner::stripped).toList();
      case null, default -> value;
    };
  }

  private static Seen probe(
      Path folder,
      Specimen specimen,
      String faults,
      boolean told,
      UnaryOperator<String> written,
      String... more)
      throws IOException {
    try (BrokenServer running = BrokenServer.start(0, specimen.api(faults, Clock.systemUTC()))) {
      String contract = written.apply(specimen.contract(running.uri()));
      Files.writeString(folder.resolve("contract.yaml"), contract);
      Files.writeString(folder.resolve("identities.yaml"), specimen.identities(running));
      List<String> arguments =
          new ArrayList<>(
              List.of(
                  "probe",
                  "--contract",
                  "contract.yaml",
                  "--identities",
                  "identities.yaml",
                  "--target",
                  running.uri().toString(),
                  "--allow",
                  running.control().getAuthority(),
                  "--may",
                  "update,delete,act",
                  "--rate",
                  "10000",
                  "--format",
                  "json"));
      Optional<String> before = specimen.contractBefore(running.uri());
      if (told && before.isPresent()) {
        Files.writeString(folder.resolve("before.yaml"), written.apply(before.get()));
        arguments.addAll(List.of("--before", "before.yaml"));
      }
      arguments.addAll(Arrays.asList(more));
      Cli cli = Cli.run(folder, arguments.toArray(new String[0]));
      if (cli.code() == 2) {
        throw new IOException(cli.err());
      }
      return new Seen(cli.code(), JSON.readTree(cli.out()), cli.err());
    }
  }
}

package dev.gatewarden.acceptance.probing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.Cli;
import dev.gatewarden.demo.http.Loopback;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One API that is fuzzed by somebody at a terminal.
///
/// @param folder where its contract is written
record FuzzRun(Path folder, Loopback service) {

  static FuzzRun of(Path folder, String contract, Loopback service) throws IOException {
    Files.writeString(folder.resolve("api.yaml"), contract);
    Files.writeString(
        folder.resolve("identities.yaml"), "identities: {ann: {token: a-token}, ben: {token: b}}");
    return new FuzzRun(folder, service);
  }

  Cli run(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "probe",
                "--contract",
                "api.yaml",
                "--identities",
                "identities.yaml",
                "--target",
                service.uri().toString(),
                "--rate",
                "10000",
                "--most",
                "5000",
                "--may",
                "act",
                "--format",
                "json",
                "--probe",
                "foreign-read"));
    arguments.addAll(Arrays.asList(more));
    Cli cli = Cli.run(folder, arguments.toArray(new String[0]));
    assertThat(cli.code()).as(cli.err()).isNotEqualTo(2);
    return cli;
  }

  JsonNode said(String... more) {
    return JsonMapper.shared().readTree(run(more).out());
  }

  List<String> messages(String... more) {
    return messages(said(more));
  }

  static List<String> messages(JsonNode said) {
    List<String> messages = new ArrayList<>();
    said.get("findings").forEach(each -> messages.add(each.get("message").asString()));
    return messages;
  }
}

package dev.gatewarden.bench.probes;

import dev.gatewarden.app.command.Commands;
import dev.gatewarden.app.command.Terminal;
import dev.gatewarden.demo.broken.BrokenServer;
import dev.gatewarden.demo.broken.Flaw;
import dev.gatewarden.demo.broken.Specimen;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One run of the prober against one broken API.
///
/// @param finds what was found, each once, by category, operation and probe
/// @param requests what it took
record Sortie(Set<Find> finds, int requests) {

  /// What a finding says without the words of it.
  ///
  /// @param category of the OWASP API Security Top 10, such as `API1:2023`
  /// @param operation its name; empty for the whole API
  record Find(String category, String operation, String probe) {

    /// Whether both tell the same of the same operation, whichever probe it was that saw it.
    boolean tellsWhat(Find other) {
      return category.equals(other.category) && operation.equals(other.operation);
    }
  }

  /// Starts the API anew with these faults, and ends it.
  ///
  /// @param bare whether the contract is what a stranger has of it
  static Sortie against(Specimen specimen, Collection<Flaw> faults, boolean bare) {
    String words =
        faults.isEmpty()
            ? "none"
            : faults.stream().map(Flaw::word).collect(Collectors.joining(","));
    try (BrokenServer running = BrokenServer.start(0, specimen.api(words, Clock.systemUTC()))) {
      return sent(specimen, running, bare);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Sortie sent(Specimen specimen, BrokenServer running, boolean bare)
      throws IOException {
    Path folder = Files.createTempDirectory("probes");
    String contract = specimen.contract(running.uri());
    Files.writeString(folder.resolve("contract.yaml"), bare ? Bare.of(contract) : contract);
    Files.writeString(folder.resolve("identities.yaml"), specimen.identities(running));
    List<String> command = new ArrayList<>();
    command.addAll(List.of("probe", "--contract", "contract.yaml"));
    command.addAll(List.of("--identities", "identities.yaml"));
    command.addAll(List.of("--target", running.uri().toString()));
    command.addAll(List.of("--allow", running.control().getAuthority()));
    command.addAll(List.of("--may", "update,delete,act", "--rate", "10000", "--format", "json"));
    Optional<String> before = specimen.contractBefore(running.uri());
    if (before.isPresent()) {
      String text = before.get();
      Files.writeString(folder.resolve("before.yaml"), bare ? Bare.of(text) : text);
      command.addAll(List.of("--before", "before.yaml"));
    }
    return read(said(folder, command));
  }

  private static JsonNode said(Path folder, List<String> command) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            InputStream.nullInputStream(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            folder,
            Map.of(),
            Set.of());
    if (Commands.run(command.toArray(new String[0]), terminal) == 2) {
      throw new IOException(err.toString(StandardCharsets.UTF_8));
    }
    return JsonMapper.shared().readTree(out.toString(StandardCharsets.UTF_8));
  }

  private static Sortie read(JsonNode said) {
    Set<Find> finds =
        said.get("findings")
            .valueStream()
            .map(
                each ->
                    new Find(
                        each.get("owasp").asString(),
                        each.path("operation").asString(""),
                        each.get("probe").asString()))
            .collect(Collectors.toUnmodifiableSet());
    return new Sortie(finds, said.get("requests").asInt());
  }
}

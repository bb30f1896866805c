package dev.gatewarden.app.command;

import dev.gatewarden.app.configuration.Location;
import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.app.reference.Story;
import dev.gatewarden.app.source.Sources;
import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.DocumentReader;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place.Origin;
import dev.gatewarden.platform.store.DecisionFile;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `gatewarden explain <decision-id>`.
@Command(
    name = "gatewarden explain",
    description = {
      "Tells why a request was let through or refused: who decided, why, and what to do about it.",
      "The id stands in every answer of the gate (`instance` of a problem document,"
          + " `x-request-id`) and in its decision line; its beginning is enough.",
      "Asks the running gate, else reads its store."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  gatewarden explain 4bf92f3577b34da6a3ce929d0e0e4736",
      "  gatewarden explain 4bf92f -c staging/gatewarden.yaml",
      "  gatewarden explain 4bf92f --store data/gatewarden.db --format json",
      "",
      "Exit code: 0 told, 1 no such decision, 2 it could not look."
    })
final class ExplainCommand implements Callable<Integer> {
  private static final String NAMESPACE = "urn:gatewarden:decision:";

  private final Terminal terminal;

  @Parameters(paramLabel = "<decision-id>", description = "The decision's id, or its beginning.")
  private String id = "";

  @Mixin private final AdminPort port = new AdminPort();

  @Option(
      names = "--store",
      paramLabel = "<file>",
      description = "A decision store, in place of the one the configuration names.")
  private @Nullable Path store;

  @Option(
      names = "--format",
      paramLabel = "<format>",
      defaultValue = "text",
      description = "text, or json for the decision line itself.")
  private Format format = Format.TEXT;

  ExplainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, Refusal {
    id = id.startsWith(NAMESPACE) ? id.substring(NAMESPACE.length()) : id;
    if (id.isEmpty()
        || id.length() > 64
        || !id.chars().allMatch(c -> c < 128 && Character.digit(c, 16) >= 0)) {
      throw new Refusal("`" + id + "` is no decision id; it is made of hexadecimal digits");
    }
    Optional<String> line = found();
    if (line.isEmpty()) {
      terminal.err().println("no decision of the last day begins with `" + id + "`, or several do");
      return Commands.FINDINGS;
    }
    switch (format) {
      case JSON -> terminal.out().println(line.get().strip());
      case TEXT ->
          terminal
              .out()
              .print(
                  new Story(Sources.ofThisProgram(), ConfigurationFile.today())
                      .of(parsed(line.get())));
    }
    return Commands.CLEAN;
  }

  private Optional<String> found() throws IOException, Refusal {
    if (store != null) {
      return DecisionFile.find(terminal.folder().resolve(store), id);
    }
    String path = "/decisions/" + id;
    if (port.named()) {
      return port.text(terminal, path);
    }
    if (!Files.exists(terminal.folder().resolve(port.file()))) {
      throw new Refusal(
          "there is no `"
              + port.file()
              + "` that would say where decisions are kept; name it with `-c`, or a store with"
              + " `--store`");
    }
    Reading reading = java.util.Objects.requireNonNull(port.reading(terminal));
    if (reading.configuration().listen().admin().port() != 0) {
      try {
        Optional<String> live = port.text(terminal, path);
        if (live.isPresent()) {
          return live;
        }
      } catch (Refusal.NoGate stopped) {
        terminal.err().println(terminal.faint("the gate does not run; reading its store"));
      }
    }
    Location kept = reading.configuration().store().sqlite();
    if (kept == null) {
      throw new Refusal("`store: none` keeps no decisions");
    }
    return DecisionFile.find(kept.in(reading.folder()), id);
  }

  private static Node.Obj parsed(String line) throws Refusal {
    Node node =
        new DocumentReader(Bounds.DEFAULT)
            .read(
                new Origin(URI.create("gatewarden:decision.json"), "decision"),
                line.getBytes(StandardCharsets.UTF_8));
    if (node instanceof Node.Obj decision) {
      return decision;
    }
    throw new Refusal("what is kept under this id is no decision");
  }
}

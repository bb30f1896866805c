package dev.gatewarden.app.command;

import dev.gatewarden.app.command.coverage.Coverage;
import dev.gatewarden.app.command.coverage.CoverageHtml;
import dev.gatewarden.app.command.coverage.CoverageJson;
import dev.gatewarden.app.command.coverage.CoverageText;
import dev.gatewarden.app.command.coverage.Probed;
import dev.gatewarden.app.command.coverage.State;
import dev.gatewarden.app.configuration.ExceptionEntry;
import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.app.contracts.Contracts;
import dev.gatewarden.app.serving.Gatewarden;
import dev.gatewarden.app.serving.Options;
import dev.gatewarden.app.text.Json;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.DocumentReader;
import dev.gatewarden.core.document.Nearest;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.gateway.walk.InForce;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `gatewarden coverage`.
@Command(
    name = "gatewarden coverage",
    description = {
      "Tells of each operation whether identity, function, object, property, schema and limit are"
          + " enforced, observed, excused until a day, or unguarded, and why.",
      "It is read from the plan by which requests are judged. `open` is what the contract itself"
          + " says: that anybody may call, or that no object is touched."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  gatewarden coverage",
      "  gatewarden coverage shop --format html --out coverage.html",
      "  gatewarden coverage --fail-on excused",
      "  gatewarden coverage --probed probe.json",
      "",
      "Exit code: 0 nothing is as bad as `--fail-on` says, 1 something is, 2 it could not tell."
    })
final class CoverageCommand implements Callable<Integer> {
  /// How the page is written.
  enum Page {
    TEXT,
    HTML,
    JSON
  }

  /// From where on it fails.
  enum Bar {
    OBSERVED,
    EXCUSED,
    UNGUARDED,
    NEVER
  }

  private final Terminal terminal;

  @Mixin private final ConfigurationFile configuration = new ConfigurationFile();

  @Parameters(
      arity = "0..1",
      paramLabel = "<api>",
      description = "Only this API; all where it is not said.")
  private @Nullable String only;

  @Option(
      names = "--format",
      paramLabel = "<format>",
      defaultValue = "text",
      description = "text, html or json.")
  private Page format = Page.TEXT;

  @Option(
      names = "--out",
      paramLabel = "<file>",
      description = "The file to write; standard output where it is not said.")
  private @Nullable Path out;

  @Option(
      names = "--fail-on",
      paramLabel = "<state>",
      defaultValue = "unguarded",
      description =
          "observed, excused, unguarded or never: the mildest state that makes the exit code 1;"
              + " ${DEFAULT-VALUE} where it is not said.")
  private Bar bar = Bar.UNGUARDED;

  @Option(
      names = "--probed",
      paramLabel = "<file>",
      description =
          "What `gatewarden probe --format json` told of the gate: each cell names the probes that"
              + " it withstood, and is unguarded where one got through.")
  private @Nullable Path probed;

  CoverageCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, Refusal {
    Reading reading = configuration.read(terminal);
    LocalDate today = ConfigurationFile.today();
    Contracts contracts = Contracts.read(reading, today);
    if (only != null && !contracts.byApi().containsKey(only)) {
      String advice = Nearest.advice(only, contracts.byApi().keySet());
      throw new Refusal("`" + only + "` is no API" + (advice.isEmpty() ? "" : "; " + advice));
    }
    Options options = Options.plain().in(terminal.environment()).withoutControl(terminal.without());
    List<InForce> inForce = Gatewarden.inForce(reading, contracts, options);
    Instant now = options.clock().instant();
    List<Coverage> all = new ArrayList<>();
    for (String api : contracts.byApi().keySet()) {
      if (only == null || only.equals(api)) {
        all.add(Coverage.of(api, inForce, each -> excuse(reading, each, today), now));
      }
    }
    if (probed != null) {
      Probed tried = tried(probed);
      all.replaceAll(each -> each.probed(tried));
    }
    write(page(all, now));
    return all.stream().anyMatch(this::fails) ? Commands.FINDINGS : Commands.CLEAN;
  }

  private Probed tried(Path file) throws IOException, Refusal {
    Path found = terminal.folder().resolve(file);
    Node report =
        new DocumentReader(new Bounds(64 << 20, 64, 5_000_000))
            .read(new Place.Origin(found.toUri(), file.toString()), Files.readAllBytes(found));
    Probed tried = Probed.of(report);
    if (tried == null) {
      throw new Refusal(
          "`" + file + "` is no report of probes; write one with `gatewarden probe --format json`");
    }
    return tried;
  }

  private String page(List<Coverage> all, Instant now) {
    return switch (format) {
      case TEXT ->
          String.join("\n", all.stream().map(each -> CoverageText.of(each, terminal)).toList());
      case HTML -> CoverageHtml.of(all, now);
      case JSON -> Json.text(CoverageJson.of(all));
    };
  }

  private void write(String page) throws IOException {
    if (out == null) {
      terminal.out().print(page);
    } else {
      Files.writeString(terminal.folder().resolve(out), page);
      terminal.out().println(out);
    }
  }

  private boolean fails(Coverage coverage) {
    State worst = coverage.worst();
    return switch (bar) {
      case OBSERVED -> worst.compareTo(State.OBSERVED) >= 0;
      case EXCUSED -> worst.compareTo(State.EXCUSED) >= 0;
      case UNGUARDED -> worst.compareTo(State.UNGUARDED) >= 0;
      case NEVER -> false;
    };
  }

  private static @Nullable ExceptionEntry excuse(
      Reading reading, Operation operation, LocalDate today) {
    return reading
        .configuration()
        .excuse(Contracts.OBJECTS, operation.id().api(), operation.id().name(), today);
  }
}

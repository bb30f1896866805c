package dev.gatewarden.app.command;

import dev.gatewarden.app.command.validate.Dialects;
import dev.gatewarden.app.command.validate.DocumentFile;
import dev.gatewarden.app.command.validate.JsonLines;
import dev.gatewarden.app.command.validate.Judge;
import dev.gatewarden.app.command.validate.Report;
import dev.gatewarden.app.command.validate.SchemaFile;
import dev.gatewarden.core.document.Nearest;
import dev.gatewarden.core.limit.Size;
import dev.gatewarden.core.schema.Dialect;
import dev.gatewarden.core.schema.Direction;
import dev.gatewarden.core.schema.UnknownFields;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `gatewarden validate`.
@Command(
    name = "gatewarden validate",
    description = {
      "Tells of each document whether it obeys a schema, with the engine of the gate.",
      "The schema is a file, or a part of one: `api.yaml#/components/schemas/Order`. What it is"
          + " written in is read from `$schema` or `openapi`; where neither stands it is 2020-12."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  gatewarden validate --schema order.schema.json orders/1.json orders/2.yaml",
      "  gatewarden validate --schema 'api.yaml#/components/schemas/Order' --direction request"
          + " order.json",
      "  tail -f events.ndjson | gatewarden validate --schema event.json --jsonl -",
      "",
      "Exit code: 0 all are valid, 1 some are not, 2 something could not be judged."
    })
final class ValidateCommand implements Callable<Integer> {
  private static final int LONGEST = 64 << 20;

  private final Terminal terminal;

  @Option(
      names = "--schema",
      required = true,
      paramLabel = "<file>[#<pointer>]",
      description = "The schema.")
  private @Nullable String schema;

  @Option(
      names = "--dialect",
      paramLabel = "<dialect>",
      description =
          "What the schema is written in, whatever it says: 2020-12, 2019-09, draft-7, draft-6,"
              + " draft-4, openapi-3.0 or openapi-3.1.")
  private @Nullable String dialect;

  @Option(
      names = "--direction",
      paramLabel = "<direction>",
      defaultValue = "both",
      description =
          "request refuses `readOnly` fields, response `writeOnly` ones; both, where it is not"
              + " said, looks at neither.")
  private Direction direction = Direction.BOTH;

  @Option(
      names = "--unknown-fields",
      paramLabel = "<rule>",
      description =
          "What a field means that the schema does not declare and does not speak of: refuse,"
              + " observe (tells it, and counts the document as valid) or allow. Where it is not"
              + " said: refuse for the schemas of a contract, as the gate does, else allow.")
  private @Nullable UnknownFields unknown;

  @Option(
      names = "--jsonl",
      paramLabel = "<file>",
      description = "A file with one JSON document a line, or - for standard input; never held.")
  private List<String> streams = new ArrayList<>();

  @Option(
      names = "--max-line",
      paramLabel = "<size>",
      defaultValue = "1MiB",
      description = "The longest line of --jsonl; a longer one is invalid. ${DEFAULT-VALUE}.")
  private String longest = "1MiB";

  @Option(
      names = "--format",
      paramLabel = "<format>",
      defaultValue = "text",
      description = "text, or json: one object a line, with every violation.")
  private Format format = Format.TEXT;

  @Parameters(
      paramLabel = "<file>",
      arity = "0..*",
      description = "Documents: YAML by the suffix .yaml or .yml, else JSON; - for standard input.")
  private List<String> files = new ArrayList<>();

  private boolean unreadable;

  ValidateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Refusal {
    if (files.isEmpty() && streams.isEmpty()) {
      throw new Refusal("there is nothing to judge; name files, or lines with `--jsonl`");
    }
    int line = longestLine();
    Judge judge = judge();
    Report report = new Report(judge, format == Format.JSON, terminal.out(), line);
    for (String file : files) {
      reading(file, text -> DocumentFile.judge(file, text, judge, report));
    }
    for (String stream : streams) {
      report.stream(stream);
      reading(stream, text -> new JsonLines(line, report).read(text));
    }
    report.pause();
    if (report.valid() + report.invalid() > 1) {
      terminal.err().println(report.valid() + " valid, " + report.invalid() + " invalid");
    }
    return unreadable
        ? Commands.COULD_NOT
        : report.invalid() > 0 ? Commands.FINDINGS : Commands.CLEAN;
  }

  private Judge judge() throws Refusal {
    SchemaFile file =
        SchemaFile.open(terminal.folder(), Objects.requireNonNull(schema), dialectSaid());
    return file.judge(direction, unknown == null ? file.usual() : unknown);
  }

  private @Nullable Dialect dialectSaid() throws Refusal {
    if (dialect == null) {
      return null;
    }
    Dialect known = Dialects.BY_NAME.get(dialect);
    if (known == null) {
      String advice = Nearest.advice(dialect, Dialects.BY_NAME.keySet());
      throw new Refusal(
          "`"
              + dialect
              + "` is no dialect; "
              + (advice.isEmpty()
                  ? String.join(", ", Dialects.BY_NAME.keySet()) + " are"
                  : advice));
    }
    return known;
  }

  private int longestLine() throws Refusal {
    try {
      long bytes = Size.parse(longest).bytes();
      if (bytes >= 1 && bytes <= LONGEST) {
        return (int) bytes;
      }
    } catch (IllegalArgumentException wrong) {
      throw new Refusal("`--max-line` is `" + longest + "`; write it as `1MiB`");
    }
    throw new Refusal("`--max-line` is `" + longest + "`; it is between 1B and 64MiB");
  }

  /// Something done with an open stream.
  private interface Reading {
    void of(InputStream text) throws IOException;
  }

  /// A file that cannot be read does not keep the others from being judged.
  private void reading(String name, Reading what) {
    try {
      if (name.equals("-")) {
        what.of(terminal.in());
        return;
      }
      try (InputStream text = Files.newInputStream(terminal.folder().resolve(name))) {
        what.of(text);
      }
    } catch (NoSuchFileException absent) {
      cannot(name, "there is no such file");
    } catch (IOException | java.nio.file.InvalidPathException wrong) {
      cannot(name, "it cannot be read: " + wrong.getMessage());
    }
  }

  private void cannot(String name, String why) {
    terminal.err().println("gatewarden: `" + name + "`: " + why);
    unreadable = true;
  }
}

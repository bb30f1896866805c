package dev.gatewarden.app.command;

import dev.gatewarden.app.relations.Line;
import dev.gatewarden.app.relations.Table;
import dev.gatewarden.core.document.Node;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `gatewarden relations export`.
@Command(
    name = "gatewarden relations export",
    description = {
      "Prints whose objects are whose, as `gatewarden relations import` reads it.",
      "Asks the running gate, or reads where a gate that does not run keeps them."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  gatewarden relations export > relations.ndjson",
      "  gatewarden relations export --format csv > relations.csv",
      "",
      "Exit code: 0 printed, 2 it could not be."
    })
final class RelationsExportCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final AdminPort port = new AdminPort();

  @Option(
      names = "--format",
      paramLabel = "<format>",
      defaultValue = "json",
      description = "json (a line for each object) or csv.")
  private As format = As.JSON;

  /// How it is written.
  enum As {
    JSON,
    CSV
  }

  RelationsExportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, Refusal {
    if (format == As.CSV) {
      terminal.out().println(Table.row(Line.COLUMNS));
    }
    try (RelationsAt relations = new RelationsAt(terminal, port)) {
      String from = "";
      do {
        Node page = relations.done(Map.of("do", "page", "from", from));
        if (page instanceof Node.Obj object && object.get("lines") instanceof Node.Arr lines) {
          for (Node line : lines.items()) {
            print(line instanceof Node.Text text ? text.value() : "");
          }
        }
        from = RelationsAt.text(page, "next");
      } while (!from.isEmpty());
    }
    return Commands.CLEAN;
  }

  private void print(String line) throws Refusal {
    switch (format) {
      case JSON -> terminal.out().println(line);
      case CSV -> {
        try {
          terminal.out().println(Table.row(Line.json(0, line).cells()));
        } catch (IllegalArgumentException unwritable) {
          throw new Refusal(unwritable.getMessage() + "; write it as JSON");
        }
      }
    }
  }
}

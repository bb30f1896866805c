package dev.gatewarden.app.command;

import dev.gatewarden.app.relations.Line;
import dev.gatewarden.app.relations.Table;
import dev.gatewarden.core.document.Node;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `gatewarden relations import`.
@Command(
    name = "gatewarden relations import",
    description = {
      "Tells the gate whose objects are whose: a table (CSV) whose first row names the columns api,"
          + " type, id, owner, tenant, parents, issuer, or lines of JSON with these members.",
      "What is known already with the same words is no harm; what is known with others stays, and"
          + " is told.",
      "Asks the running gate, or writes where a gate that does not run keeps them."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  gatewarden relations import orders.csv",
      "  psql -c \"copy (select …) to stdout csv header\" | gatewarden relations import -",
      "  gatewarden relations import orders.ndjson --admin http://127.0.0.1:8081",
      "",
      "Exit code: 0 all lines are known now, 1 some were refused, 2 it could not be done."
    })
final class RelationsImportCommand implements Callable<Integer> {
  /// Less than what the admin port takes at once.
  private static final int BATCH = 24 << 10;

  private final Terminal terminal;

  @Mixin private final AdminPort port = new AdminPort();

  @Parameters(paramLabel = "<file>", description = "The file, or `-` for what is piped in.")
  private String file = "";

  private final StringBuilder batch = new StringBuilder();
  private int taken;
  private int refused;

  RelationsImportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, Refusal {
    try (BufferedReader in =
            new BufferedReader(
                new InputStreamReader(
                    file.equals("-")
                        ? terminal.in()
                        : Files.newInputStream(terminal.folder().resolve(file)),
                    StandardCharsets.UTF_8));
        RelationsAt relations = new RelationsAt(terminal, port)) {
      in.mark(1);
      int first = in.read();
      in.reset();
      if (first == '{') {
        lines(in, relations);
      } else {
        rows(in, relations);
      }
      send(relations);
    }
    terminal
        .err()
        .println(
            taken
                + (taken == 1 ? " line is" : " lines are")
                + " known now"
                + (refused == 0 ? "" : ", " + refused + " refused"));
    return refused == 0 ? Commands.CLEAN : Commands.FINDINGS;
  }

  private void lines(BufferedReader in, RelationsAt relations) throws IOException, Refusal {
    int number = 0;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      number++;
      if (!line.isBlank()) {
        try {
          add(Line.json(number, line), relations);
        } catch (IllegalArgumentException wrong) {
          refuse(number, String.valueOf(wrong.getMessage()));
        }
      }
    }
  }

  private void rows(BufferedReader in, RelationsAt relations) throws IOException, Refusal {
    Table table = new Table(in);
    List<String> columns = columns(table);
    while (true) {
      int number = table.line();
      List<String> cells = next(table);
      if (cells == null) {
        return;
      }
      if (cells.size() > 1 || !cells.getFirst().isBlank()) {
        try {
          add(Line.row(number, columns, cells), relations);
        } catch (IllegalArgumentException wrong) {
          refuse(number, String.valueOf(wrong.getMessage()));
        }
      }
    }
  }

  /// Behind a broken row nobody can say where the next one begins.
  private @Nullable List<String> next(Table table) throws IOException, Refusal {
    int number = table.line();
    try {
      return table.next();
    } catch (IllegalArgumentException broken) {
      throw new Refusal(file + ":" + number + ": " + broken.getMessage());
    }
  }

  private List<String> columns(Table table) throws IOException, Refusal {
    List<String> columns = next(table);
    if (columns == null) {
      throw new Refusal("`" + file + "` is empty");
    }
    if (!columns.getFirst().isEmpty() && columns.getFirst().charAt(0) == '\ufeff') {
      columns.set(0, columns.getFirst().substring(1));
    }
    for (String column : columns) {
      if (!Line.COLUMNS.contains(column)) {
        throw new Refusal(
            file
                + ":1: `"
                + column
                + "` is no column; the first row names some of "
                + String.join(", ", Line.COLUMNS));
      }
    }
    if (!columns.containsAll(List.of("type", "id"))) {
      throw new Refusal(file + ":1: the columns `type` and `id` must be there");
    }
    return columns;
  }

  private void add(Line line, RelationsAt relations) throws IOException, Refusal {
    String text = line.json(true);
    if (text.getBytes(StandardCharsets.UTF_8).length + batch.length() > BATCH) {
      send(relations);
    }
    batch.append(text).append('\n');
  }

  private void send(RelationsAt relations) throws IOException, Refusal {
    if (batch.isEmpty()) {
      return;
    }
    Node answer = relations.done(Map.of("do", "import", "lines", batch.toString()));
    batch.setLength(0);
    if (answer instanceof Node.Obj object) {
      taken += object.get("taken") instanceof Node.Num number ? number.value().intValue() : 0;
      if (object.get("refused") instanceof Node.Arr all) {
        for (Node each : all.items()) {
          int line =
              each instanceof Node.Obj said && said.get("line") instanceof Node.Num number
                  ? number.value().intValue()
                  : 0;
          refuse(line, RelationsAt.text(each, "why"));
        }
      }
    }
  }

  private void refuse(int line, String why) {
    refused++;
    terminal.out().println(file + ":" + line + ": " + why);
  }
}

package dev.gatewarden.app.command;

import dev.gatewarden.app.reference.Whereabouts;
import dev.gatewarden.app.source.Sources;
import dev.gatewarden.app.text.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `gatewarden where <words>`.
@Command(
    name = "gatewarden where",
    description = "Finds the place in code and documentation that words describe.",
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  gatewarden where webhook replay",
      "  gatewarden where who owns an object",
      "",
      "Exit code: 0 found, 1 nothing found."
    })
final class WhereCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(arity = "1..*", paramLabel = "<word>", description = "What is looked for.")
  private List<String> words = new ArrayList<>();

  @Option(
      names = "--most",
      paramLabel = "<n>",
      defaultValue = "5",
      description = "How many places are shown; ${DEFAULT-VALUE} where it is not said.")
  private int most;

  @Option(
      names = "--format",
      paramLabel = "<format>",
      defaultValue = "text",
      description = "text or json.")
  private Format format = Format.TEXT;

  WhereCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    List<String> single = new ArrayList<>();
    for (String word : words) {
      single.addAll(List.of(word.strip().split("\\s+")));
    }
    List<Whereabouts.Found> found = new Whereabouts(Sources.ofThisProgram()).find(single, most);
    switch (format) {
      case JSON -> terminal.out().print(Json.text(json(found)));
      case TEXT -> found.forEach(this::print);
    }
    if (found.isEmpty()) {
      terminal.err().println("nothing here goes by `" + String.join(" ", words) + "`");
    }
    return found.isEmpty() ? Commands.FINDINGS : Commands.CLEAN;
  }

  private void print(Whereabouts.Found found) {
    terminal.out().println(terminal.strong(found.name()) + "  " + found.path());
    terminal.out().println("    " + found.sentence());
    if (!found.page().isEmpty()) {
      terminal.out().println("    " + terminal.faint(found.page()));
    }
  }

  private static List<Object> json(List<Whereabouts.Found> found) {
    List<Object> all = new ArrayList<>();
    for (Whereabouts.Found each : found) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("name", each.name());
      one.put("path", each.path());
      one.put("sentence", each.sentence());
      one.put("page", each.page());
      all.add(one);
    }
    return all;
  }
}

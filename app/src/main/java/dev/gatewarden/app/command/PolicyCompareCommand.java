package dev.gatewarden.app.command;

import dev.gatewarden.app.command.policy.PolicyComparison;
import dev.gatewarden.app.configuration.Policies;
import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.app.contracts.Contracts;
import dev.gatewarden.app.serving.PolicyReplay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `gatewarden policy compare`.
@Command(
    name = "gatewarden policy compare",
    description = {
      "Asks two versions of Cedar policies what was asked before, and tells what they answer"
          + " otherwise: the decision lines of a gate, or questions that you wrote.",
      "A decision line says nothing of objects and claims. It is asked about each kind of object,"
          + " and counts as unknown where the answer depends on what it does not say; unknown ones"
          + " count against the verdict."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  gatewarden policy compare --policies 'next/*.cedar' --decisions decisions.ndjson",
      "  gatewarden policy compare --decisions decisions.ndjson --most-unknown 20",
      "  gatewarden policy compare --policies next.cedar --questions questions.ndjson",
      "",
      "Exit code: 0 all the same, 1 something differs or is unknown, 2 it could not compare."
    })
final class PolicyCompareCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ConfigurationFile configuration = new ConfigurationFile();

  @Option(
      names = "--policies",
      split = ",",
      paramLabel = "<file>",
      description =
          "The other version: names or patterns, from the configuration's folder;"
              + " `policies.compare` where it is not said.")
  private List<String> next = new ArrayList<>();

  @Option(
      names = {"--decisions", "--questions"},
      paramLabel = "<file>",
      description = "Decision lines, or questions, one JSON object a line; as often as needed.")
  private List<Path> asked = new ArrayList<>();

  @Option(
      names = "--most-unknown",
      paramLabel = "<n>",
      defaultValue = "0",
      description = "How many may be unknown.")
  private long most;

  @Option(
      names = "--format",
      paramLabel = "<format>",
      defaultValue = "text",
      description = "text or json.")
  private Format format = Format.TEXT;

  PolicyCompareCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, Refusal {
    Reading reading = configuration.read(terminal);
    Policies policies = reading.configuration().policies();
    if (policies == null) {
      throw new Refusal("the configuration has no `policies` to compare with");
    }
    List<String> other = next.isEmpty() ? policies.compare() : next;
    if (other.isEmpty()) {
      throw new Refusal("there is nothing to compare with; write `--policies 'next/*.cedar'`");
    }
    List<Path> files = files();
    Contracts contracts = Contracts.read(reading, ConfigurationFile.today());
    try (PolicyReplay replay = PolicyReplay.open(reading, policies, contracts, other)) {
      PolicyComparison comparison = PolicyComparison.of(replay, files);
      if (comparison.lines() == 0) {
        throw new Refusal("no line asks anything");
      }
      if (comparison.unread() > 0) {
        terminal
            .err()
            .println(Problems.count((int) comparison.unread(), "line") + " could not be read");
      }
      terminal
          .out()
          .print(
              switch (format) {
                case TEXT -> comparison.text(terminal, most);
                case JSON -> comparison.json(most);
              });
      boolean all = comparison.holds(most) && comparison.unread() <= most;
      return all ? Commands.CLEAN : Commands.FINDINGS;
    }
  }

  private List<Path> files() throws Refusal {
    if (asked.isEmpty()) {
      throw new Refusal("say what was asked: `--decisions` or `--questions`");
    }
    List<Path> files = new ArrayList<>();
    for (Path file : asked) {
      Path there = terminal.folder().resolve(file);
      if (!Files.isRegularFile(there)) {
        throw new Refusal("there is no file `" + file + "`");
      }
      files.add(there);
    }
    return files;
  }
}

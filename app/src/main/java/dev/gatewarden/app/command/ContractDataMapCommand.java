package dev.gatewarden.app.command;

import dev.gatewarden.app.command.design.DataSheet;
import dev.gatewarden.core.design.DataMap;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Classified;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `gatewarden contract data-map`.
@Command(
    name = "gatewarden contract data-map",
    description = {
      "Writes which data an API moves: the class of each field and each route, what tells it and"
          + " how sure that is, which operations take and answer it, who can reach it, who answers"
          + " for it.",
      "What nothing tells is taken for internal."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  gatewarden contract data-map api.yaml",
      "  gatewarden contract data-map api.yaml --codeowners .github/CODEOWNERS --format html --out"
          + " data.html",
      "",
      "Exit code: 0 it was written, 2 it could not be."
    })
final class ContractDataMapCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final DesignOptions options = new DesignOptions();

  @Option(
      names = "--codeowners",
      paramLabel = "<file>",
      description =
          "The CODEOWNERS file of the contract's repository: who owns its path answers for what"
              + " nobody else does.")
  private @Nullable Path codeowners;

  @Option(
      names = "--all",
      description = "Shows people fields as well of which nothing tells what they are.")
  private boolean all;

  ContractDataMapCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, Refusal {
    Audited read = options.read(terminal);
    Set<Classified.Source> by = EnumSet.allOf(Classified.Source.class);
    by.removeIf(each -> terminal.without().contains(each.control()));
    DataMap map = DataMap.of(read, by);
    options.write(
        terminal,
        DataSheet.of(read.contract(), map, options.owners(terminal, read, codeowners), all));
    return Commands.CLEAN;
  }
}

package dev.gatewarden.app.command;

import dev.gatewarden.app.command.design.DataSheet;
import dev.gatewarden.core.design.DataMap;
import dev.gatewarden.core.design.Owners;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Classified;
import dev.gatewarden.core.finding.Sightings;
import dev.gatewarden.platform.inputs.Inferred;
import dev.gatewarden.platform.inputs.Inputs;
import dev.gatewarden.platform.inputs.Remark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
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
      "What nothing tells is taken for internal. A Postman collection or an HTTP Archive stands for"
          + " the contract that it shows, or tells with --seen what passed."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  gatewarden contract data-map api.yaml",
      "  gatewarden contract data-map api.yaml --codeowners .github/CODEOWNERS --format html --out"
          + " data.html",
      "  gatewarden contract data-map api.yaml --seen recorded.har --owners owners.yaml",
      "  gatewarden contract data-map recorded.har",
      "",
      "Exit code: 0 it was written, 2 it could not be."
    })
final class ContractDataMapCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final DesignOptions options = new DesignOptions();

  @Mixin private final InputOptions inputs = new InputOptions();

  @Option(
      names = "--all",
      description = "Shows people fields as well of which nothing tells what they are.")
  private boolean all;

  ContractDataMapCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, Refusal {
    Inputs.Told told = inputs.told(terminal);
    ContractFile file = options.file(terminal, told);
    Audited read = options.read(file);
    Set<Classified.Source> by = EnumSet.allOf(Classified.Source.class);
    by.removeIf(each -> terminal.without().contains(each.control()));
    String shows = null;
    Sightings seen = new Sightings();
    Inferred inferred = file.inferred();
    if (inferred != null) {
      // its formats and examples are values that were seen
      by.removeAll(Set.of(Classified.Source.FORMAT, Classified.Source.EXAMPLE));
      shows = file.file().toString();
      Inputs.sighted(file.document(), shows, read, told, seen);
      tell(inferred.remarks());
    }
    for (Path each : inputs.seen()) {
      Node document = ContractFile.document(terminal, each);
      tell(Inputs.sighted(document, each.toString(), read, told, seen));
    }
    DataMap map = DataMap.of(read, by, seen);
    Owners owners = options.owners(terminal, read);
    options.write(terminal, DataSheet.of(read.contract(), map, owners, shows, all));
    return Commands.CLEAN;
  }

  /// What was not looked at, and why.
  private void tell(List<Remark> remarks) {
    List<Problem> left = remarks.stream().map(Remark::problem).toList();
    terminal.err().print(Problems.text(left, terminal));
  }
}

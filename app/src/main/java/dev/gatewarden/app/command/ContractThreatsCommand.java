package dev.gatewarden.app.command;

import dev.gatewarden.app.command.design.ThreatSheet;
import dev.gatewarden.controls.Catalog;
import dev.gatewarden.core.design.ThreatTable;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Finding;
import dev.gatewarden.platform.auditing.Audit;
import dev.gatewarden.platform.auditing.Ranked;
import dev.gatewarden.platform.auditing.Risk;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `gatewarden contract threats`.
@Command(
    name = "gatewarden contract threats",
    description = {
      "Writes of each operation which threats apply to it, by STRIDE and the OWASP API Security Top"
          + " 10 of 2023, what the contract states against each, and what is open by the rules of"
          + " the audit.",
      "It tells and does not judge: gatewarden audit has the exit code for a pipeline."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  gatewarden contract threats api.yaml",
      "  gatewarden contract threats api.yaml --owners owners.yaml --format html --out"
          + " threats.html",
      "",
      "Exit code: 0 it was written, 2 it could not be."
    })
final class ContractThreatsCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final DesignOptions options = new DesignOptions();

  ContractThreatsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, Refusal {
    Audited read = options.read(terminal);
    List<AuditRule> rules =
        Catalog.RULES.stream()
            .filter(each -> !terminal.without().contains(each.rule().id()))
            .toList();
    List<Finding> findings =
        Audit.of(read, rules).findings().stream().map(Ranked::finding).toList();
    ThreatTable.Weight weight =
        (severity, operation) ->
            Risk.of(severity, operation == null ? List.of() : List.of(operation), read).value();
    ThreatTable table = ThreatTable.of(read, findings, weight);
    options.write(
        terminal, ThreatSheet.of(read.contract(), table, options.owners(terminal, read), weight));
    return Commands.CLEAN;
  }
}

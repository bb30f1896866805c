package dev.gatewarden.app.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `gatewarden propose`.
@Command(
    name = "gatewarden propose",
    description = {
      "Prints what could be added to `exceptions:` so that answers which break their contract stay"
          + " possible once it is enforced.",
      "Each entry says where the answers break the contract and how often; no value is ever kept."
          + " Nothing is changed: read it, and put into the configuration what is meant.",
      "Asks the running gate."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  gatewarden propose",
      "  gatewarden propose -c staging/gatewarden.yaml",
      "  gatewarden propose --admin http://127.0.0.1:8081",
      "",
      "Exit code: 0 nothing to propose, 1 something is proposed, 2 it could not ask."
    })
final class ProposeCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final AdminPort port = new AdminPort();

  ProposeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, Refusal {
    String yaml = port.text(terminal, "/proposals").orElse("");
    terminal.out().print(yaml);
    return yaml.startsWith("#") ? Commands.CLEAN : Commands.FINDINGS;
  }
}

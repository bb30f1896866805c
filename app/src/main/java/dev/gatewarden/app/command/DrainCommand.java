package dev.gatewarden.app.command;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `gatewarden drain`.
@Command(
    name = "gatewarden drain",
    description = {
      "Says at `/ready` that this gate should get no more requests, so that whoever spreads them"
          + " leaves it out; what still comes is served.",
      "Before a stop: drain, wait until requests stop coming, and end the program. SIGTERM alone"
          + " lets running requests end, and refuses new ones at once.",
      "Asks the running gate."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  gatewarden drain",
      "  gatewarden drain --end",
      "",
      "Exit code: 0 done, 2 it could not be."
    })
final class DrainCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final AdminPort port = new AdminPort();

  @Option(names = "--end", description = "Takes it back: the gate is ready again.")
  private boolean end;

  DrainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, Refusal {
    var unused = port.done(terminal, "/drain", Map.of("do", end ? "end" : "begin"));
    terminal.out().println(end ? "ready again" : "draining: `/ready` answers 503");
    return Commands.CLEAN;
  }
}

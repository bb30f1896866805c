package dev.gatewarden.app.command;

import dev.gatewarden.app.serving.StateFolder;
import dev.gatewarden.gateway.identity.SigningKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `gatewarden identity rotate`.
@Command(
    name = "gatewarden identity rotate",
    description = {
      "Makes a new key for the tokens by which the gate tells services who is calling.",
      "A running gate publishes it within seconds and signs with it ten minutes later; the old one"
          + " stays published for an hour more, so that nothing is refused."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  gatewarden identity rotate",
      "",
      "Exit code: 0 made, 2 it could not be written."
    })
final class IdentityRotateCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ConfigurationFile configuration = new ConfigurationFile();

  IdentityRotateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, Refusal {
    Path state = StateFolder.of(configuration.read(terminal), terminal.environment());
    String made =
        Audited.act(
            StateFolder.audit(state),
            "rotate-identity",
            "",
            () -> SigningKeys.rotate(state, InstantSource.system()));
    terminal.out().println(made);
    terminal
        .err()
        .println("published now; it signs in " + SigningKeys.AHEAD.toMinutes() + " minutes");
    return Commands.CLEAN;
  }
}

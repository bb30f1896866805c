package dev.gatewarden.app.command;

import dev.gatewarden.app.serving.StateFolder;
import dev.gatewarden.gateway.identity.SigningKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `gatewarden identity keys`.
@Command(
    name = "gatewarden identity keys",
    description = {
      "Prints the public keys by which services check the gate's own tokens, as a JSON Web Key"
          + " Set.",
      "The admin port publishes the same at /.well-known/jwks.json."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  gatewarden identity keys > gate-jwks.json",
      "",
      "Exit code: 0 printed, 2 there are none, or they cannot be read."
    })
final class IdentityKeysCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ConfigurationFile configuration = new ConfigurationFile();

  IdentityKeysCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, Refusal {
    Path state = StateFolder.of(configuration.read(terminal), terminal.environment());
    if (!Files.isDirectory(state)) {
      throw new Refusal("there is no `" + state + "`; a gate makes its key when it starts first");
    }
    terminal.out().println(SigningKeys.published(state, InstantSource.system()));
    return Commands.CLEAN;
  }
}

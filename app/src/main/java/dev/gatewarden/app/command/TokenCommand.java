package dev.gatewarden.app.command;

import dev.gatewarden.app.client.LoggingIn;
import dev.gatewarden.app.client.LoginFile;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `gatewarden token`.
@Command(
    name = "gatewarden token",
    description = {
      "Prints an access token of the login, for scripts; it is renewed where it is about to end."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  curl -H \"Authorization: Bearer $(gatewarden token)\" https://api.example.com/v1/orders",
      "",
      "Exit code: 0 printed, 2 nobody is logged in, or the login is over."
    })
final class TokenCommand implements Callable<Integer> {
  private final Terminal terminal;

  TokenCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    terminal.out().println(of(terminal));
    return Commands.CLEAN;
  }

  /// The access token of who is logged in.
  static String of(Terminal terminal) throws IOException {
    try (LoggingIn logging = new LoggingIn(LoginCommand.secrets(terminal))) {
      return logging.current(LoginFile.of(terminal.environment())).access();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped while asking for a token", stopped);
    }
  }
}

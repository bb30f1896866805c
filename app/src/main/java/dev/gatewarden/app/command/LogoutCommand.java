package dev.gatewarden.app.command;

import dev.gatewarden.app.client.LoggingIn;
import dev.gatewarden.app.client.Login;
import dev.gatewarden.app.client.LoginFile;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `gatewarden logout`.
@Command(
    name = "gatewarden logout",
    description = {
      "Takes the tokens of the login back at the authorization server (RFC 7009), and forgets them."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  gatewarden logout",
      "",
      "Exit code: 0 forgotten, 1 forgotten here and not taken back there, 2 it could not be."
    })
final class LogoutCommand implements Callable<Integer> {
  private final Terminal terminal;

  LogoutCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    LoginFile file = LoginFile.of(terminal.environment());
    String trouble = "";
    try (LoggingIn logging = new LoggingIn(LoginCommand.secrets(terminal))) {
      Login login = file.read();
      if (login == null) {
        terminal.err().println("nobody is logged in");
        return Commands.CLEAN;
      }
      logging.revoke(login);
    } catch (IOException e) {
      trouble = String.valueOf(e.getMessage());
    }
    file.delete();
    if (trouble.isEmpty()) {
      terminal.err().println("logged out");
      return Commands.CLEAN;
    }
    terminal.err().println("forgotten here; the server was not told: " + trouble);
    return Commands.FINDINGS;
  }
}

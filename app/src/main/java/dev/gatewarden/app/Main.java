package dev.gatewarden.app;

import dev.gatewarden.app.command.Commands;
import dev.gatewarden.app.command.Terminal;

/// The program.
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    Terminal terminal = Terminal.ofThisProcess();
    int code = Commands.run(arguments, terminal);
    terminal.out().flush();
    System.exit(code);
  }
}

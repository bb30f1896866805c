package dev.gatewarden.app.command;

import dev.gatewarden.core.document.Node;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `gatewarden reload`.
@Command(
    name = "gatewarden reload",
    description = {
      "Puts the configuration in force again as its files say it now, with everything they refer"
          + " to: contracts, overlays, policies, secrets, certificates.",
      "Asks the running gate, which reads all of it aside first. What is not sound, or takes a"
          + " restart, is told in full and changes nothing."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  gatewarden reload",
      "  gatewarden reload --status",
      "",
      "Exit code: 0 the files are in force, 1 they are not, 2 it could not ask."
    })
final class ReloadCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final AdminPort port = new AdminPort();

  @Option(
      names = "--status",
      description = "Changes nothing, and tells which configuration is in force.")
  private boolean status;

  ReloadCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, Refusal {
    Node told;
    try {
      told = status ? port.told(terminal, "/reload") : port.done(terminal, "/reload", Map.of());
    } catch (Refusal.Wrong wrong) {
      terminal.out().println(wrong.getMessage());
      terminal.err().println("nothing was changed: what was in force stays");
      return Commands.FINDINGS;
    }
    terminal.out().println(text(told, "generation") + " is in force since " + text(told, "since"));
    String old = text(told, "old_since");
    if (old.isEmpty()) {
      return Commands.CLEAN;
    }
    terminal.out().println("its files say something else since " + old + ", which is not sound:");
    if (told instanceof Node.Obj object && object.get("problems") instanceof Node.Arr problems) {
      problems
          .items()
          .forEach(
              each -> terminal.out().println(each instanceof Node.Text line ? line.value() : ""));
    }
    return Commands.FINDINGS;
  }

  private static String text(Node told, String name) {
    return told instanceof Node.Obj object && object.get(name) instanceof Node.Text text
        ? text.value()
        : "";
  }
}

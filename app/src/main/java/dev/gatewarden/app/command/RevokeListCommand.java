package dev.gatewarden.app.command;

import dev.gatewarden.core.document.Node;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `gatewarden revoke list`.
@Command(
    name = "gatewarden revoke list",
    description = {
      "Prints which tokens, subjects and clients are shut out, and until when.",
      "Asks the running gate."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  gatewarden revoke list",
      "  gatewarden revoke list --admin http://127.0.0.1:8081",
      "",
      "Exit code: 0 nothing is shut out, 1 something is, 2 it could not ask."
    })
final class RevokeListCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final AdminPort port = new AdminPort();

  RevokeListCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, Refusal {
    if (!(port.told(terminal, "/revocations") instanceof Node.Arr all)) {
      throw new Refusal("the admin port tells something else");
    }
    if (all.items().isEmpty()) {
      terminal.err().println("nothing is shut out");
      return Commands.CLEAN;
    }
    all.items().forEach(each -> terminal.out().println(line(each)));
    return Commands.FINDINGS;
  }

  /// One block in words.
  static String line(Node block) {
    String before = text(block, "issued-before");
    return text(block, "kind")
        + " `"
        + text(block, "id")
        + "` of `"
        + text(block, "issuer")
        + "`"
        + (before.isEmpty() ? "" : ", issued before " + before)
        + ", until "
        + text(block, "until");
  }

  private static String text(Node block, String name) {
    return block instanceof Node.Obj object && object.get(name) instanceof Node.Text text
        ? text.value()
        : "";
  }
}

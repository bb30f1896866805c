package dev.gatewarden.app.command;

import dev.gatewarden.core.document.Node;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `gatewarden log-level`.
@Command(
    name = "gatewarden log-level",
    description = {
      "Makes the running gate's log say more, or less, for a time; afterwards it is as before."
          + " Decision lines and the audit log stay as they are.",
      "Without a level, prints the one in force.",
      "Asks the running gate."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  gatewarden log-level",
      "  gatewarden log-level debug --for 10m",
      "",
      "Exit code: 0 done, 2 it could not be."
    })
final class LogLevelCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final AdminPort port = new AdminPort();

  @Parameters(
      paramLabel = "<level>",
      arity = "0..1",
      description = "error, warn, info, debug or trace.")
  private @Nullable String level;

  @Option(
      names = "--for",
      paramLabel = "<duration>",
      description = "For how long, at most a day; 15m where it is not said.")
  private @Nullable String length;

  LogLevelCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, Refusal {
    if (level == null && length != null) {
      throw new Refusal("`--for` needs a level, such as `gatewarden log-level debug --for 10m`");
    }
    terminal.out().println(line(level == null ? port.told(terminal, "/log-level") : asked(level)));
    return Commands.CLEAN;
  }

  private Node asked(String wished) throws IOException, Refusal {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("level", wished);
    if (length != null) {
      fields.put("for", length);
    }
    return port.done(terminal, "/log-level", fields);
  }

  private static String line(Node answer) {
    String until = RelationsAt.text(answer, "until");
    return RelationsAt.text(answer, "level") + (until.isEmpty() ? "" : " until " + until);
  }
}

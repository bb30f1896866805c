package dev.gatewarden.app.command;

import dev.gatewarden.app.admin.AuditTrail;
import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.app.serving.StateFolder;
import dev.gatewarden.core.document.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `gatewarden audit-log`.
@Command(
    name = "gatewarden audit-log",
    description = {
      "Prints what operators did to a gate, and says whether anybody changed a line of it.",
      "Each line carries the digest of the one before it. Who may write the file could write all of"
          + " it anew: compare `--head` with a digest from the program's log, where that is kept"
          + " elsewhere."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  gatewarden audit-log",
      "  gatewarden audit-log --file .gatewarden/audit.log --head 9f2c…",
      "",
      "Exit code: 0 whole, 1 somebody changed it, 2 it could not be read."
    })
final class AuditLogCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ConfigurationFile configuration = new ConfigurationFile();

  @Option(
      names = "--file",
      paramLabel = "<file>",
      description = "An audit log, in place of the one in the state folder.")
  private @Nullable Path file;

  @Option(
      names = "--head",
      paramLabel = "<digest>",
      description = "A digest that one of its lines must have, or its beginning.")
  private @Nullable String head;

  AuditLogCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, Refusal {
    Path log = file == null ? ofTheConfiguration() : terminal.folder().resolve(file);
    if (!Files.exists(log)) {
      throw new Refusal("there is no audit log at `" + log + "`; a gate begins it when it starts");
    }
    if (head != null && head.isBlank()) {
      throw new Refusal("`--head` is empty, and every line begins so");
    }
    List<String> heads = new ArrayList<>();
    AuditTrail trail =
        AuditTrail.read(
            log,
            entry -> {
              heads.add(text(entry, "digest"));
              terminal.out().println(line(entry));
            });
    if (!trail.fault().isEmpty()) {
      terminal.err().println(terminal.bad("somebody changed it: " + trail.fault()));
      return Commands.FINDINGS;
    }
    String wanted = head;
    if (wanted != null && heads.stream().noneMatch(each -> each.startsWith(wanted))) {
      terminal.err().println(terminal.bad("no line has the digest `" + wanted + "`"));
      return Commands.FINDINGS;
    }
    terminal
        .err()
        .println(
            Problems.count((int) trail.entries(), "line")
                + ", whole; the last one is "
                + trail.head());
    return Commands.CLEAN;
  }

  private Path ofTheConfiguration() {
    Reading reading = configuration.read(terminal);
    return StateFolder.audit(StateFolder.of(reading, terminal.environment()));
  }

  private static String line(Node.Obj entry) {
    String from = text(entry, "from");
    String subject = text(entry, "subject");
    String operator = text(entry, "operator");
    String line =
        text(entry, "at")
            + "  "
            + (operator.isEmpty() ? "somebody" : operator)
            + (from.isEmpty() ? "" : " from " + from)
            + ": "
            + text(entry, "action")
            + (subject.isEmpty() ? "" : " " + subject)
            + " ("
            + text(entry, "outcome")
            + ")";
    // Nothing of what was named looks like a line of its own, or tells the terminal anything.
    return line.codePoints()
        .map(each -> Character.isISOControl(each) ? ' ' : each)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static String text(Node.Obj entry, String name) {
    return RelationsAt.text(entry, name);
  }
}

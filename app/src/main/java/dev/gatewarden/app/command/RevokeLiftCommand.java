package dev.gatewarden.app.command;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `gatewarden revoke lift`.
@Command(
    name = "gatewarden revoke lift",
    description = {
      "Lets in again what was shut out: a token, a subject or a client.",
      "Asks the running gate."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  gatewarden revoke lift subject alice",
      "  gatewarden revoke lift token 7f1c0a9e --issuer corp",
      "",
      "Exit code: 0 let in, 2 it could not be."
    })
final class RevokeLiftCommand implements Callable<Integer> {
  private final Terminal terminal;

  /// What can be shut out.
  enum Kind {
    TOKEN,
    SUBJECT,
    CLIENT
  }

  @Parameters(index = "0", paramLabel = "<kind>", description = "token, subject or client.")
  private Kind kind = Kind.TOKEN;

  @Parameters(index = "1", paramLabel = "<id>", description = "Its name.")
  private String id = "";

  @Option(
      names = "--issuer",
      paramLabel = "<name>",
      description = "The issuer by its name in the configuration; not needed where there is one.")
  private @Nullable String issuer;

  @Mixin private final AdminPort port = new AdminPort();

  RevokeLiftCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, Refusal {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("do", "lift");
    fields.put("kind", kind.name().toLowerCase(Locale.ROOT));
    fields.put("id", id);
    if (issuer != null) {
      fields.put("issuer", issuer);
    }
    var unused = port.done(terminal, "/revocations", fields);
    terminal.out().println(fields.get("kind") + " `" + id + "`: let in again");
    return Commands.CLEAN;
  }
}

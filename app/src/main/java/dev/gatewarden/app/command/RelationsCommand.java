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

/// `gatewarden relations show|forget|transfer`: what is done to one object.
abstract class RelationsCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final String does;

  @Mixin private final AdminPort port = new AdminPort();

  @Parameters(index = "0", paramLabel = "<type>", description = "Its type in the contract.")
  private String type = "";

  @Parameters(index = "1", paramLabel = "<id>", description = "Its id.")
  private String id = "";

  @Option(
      names = "--api",
      paramLabel = "<name>",
      description = "The API by its name in the configuration; not needed where there is one.")
  private @Nullable String api;

  RelationsCommand(Terminal terminal, String does) {
    this.terminal = terminal;
    this.does = does;
  }

  /// What is asked for besides.
  Map<String, String> more() {
    return Map.of();
  }

  /// Tells what was done, and with which exit code that ends.
  abstract int tell(Node answer, String name, Terminal terminal);

  @Override
  public Integer call() throws IOException, Refusal {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("do", does);
    fields.put("type", type);
    fields.put("id", id);
    if (api != null) {
      fields.put("api", api);
    }
    fields.putAll(more());
    try (RelationsAt relations = new RelationsAt(terminal, port)) {
      return tell(relations.done(fields), type + " `" + id + "`", terminal);
    }
  }

  @Command(
      name = "gatewarden relations show",
      description = {
        "Prints whose an object is, as far as the gate knows, and what lies above it.",
        "Asks the running gate, or reads where a gate that does not run keeps it."
      },
      sortOptions = false,
      footer = {
        "",
        "Examples:",
        "  gatewarden relations show order 7c9e6679-7425-40de-944b-e07fc1f90ae7",
        "  gatewarden relations show order o1 --api shop",
        "",
        "Exit code: 0 it is known, 1 it is not, 2 it could not look."
      })
  static final class Show extends RelationsCommand {
    Show(Terminal terminal) {
      super(terminal, "show");
    }

    @Override
    int tell(Node answer, String name, Terminal terminal) {
      if (!RelationsAt.says(answer, "known")) {
        terminal.err().println(name + " is not known");
        return Commands.FINDINGS;
      }
      terminal.out().println(RelationsAt.text(answer, "line"));
      if (answer instanceof Node.Obj object && object.get("above") instanceof Node.Arr above) {
        above
            .items()
            .forEach(
                each ->
                    terminal
                        .out()
                        .println(
                            "  below " + (each instanceof Node.Text text ? text.value() : "")));
      }
      return Commands.CLEAN;
    }
  }

  @Command(
      name = "gatewarden relations forget",
      description = {
        "Forgets whose an object is, so that it counts like one older than the gate.",
        "Asks the running gate, or writes where a gate that does not run keeps it."
      },
      sortOptions = false,
      footer = {
        "",
        "Examples:",
        "  gatewarden relations forget order 7c9e6679-7425-40de-944b-e07fc1f90ae7",
        "",
        "Exit code: 0 forgotten, 1 it was not known, 2 it could not be."
      })
  static final class Forget extends RelationsCommand {
    Forget(Terminal terminal) {
      super(terminal, "forget");
    }

    @Override
    int tell(Node answer, String name, Terminal terminal) {
      boolean known = RelationsAt.says(answer, "known");
      terminal.err().println(name + (known ? ": forgotten" : " was not known"));
      return known ? Commands.CLEAN : Commands.FINDINGS;
    }
  }

  @Command(
      name = "gatewarden relations transfer",
      description = {
        "Gives an object to another owner.",
        "Asks the running gate, or writes where a gate that does not run keeps it."
      },
      sortOptions = false,
      footer = {
        "",
        "Examples:",
        "  gatewarden relations transfer order o1 --to bob",
        "  gatewarden relations transfer order o1 --to bob --from alice --tenant south",
        "",
        "Exit code: 0 it is the new owner's, 2 it could not be done."
      })
  static final class Transfer extends RelationsCommand {
    @Option(
        names = "--to",
        paramLabel = "<owner>",
        required = true,
        description = "Whose it is from now on, as the owner's credential says.")
    private String to = "";

    @Option(names = "--from", paramLabel = "<owner>", description = "Whose it must be so far.")
    private @Nullable String from;

    @Option(
        names = "--tenant",
        paramLabel = "<tenant>",
        description = "The tenant it belongs to from now on; as before where it is not said.")
    private @Nullable String tenant;

    @Option(
        names = "--issuer",
        paramLabel = "<name>",
        description =
            "Who names the new owner, where several issuers name callers; as before where it is"
                + " not said.")
    private @Nullable String issuer;

    Transfer(Terminal terminal) {
      super(terminal, "transfer");
    }

    @Override
    Map<String, String> more() {
      Map<String, String> more = new LinkedHashMap<>();
      more.put("to", to);
      if (from != null) {
        more.put("owner", from);
      }
      if (tenant != null) {
        more.put("tenant", tenant);
      }
      if (issuer != null) {
        more.put("issuer", issuer);
      }
      return more;
    }

    @Override
    int tell(Node answer, String name, Terminal terminal) {
      terminal.out().println(RelationsAt.text(answer, "line"));
      return Commands.CLEAN;
    }
  }
}

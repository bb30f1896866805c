package dev.gatewarden.app.command;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.platform.building.RowSecurity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `gatewarden build rls`.
@Command(
    name = "gatewarden build rls",
    description = {
      "Writes row-level security for PostgreSQL, so that the data store itself gives a caller no"
          + " row but their own, whatever the service forgets.",
      "Whose rows are whose is what the contract's object types say: `owner`, `tenant`, `parent`,"
          + " `refs` and `access`, and in which `table` they are kept. What it cannot hold is said"
          + " on stderr."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  gatewarden build rls shop.yaml --role shop_service > rls.sql && psql -f rls.sql",
      "  gatewarden build rls shop.yaml --overlay shop.objects.yaml",
      "  gatewarden build rls shop.yaml --undo | psql",
      "",
      "The service tells PostgreSQL who is calling at the beginning of each transaction, with the",
      "payload of the gate's token, once its signature is checked:",
      "  SELECT set_config('gatewarden.principal', $1, true)",
      "",
      "Exit code: 0 it was written, 2 the contract does not say enough, or could not be read."
    })
final class BuildRlsCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "<contract>", description = "The OpenAPI or Swagger document.")
  private @Nullable Path contract;

  @Option(
      names = "--overlay",
      paramLabel = "<file>",
      description = "Laid over it; as often as needed, in order.")
  private List<Path> overlays = new ArrayList<>();

  @Option(
      names = "--role",
      paramLabel = "<name>",
      description =
          "The database role that the service uses; every role where it is not said. The script"
              + " stops where policies would not hold that role.")
  private @Nullable String role;

  @Option(names = "--undo", description = "Writes what takes it all back.")
  private boolean undo;

  BuildRlsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Contract read = ContractFile.read(terminal, Objects.requireNonNull(contract), overlays);
    if (undo) {
      terminal.out().print(RowSecurity.undo(read));
      return Commands.CLEAN;
    }
    RowSecurity.Script script = RowSecurity.of(read, role);
    terminal.out().print(script.sql());
    for (String each : script.uncovered()) {
      terminal.err().println("not held: " + each);
    }
    return Commands.CLEAN;
  }
}

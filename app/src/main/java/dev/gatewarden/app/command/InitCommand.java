package dev.gatewarden.app.command;

import dev.gatewarden.app.contracts.Contracts;
import dev.gatewarden.app.contracts.FirstConfiguration;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ContractFiles;
import dev.gatewarden.core.document.Place.Origin;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `gatewarden init`.
@Command(
    name = "gatewarden init",
    description = {
      "Writes a configuration from a contract and the service's URL, with a comment at each line"
          + " you should look at.",
      "Operations whose objects the contract does not state yet are watched and not judged, for 30"
          + " days."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  gatewarden init --contract openapi.yaml --upstream http://127.0.0.1:9000",
      "  gatewarden init --contract openapi.yaml --upstream https://shop.internal --out"
          + " gate/gatewarden.yaml",
      "",
      "Exit code: 0 written, 2 it could not be."
    })
final class InitCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--contract",
      required = true,
      paramLabel = "<file>",
      description = "The OpenAPI document.")
  private @Nullable Path contract;

  @Option(
      names = "--upstream",
      required = true,
      paramLabel = "<url>",
      description = "Where the service runs: scheme, host and port.")
  private @Nullable URI upstream;

  @Option(
      names = "--name",
      paramLabel = "<name>",
      description =
          "What the API is called in the configuration; the contract's file name where it is not"
              + " said.")
  private @Nullable String name;

  @Option(
      names = "--out",
      paramLabel = "<file>",
      defaultValue = "gatewarden.yaml",
      description =
          "The file to write; ${DEFAULT-VALUE} where it is not said, - for standard output.")
  private Path out = Path.of("gatewarden.yaml");

  @Option(names = "--force", description = "Replaces a file that is there already.")
  private boolean force;

  InitCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, Refusal {
    Path given = java.util.Objects.requireNonNull(contract);
    URI service = java.util.Objects.requireNonNull(upstream);
    if (service.getHost() == null) {
      throw new Refusal(
          "`" + service + "` is no URL with a host; write it as `http://127.0.0.1:9000`");
    }
    boolean toFile = !out.toString().equals("-");
    Path target = terminal.folder().resolve(out);
    if (toFile && Files.exists(target) && !force) {
      throw new Refusal(
          "`" + out + "` is there already; name another with `--out`, or say `--force`");
    }
    Path file = terminal.folder().resolve(given).normalize();
    String api = name == null ? FirstConfiguration.nameOf(given) : name;
    Contract read =
        Contracts.reader()
            .read(new ContractFiles(api, new Origin(file.toUri(), given.toString())), id -> true);
    String text =
        FirstConfiguration.text(
            read,
            service,
            relative(file, toFile ? target : terminal.folder().resolve("x")),
            ConfigurationFile.today());
    if (!toFile) {
      terminal.out().print(text);
      return Commands.CLEAN;
    }
    Path parent = target.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.writeString(target, text);
    terminal.out().println(out);
    terminal.err().println("read it through, then: gatewarden check-config && gatewarden run");
    return Commands.CLEAN;
  }

  private static String relative(Path file, Path target) {
    Path folder = target.toAbsolutePath().normalize().getParent();
    return folder == null ? file.toString() : folder.relativize(file).toString();
  }
}

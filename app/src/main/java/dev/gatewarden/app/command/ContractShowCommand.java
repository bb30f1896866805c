package dev.gatewarden.app.command;

import dev.gatewarden.app.command.show.ContractJson;
import dev.gatewarden.app.command.show.ContractText;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.document.Nearest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `gatewarden contract show`.
@Command(
    name = "gatewarden contract show",
    description = {
      "Prints what was understood of a contract: operations, who may call them, whose objects they"
          + " touch, what they take and answer, what nothing leads to, and what is odd."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  gatewarden contract show api.yaml",
      "  gatewarden contract show api.yaml --overlay api.objects.yaml --operation getOrder",
      "  gatewarden contract show api.yaml --format json",
      "",
      "Exit code: 0 it was read, 2 it could not be."
    })
final class ContractShowCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "<contract>", description = "The OpenAPI or Swagger document.")
  private @Nullable Path contract;

  @Option(
      names = "--overlay",
      paramLabel = "<file>",
      description = "Laid over it; as often as needed, in order.")
  private List<Path> overlays = new ArrayList<>();

  @Option(
      names = "--operation",
      paramLabel = "<id>",
      description = "One operation alone, by its id.")
  private @Nullable String operation;

  @Option(
      names = "--format",
      paramLabel = "<format>",
      defaultValue = "text",
      description = "text or json.")
  private Format format = Format.TEXT;

  ContractShowCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Refusal {
    Contract read = ContractFile.read(terminal, Objects.requireNonNull(contract), overlays);
    String text =
        operation == null
            ? switch (format) {
              case TEXT -> ContractText.of(read, terminal);
              case JSON -> ContractJson.of(read);
            }
            : one(read, operation);
    terminal.out().print(text);
    return Commands.CLEAN;
  }

  private String one(Contract read, String name) throws Refusal {
    Operation found = read.operation(name);
    if (found == null) {
      List<String> names = read.operations().stream().map(each -> each.id().name()).toList();
      String advice = Nearest.advice(name, names);
      throw new Refusal(
          "`"
              + contract
              + "` has no operation `"
              + name
              + "`; "
              + (advice.isEmpty() ? "it has " + names.size() + " others" : advice));
    }
    return switch (format) {
      case TEXT -> ContractText.of(read, found, terminal).stripLeading();
      case JSON -> ContractJson.of(read, found);
    };
  }
}

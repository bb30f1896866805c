package dev.gatewarden.app.command;

import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.app.contracts.Contracts;
import dev.gatewarden.app.serving.PolicySchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `gatewarden policy schema`.
@Command(
    name = "gatewarden policy schema",
    description = {
      "Prints what Cedar policies can speak of: the schema that the contracts imply.",
      "It holds who calls, the operations, the object types with their owners, tenants and parents,"
          + " and the circumstances."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  gatewarden policy schema > policies/gatewarden.cedarschema",
      "",
      "Exit code: 0 printed, 2 it could not run."
    })
final class PolicySchemaCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ConfigurationFile configuration = new ConfigurationFile();

  PolicySchemaCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Reading reading = configuration.read(terminal);
    terminal
        .out()
        .print(PolicySchema.of(reading, Contracts.read(reading, ConfigurationFile.today())));
    return Commands.CLEAN;
  }
}

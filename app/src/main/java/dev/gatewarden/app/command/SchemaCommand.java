package dev.gatewarden.app.command;

import dev.gatewarden.app.reference.Reference;
import dev.gatewarden.app.source.Sources;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `gatewarden schema`.
@Command(
    name = "gatewarden schema",
    description = "Prints the JSON Schema of gatewarden.yaml, for editors and other tools.",
    sortOptions = false,
    footer = {"", "Example:", "  gatewarden schema > gatewarden.schema.json", ""})
final class SchemaCommand implements Callable<Integer> {
  private final Terminal terminal;

  SchemaCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    terminal.out().print(Reference.schema(Sources.ofThisProgram()));
    return Commands.CLEAN;
  }
}

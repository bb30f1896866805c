package dev.gatewarden.app.command;

import dev.gatewarden.app.command.policy.Models;
import dev.gatewarden.app.command.policy.WhoCan;
import dev.gatewarden.app.text.Json;
import dev.gatewarden.core.policy.model.OperationModel;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `gatewarden policy who-can`.
@Command(
    name = "gatewarden policy who-can",
    description = {
      "Tells who can use an operation and whose objects they reach, as the configuration says it:"
          + " the callers who bring no more than they have to.",
      "Computed by the rules that the gate judges by, for every set of the schemes, scopes and"
          + " roles that the operation names."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  gatewarden policy who-can getOrder",
      "  gatewarden policy who-can shop.getOrder --format json",
      "  gatewarden policy who-can 'DELETE /orders/{id}' -c staging/gatewarden.yaml",
      "",
      "Exit code: 0 somebody can, 1 nobody can, 2 it could not be told."
    })
final class PolicyWhoCanCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      paramLabel = "<operation>",
      description = "The operation: `getOrder`, `shop.getOrder` or 'GET /orders/{id}'.")
  private String operation = "";

  @Mixin private final ConfigurationFile configuration = new ConfigurationFile();

  @Option(
      names = "--format",
      paramLabel = "<format>",
      defaultValue = "text",
      description = "text or json.")
  private Format format = Format.TEXT;

  PolicyWhoCanCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Refusal {
    Models models = Models.of(configuration.read(terminal), ConfigurationFile.today());
    OperationModel model = one(models, operation);
    WhoCan answer = new WhoCan(models.of(model), model);
    terminal
        .out()
        .print(
            switch (format) {
              case TEXT -> answer.text(terminal);
              case JSON -> Json.text(answer.json());
            });
    return answer.anybody() ? Commands.CLEAN : Commands.FINDINGS;
  }

  static OperationModel one(Models models, String name) throws Refusal {
    List<OperationModel> found = models.named(name);
    if (found.isEmpty()) {
      throw new Refusal("there is no operation `" + name + "`; " + models.advice(name));
    }
    if (found.size() > 1) {
      throw new Refusal(
          "`"
              + name
              + "` stands in several APIs: "
              + String.join(
                  ", ", found.stream().map(each -> "`" + each.operation().id() + "`").toList()));
    }
    return found.getFirst();
  }
}

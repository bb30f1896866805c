package dev.gatewarden.app.command;

import dev.gatewarden.app.command.audit.HumanReport;
import dev.gatewarden.controls.Catalog;
import dev.gatewarden.core.contract.ContractReader;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.platform.auditing.Audit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `gatewarden audit`.
@Command(
    name = "gatewarden audit",
    description = {
      "Judges a contract without traffic: what it leaves open, and what to do about it.",
      "What has one cause is one finding, however many operations it concerns. What matters most"
          + " comes first: how severe it is, what data stands behind it, who can reach it."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  gatewarden audit openapi.yaml",
      "  gatewarden audit openapi.yaml --fail-on high --fail-under 70",
      "",
      "Exit code: 0 nothing at the bar, 1 there is something, 2 it could not be judged."
    })
final class AuditCommand implements Callable<Integer> {
  /// What makes an audit fail.
  enum Bar {
    CRITICAL,
    HIGH,
    MEDIUM,
    LOW,
    NONE;

    boolean stops(Severity severity) {
      return switch (this) {
        case CRITICAL -> severity == Severity.CRITICAL;
        case HIGH -> severity.compareTo(Severity.HIGH) >= 0;
        case MEDIUM -> severity.compareTo(Severity.MEDIUM) >= 0;
        case LOW -> true;
        case NONE -> false;
      };
    }
  }

  private final Terminal terminal;

  @Parameters(paramLabel = "<contract>", description = "The OpenAPI or Swagger document.")
  private @Nullable Path contract;

  @Option(
      names = "--overlay",
      paramLabel = "<file>",
      description = "Laid over it; as often as needed, in order.")
  private List<Path> overlays = new ArrayList<>();

  @Option(
      names = "--fail-on",
      paramLabel = "<severity>",
      defaultValue = "low",
      description =
          "What is not to pass: critical, high, medium, low or none, and what is worse; low where"
              + " it is not said.")
  private Bar bar = Bar.LOW;

  @Option(
      names = "--fail-under",
      paramLabel = "<score>",
      description = "Fails below that score, from 0 to 100.")
  private int least;

  AuditCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    ContractReader.Draft draft =
        ContractFile.draft(terminal, Objects.requireNonNull(contract), overlays);
    Audited audited = new Audited(draft.contract(), draft.problems(), ConfigurationFile.today());
    Audit audit = Audit.of(audited, Catalog.RULES);
    terminal.out().print(HumanReport.of(audit, terminal));
    boolean failed =
        audit.score().value() < least
            || audit.findings().stream().anyMatch(each -> bar.stops(each.finding().severity()));
    return failed ? Commands.FINDINGS : Commands.CLEAN;
  }
}

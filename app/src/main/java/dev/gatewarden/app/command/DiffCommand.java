package dev.gatewarden.app.command;

import dev.gatewarden.app.command.diff.Bar;
import dev.gatewarden.app.command.diff.HumanReport;
import dev.gatewarden.app.command.diff.JsonReport;
import dev.gatewarden.app.command.diff.Outcome;
import dev.gatewarden.app.command.diff.PolicyFile;
import dev.gatewarden.app.command.diff.SarifReport;
import dev.gatewarden.core.change.Change;
import dev.gatewarden.core.change.Comparison;
import dev.gatewarden.core.change.VersionPolicy;
import dev.gatewarden.core.contract.Contract;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `gatewarden diff`.
@Command(
    name = "gatewarden diff",
    description = {
      "Tells what is different between two versions of a contract: what breaks callers, what"
          + " weakens the protection or shows more, and what is harmless.",
      "Directions count: a field more to send, or a value less that is taken, breaks; a field less"
          + " to read, or a value more that comes, breaks. What several operations share is told"
          + " once."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  gatewarden diff main/api.yaml api.yaml",
      "  gatewarden diff old.yaml new.yaml --policy gatewarden.yaml --fail-on breaking",
      "  gatewarden diff old.yaml new.yaml --accept request-limit-raised-1a2b3c4d",
      "  gatewarden diff old.yaml new.yaml --format sarif > changes.sarif",
      "",
      "Exit code: 0 nothing at the bar, 1 there is something, 2 they could not be compared."
    })
final class DiffCommand implements Callable<Integer> {

  /// How the result is printed.
  enum As {
    HUMAN,
    TEXT,
    JSON,
    SARIF
  }

  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "<old>", description = "The contract as it was.")
  private @Nullable Path old;

  @Parameters(index = "1", paramLabel = "<new>", description = "The contract as it is to be.")
  private @Nullable Path now;

  @Option(
      names = "--fail-on",
      split = ",",
      paramLabel = "<class>",
      description =
          "What is not to pass: breaking, security, any or none; breaking,security where it is not"
              + " said. What goes against a policy does not pass unless it is none.")
  private List<Bar> bars = new ArrayList<>();

  @Option(
      names = "--accept",
      paramLabel = "<id>",
      description =
          "A change that is agreed to, by its id, or all of a kind, by its name; as often as"
              + " needed.")
  private List<String> accepted = new ArrayList<>();

  @Option(
      names = "--policy",
      paramLabel = "<file>",
      description =
          "What is promised about versions: a gatewarden.yaml whose API says `versions`, or a file"
              + " with that key alone.")
  private @Nullable Path policy;

  @Option(
      names = "--api",
      paramLabel = "<name>",
      description =
          "The API of the policy's gatewarden.yaml; the one with the new contract, where"
              + " it is not said.")
  private @Nullable String api;

  @Option(
      names = "--overlay",
      paramLabel = "<file>",
      description = "Laid over both contracts; as often as needed, in order.")
  private List<Path> overlays = new ArrayList<>();

  @Option(
      names = "--old-overlay",
      paramLabel = "<file>",
      description = "Laid over the old contract alone.")
  private List<Path> oldOverlays = new ArrayList<>();

  @Option(
      names = "--new-overlay",
      paramLabel = "<file>",
      description = "Laid over the new contract alone.")
  private List<Path> newOverlays = new ArrayList<>();

  @Option(
      names = "--format",
      paramLabel = "<format>",
      defaultValue = "human",
      description = "human, json or sarif (2.1.0).")
  private As format = As.HUMAN;

  DiffCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Refusal {
    LocalDate today = ConfigurationFile.today();
    Path newer = Objects.requireNonNull(now);
    VersionPolicy promised = policy == null ? null : promised(policy, newer);
    Contract before = contract(Objects.requireNonNull(old), oldOverlays);
    Contract after = contract(newer, newOverlays);
    Set<String> agreed = new HashSet<>(accepted);
    List<Change> changes = new ArrayList<>(Comparison.between(before, after, today));
    int all = changes.size();
    agree(changes, agreed);
    if (promised != null) {
      List<Change> broken = new ArrayList<>(promised.judge(before, after, changes, today));
      all += broken.size();
      agree(broken, agreed);
      changes.addAll(0, broken);
    }
    agreed.forEach(
        each -> terminal.err().println("gatewarden: `--accept " + each + "` meets no change"));
    Outcome outcome = new Outcome(before, after, changes, all - changes.size(), bars());
    terminal.out().print(report(outcome));
    return outcome.failed() ? Commands.FINDINGS : Commands.CLEAN;
  }

  private String report(Outcome outcome) {
    return switch (format) {
      case HUMAN, TEXT -> HumanReport.of(outcome, terminal);
      case JSON -> JsonReport.of(outcome);
      case SARIF -> SarifReport.of(outcome, Commands.version());
    };
  }

  private Set<Bar> bars() {
    return bars.isEmpty() ? EnumSet.of(Bar.BREAKING, Bar.SECURITY) : EnumSet.copyOf(bars);
  }

  private VersionPolicy promised(Path file, Path newer) throws Refusal {
    VersionPolicy promised =
        PolicyFile.read(terminal.folder(), file, api, terminal.folder().resolve(newer));
    if (promised == null) {
      throw new Refusal(
          "`"
              + file
              + "` says nothing of versions of `"
              + (api == null ? newer : api)
              + "`; add `versions: {breaking: new-version, notice: 90d}` to its API");
    }
    return promised;
  }

  private Contract contract(Path file, List<Path> own) {
    List<Path> laid = new ArrayList<>(overlays);
    laid.addAll(own);
    return ContractFile.read(terminal, file, laid);
  }

  /// Takes out what somebody agreed to; what is left of the agreements meets nothing.
  private void agree(List<Change> changes, Set<String> agreed) {
    Set<String> met = new HashSet<>();
    changes.removeIf(
        each -> {
          for (String name : accepted) {
            if (name.equals(each.id()) || name.equals(each.kind().word())) {
              met.add(name);
              return true;
            }
          }
          return false;
        });
    agreed.removeAll(met);
  }
}

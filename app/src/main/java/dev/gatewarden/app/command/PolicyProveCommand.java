package dev.gatewarden.app.command;

import dev.gatewarden.app.command.policy.Bar;
import dev.gatewarden.app.command.policy.ContractChanges;
import dev.gatewarden.app.command.policy.JsonReport;
import dev.gatewarden.app.command.policy.Models;
import dev.gatewarden.app.command.policy.Outcome;
import dev.gatewarden.app.command.policy.SarifReport;
import dev.gatewarden.app.command.policy.TextReport;
import dev.gatewarden.app.command.policy.Trust;
import dev.gatewarden.app.command.policy.Usage;
import dev.gatewarden.core.policy.model.ApiModel;
import dev.gatewarden.core.policy.model.Audit;
import dev.gatewarden.core.policy.model.Difference;
import dev.gatewarden.core.policy.model.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `gatewarden policy prove`.
@Command(
    name = "gatewarden policy prove",
    description = {
      "Proves what the configuration lets callers do: operations nobody guards or nobody can use,"
          + " objects nobody checks, who reaches what, rules that change nothing, and what is wider"
          + " or narrower than in another version.",
      "Every set of schemes, scopes and roles that the rules name is tried against own objects,"
          + " those of the same and of another tenant, and absent ones. What decides outside this"
          + " model is listed as assumed."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  gatewarden policy prove",
      "  gatewarden policy prove --against ../main/gatewarden.yaml",
      "  gatewarden policy prove --against ../main --fail-on widened,trust --format sarif",
      "  gatewarden policy prove --fail-on public,unchecked --accept public:shop.health",
      "  gatewarden policy prove --used decisions.ndjson",
      "",
      "Exit code: 0 nothing at the bar, 1 there is something, 2 it could not be proved."
    })
final class PolicyProveCommand implements Callable<Integer> {

  /// How the result is printed.
  enum As {
    TEXT,
    JSON,
    SARIF
  }

  private final Terminal terminal;

  @Mixin private final ConfigurationFile configuration = new ConfigurationFile();

  @Option(
      names = "--against",
      paramLabel = "<old>",
      description =
          "An older configuration, or the folder of an older version with a configuration of the"
              + " same name.")
  private @Nullable Path against;

  @Option(
      names = "--used",
      paramLabel = "<file>",
      description = "Decision lines; tells what is granted and was never used. As often as needed.")
  private List<Path> used = new ArrayList<>();

  @Option(
      names = "--fail-on",
      split = ",",
      paramLabel = "<kind>",
      description =
          "What is not to pass: widened, narrowed, trust, shown, unchecked, public, unreachable,"
              + " shadowed, unused, assumed, any or none; widened,trust where it is not said.")
  private List<Bar> bars = new ArrayList<>();

  @Option(
      names = "--accept",
      paramLabel = "<id>",
      description =
          "A finding that is agreed to, such as `public:shop.health`, or all of a kind, by its"
              + " name; as often as needed.")
  private List<String> accepted = new ArrayList<>();

  @Option(
      names = "--format",
      paramLabel = "<format>",
      defaultValue = "text",
      description = "text, json or sarif (2.1.0).")
  private As format = As.TEXT;

  PolicyProveCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, Refusal {
    Models models = Models.of(configuration.read(terminal), ConfigurationFile.today());
    List<Finding> findings = new ArrayList<>();
    if (against != null) {
      compare(older(against), models, findings);
    }
    models.byApi().values().forEach(each -> findings.addAll(Audit.of(each)));
    if (!used.isEmpty()) {
      unused(models, findings);
    }
    int all = findings.size();
    agree(findings);
    Set<Bar> at = bars.isEmpty() ? EnumSet.of(Bar.WIDENED, Bar.TRUST) : EnumSet.copyOf(bars);
    Outcome outcome =
        new Outcome(models, findings, all - findings.size(), Outcome.assumed(models), at);
    terminal
        .out()
        .print(
            switch (format) {
              case TEXT -> TextReport.of(outcome, terminal);
              case JSON -> JsonReport.of(outcome);
              case SARIF -> SarifReport.of(outcome, Commands.version());
            });
    return outcome.failed() ? Commands.FINDINGS : Commands.CLEAN;
  }

  private Models older(Path said) throws Refusal {
    Path file = said;
    if (Files.isDirectory(terminal.folder().resolve(said))) {
      Path same = said.resolve(configuration.file());
      boolean relative = !configuration.file().isAbsolute();
      file =
          relative && Files.exists(terminal.folder().resolve(same))
              ? same
              : said.resolve(configuration.file().getFileName());
    }
    if (!Files.exists(terminal.folder().resolve(file))) {
      throw new Refusal("there is no `" + file + "` to compare with");
    }
    return Models.of(ConfigurationFile.read(terminal, file), ConfigurationFile.today());
  }

  private static void compare(Models old, Models now, List<Finding> findings) {
    for (Map.Entry<String, ApiModel> each : now.byApi().entrySet()) {
      ApiModel before = old.byApi().get(each.getKey());
      findings.addAll(
          Difference.between(before == null ? each.getValue().empty() : before, each.getValue()));
      if (before != null) {
        findings.addAll(
            ContractChanges.between(
                before.contract(), each.getValue().contract(), ConfigurationFile.today()));
      }
    }
    for (Map.Entry<String, ApiModel> each : old.byApi().entrySet()) {
      if (!now.byApi().containsKey(each.getKey())) {
        findings.addAll(Difference.between(each.getValue(), each.getValue().empty()));
      }
    }
    findings.addAll(Trust.between(old.reading(), now.reading(), ConfigurationFile.today()));
  }

  private void unused(Models models, List<Finding> findings) throws IOException, Refusal {
    List<Path> files = new ArrayList<>();
    for (Path file : used) {
      Path there = terminal.folder().resolve(file);
      if (!Files.isRegularFile(there)) {
        throw new Refusal("there is no file `" + file + "`");
      }
      files.add(there);
    }
    Usage usage = Usage.read(files);
    if (usage.lines() == 0) {
      throw new Refusal("`--used` names no decision line");
    }
    if (usage.unread() > 0) {
      terminal.err().println(Problems.count((int) usage.unread(), "line") + " told of no decision");
    }
    models.byApi().values().forEach(each -> findings.addAll(usage.unused(each)));
  }

  /// Takes out what somebody agreed to; what agrees to nothing is said.
  private void agree(List<Finding> findings) {
    Set<String> unmet = new HashSet<>(accepted);
    findings.removeIf(
        each -> {
          boolean agreed = accepted.contains(each.id()) || accepted.contains(each.kind().word());
          if (agreed) {
            unmet.remove(each.id());
            unmet.remove(each.kind().word());
          }
          return agreed;
        });
    unmet.forEach(
        each -> terminal.err().println("gatewarden: `--accept " + each + "` meets no finding"));
  }
}

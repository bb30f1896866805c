package dev.gatewarden.app.command;

import dev.gatewarden.app.command.audit.HumanReport;
import dev.gatewarden.app.command.audit.JsonReport;
import dev.gatewarden.app.command.audit.JunitReport;
import dev.gatewarden.app.command.audit.Made;
import dev.gatewarden.app.command.audit.Outcome;
import dev.gatewarden.app.command.audit.SarifReport;
import dev.gatewarden.app.command.audit.Watch;
import dev.gatewarden.app.contracts.SeenFiles;
import dev.gatewarden.controls.Catalog;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ContractReader;
import dev.gatewarden.core.design.OwnerRules;
import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.Documents;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.document.References;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Finding;
import dev.gatewarden.platform.auditing.Audit;
import dev.gatewarden.platform.auditing.Ranked;
import dev.gatewarden.platform.auditing.fixing.Fixes;
import dev.gatewarden.platform.auditing.spectral.Ruleset;
import dev.gatewarden.platform.auditing.spectral.RulesetReader;
import dev.gatewarden.platform.auditing.spectral.SpectralRun;
import dev.gatewarden.platform.inputs.Inputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
      "  gatewarden audit openapi.yaml --write-baseline audit.baseline.json",
      "  gatewarden audit openapi.yaml --baseline audit.baseline.json --suppressions"
          + " audit.suppressions.yaml",
      "  gatewarden audit openapi.yaml --format sarif > audit.sarif",
      "  gatewarden audit openapi.yaml --ruleset .spectral.yaml",
      "  gatewarden audit openapi.yaml --fix",
      "  gatewarden audit openapi.yaml --fix --owners owners.yaml",
      "  gatewarden audit openapi.yaml --fix --suggested --dry-run",
      "",
      "Exit code: 0 nothing at the bar, 1 there is something, 2 it could not be judged."
    })
final class AuditCommand implements Callable<Integer> {
  /// How the result is printed.
  enum As {
    HUMAN,
    TEXT,
    JSON,
    SARIF,
    JUNIT
  }

  private static final int MOST_ROUNDS = 5;

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
  private Outcome.Bar bar = Outcome.Bar.LOW;

  @Option(
      names = "--fail-under",
      paramLabel = "<score>",
      description = "Fails below that score, from 0 to 100.")
  private int least;

  @Option(
      names = "--ruleset",
      paramLabel = "<file>",
      description =
          "A ruleset of Spectral whose own rules are run too, beside ours; as often as needed.")
  private List<Path> rulesets = new ArrayList<>();

  @Mixin private final Agreed agreed = new Agreed();

  @Option(
      names = "--format",
      paramLabel = "<format>",
      defaultValue = "human",
      description = "human, json, sarif (2.1.0) or junit.")
  private As format = As.HUMAN;

  @Option(
      names = "--fix",
      description =
          "Makes the edits that take nothing from callers, and keeps comments and order; what is"
              + " left is told.")
  private boolean fix;

  @Option(
      names = "--suggested",
      description =
          "With `--fix`, makes the edits as well that forbid something or promise what may not"
              + " hold: to be read before they are kept.")
  private boolean suggested;

  @Option(names = "--dry-run", description = "Tells what `--fix` would do, and writes nothing.")
  private boolean dry;

  @Option(
      names = "--codeowners",
      paramLabel = "<file>",
      description =
          "The CODEOWNERS file of the contract's repository: who owns its path is the owner that"
              + " `--fix` writes where nobody answers for the API.")
  private @Nullable Path codeowners;

  @Option(
      names = "--owners",
      paramLabel = "<file>",
      description =
          "Rules that say who answers for which operations: `owners: [{path: …, tag: …, operation:"
              + " …, owner: …}]`; `--fix` writes them where nobody answers for the API, and the"
              + " rules name somebody for each operation.")
  private @Nullable Path owners;

  @Option(
      names = "--watch",
      description =
          "Judges again whenever the contract, or another file that was read for it, says something"
              + " else; until Ctrl-C.")
  private boolean watch;

  /// What the last run read.
  private SeenFiles seen = new SeenFiles();

  /// The ids of all rules that the last run had.
  private final Set<String> controls = new LinkedHashSet<>();

  AuditCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, Refusal {
    if (dry && !fix) {
      throw new Refusal("`--dry-run` says what `--fix` would do; say both");
    }
    if (suggested && !fix) {
      throw new Refusal("`--suggested` says which edits `--fix` makes; say both");
    }
    if (fix
        && Inputs.kind(ContractFile.document(terminal, Objects.requireNonNull(contract)))
            != Inputs.Kind.OTHER) {
      throw new Refusal(
          "`--fix` edits contracts, and `"
              + contract
              + "` is one that a contract is inferred from");
    }
    LocalDate today = ConfigurationFile.today();
    return watch ? watched(today) : judged(agreed.read(terminal), today);
  }

  private int judged(Agreed.Word word, LocalDate today) throws IOException, Refusal {
    OwnerRules rules = OwnersFile.read(terminal, owners);
    Judged judged = outcome(word, rules, today);
    OwnersFile.tell(terminal, rules, judged.outcome().audit().contract().contract());
    if (fix) {
      judged = fixed(judged, word, rules, today);
    }
    agreed.write(judged.left().all(), terminal);
    terminal.out().print(report(judged.outcome()));
    terminal.out().flush();
    return judged.outcome().failed() ? Commands.FINDINGS : Commands.CLEAN;
  }

  /// Edits the contract until nothing is left that can be edited: what one edit adds another may
  /// refer to.
  private Judged fixed(Judged judged, Agreed.Word word, OwnerRules rules, LocalDate today)
      throws IOException, Refusal {
    Path given = Objects.requireNonNull(contract);
    if (ContractFile.open(terminal, given, overlays, Inputs.Told.NOTHING).inferred() != null) {
      throw new Refusal("`--fix` edits contracts, and `" + given + "` only shows what one may be");
    }
    Path file = terminal.folder().resolve(given).normalize();
    Judged last = judged;
    Made made = new Made(dry);
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Fixes fixes =
          Fixes.of(
              new Place.Origin(file.toUri(), given.toString()),
              Files.readString(file),
              last.outcome().audit().findings().stream().map(Ranked::finding).toList(),
              suggested ? Fixes.Level.SUGGESTED : Fixes.Level.SAFE);
      fixes.made().forEach(made::add);
      if (dry || fixes.made().isEmpty()) {
        break;
      }
      Files.writeString(file, fixes.text());
      last = outcome(word, rules, today);
    }
    terminal.err().print(made.text());
    terminal.err().flush();
    return last;
  }

  /// Judges until somebody stops the program; what cannot be read is told, and waited for.
  private int watched(LocalDate today) throws IOException {
    Path file = at(Objects.requireNonNull(contract));
    Watch.of(
        file.getFileSystem(),
        (files, changed) -> {
          seen = files;
          changed.forEach(each -> terminal.err().println("`" + each.getFileName() + "` changed"));
          files.look(file);
          agreed.files().forEach(each -> files.look(at(each)));
          if (codeowners != null) {
            files.look(at(codeowners));
          }
          if (owners != null) {
            files.look(at(owners));
          }
          try {
            judged(agreed.read(terminal), today);
          } catch (ProblemsException | IOException | Refusal unread) {
            terminal.out().flush();
            terminal.err().print(Commands.said(unread, terminal));
            terminal.err().flush();
          }
        });
    return Commands.CLEAN;
  }

  private Path at(Path file) {
    return terminal.folder().resolve(file).toAbsolutePath().normalize();
  }

  /// What is told, and all there is to remember.
  private record Judged(Outcome outcome, Agreed.Left left) {}

  private Judged outcome(Agreed.Word word, OwnerRules rules, LocalDate today)
      throws IOException, Refusal {
    Path given = Objects.requireNonNull(contract);
    ContractReader.Draft draft = ContractFile.draft(terminal, given, overlays, seen);
    Audited audited = new Audited(draft.contract(), draft.problems(), today);
    Audit all = Audit.of(audited, rules(), theirs(draft.contract()));
    if (codeowners != null) {
      all = all.with("owner-missing", OwnedPath.of(terminal, codeowners, given).remedies(audited));
    }
    all = all.with("owner-missing", OwnersFile.remedies(rules, audited));
    Agreed.Left left = word.left(all.findings(), today, terminal);
    Audit shown = all.showing(left.fresh());
    return new Judged(new Outcome(shown, left.suppressed(), left.known(), bar, least), left);
  }

  private List<AuditRule> rules() {
    return Catalog.RULES.stream()
        .filter(each -> !terminal.without().contains(each.rule().id()))
        .toList();
  }

  /// What the user's own rulesets find; what of them has no effect is told.
  private List<Finding> theirs(Contract judged) {
    controls.clear();
    rules().forEach(each -> controls.add(each.rule().id()));
    if (rulesets.isEmpty() || terminal.without().contains("spectral")) {
      return List.of();
    }
    Path file = terminal.folder().resolve(Objects.requireNonNull(contract)).normalize();
    Place.Origin origin = new Place.Origin(file.toUri(), contract.toString());
    Documents written = new Documents(seen, Bounds.DEFAULT, origin, Set.of());
    boolean converted = written.root() instanceof Node.Obj root && root.get("swagger") != null;
    Node document = converted ? written.root() : judged.source();
    References references = converted ? written : judged.references();
    SpectralRun run = new SpectralRun(document, references, judged.operations());
    List<Finding> findings = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (Path each : rulesets) {
      Path at = terminal.folder().resolve(each).normalize();
      try {
        Ruleset ruleset =
            RulesetReader.read(seen, new Place.Origin(at.toUri(), each.toString()), document);
        controls.addAll(ruleset.controls());
        terminal.err().print(Problems.text(ruleset.notes(), terminal));
        findings.addAll(run.findings(ruleset));
      } catch (ProblemsException wrong) {
        problems.addAll(wrong.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new ProblemsException(problems);
    }
    return findings;
  }

  private String report(Outcome outcome) {
    return switch (format) {
      case HUMAN, TEXT -> HumanReport.of(outcome, terminal);
      case JSON -> JsonReport.of(outcome);
      case SARIF -> SarifReport.of(outcome, Commands.version());
      case JUNIT -> JunitReport.of(outcome, List.copyOf(controls));
    };
  }
}

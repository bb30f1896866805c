package dev.gatewarden.app.command;

import dev.gatewarden.app.command.probe.Casting;
import dev.gatewarden.app.command.probe.ContractKind;
import dev.gatewarden.app.command.probe.Doubt;
import dev.gatewarden.app.command.probe.HtmlReport;
import dev.gatewarden.app.command.probe.HumanReport;
import dev.gatewarden.app.command.probe.JsonReport;
import dev.gatewarden.app.command.probe.JunitReport;
import dev.gatewarden.app.command.probe.Lines;
import dev.gatewarden.app.command.probe.PlanReport;
import dev.gatewarden.app.command.probe.ProtocolPlan;
import dev.gatewarden.app.command.probe.SarifReport;
import dev.gatewarden.app.command.probe.Told;
import dev.gatewarden.app.command.probe.VersusReport;
import dev.gatewarden.app.command.probe.emit.Emission;
import dev.gatewarden.controls.Catalog;
import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.document.Nearest;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.platform.auditing.Ranked;
import dev.gatewarden.platform.probing.Cast;
import dev.gatewarden.platform.probing.Dependencies;
import dev.gatewarden.platform.probing.Oracle;
import dev.gatewarden.platform.probing.Prober;
import dev.gatewarden.platform.probing.Report;
import dev.gatewarden.platform.probing.Shared;
import dev.gatewarden.platform.probing.Target;
import dev.gatewarden.platform.probing.Versus;
import dev.gatewarden.platform.probing.Wire;
import dev.gatewarden.platform.probing.fuzz.FuzzCase;
import dev.gatewarden.platform.probing.fuzz.FuzzProbe;
import dev.gatewarden.platform.probing.protocol.Protocol;
import dev.gatewarden.platform.probing.protocol.ProtocolCase;
import dev.gatewarden.platform.probing.protocol.ProtocolFuzz;
import dev.gatewarden.platform.probing.protocol.Spoken;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `gatewarden probe`.
@Command(
    name = "gatewarden probe",
    description = {
      "Attacks a running API like somebody who knows its rules: for each identity, object and"
          + " operation the right answer follows from the contract, and what is answered otherwise"
          + " is told, with the requests that show it.",
      "Sent to the target alone, no faster than agreed. What is there already is only read: objects"
          + " that are changed or deleted are made for it, unless `--may` permits more."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  gatewarden probe --contract shop.yaml --target http://127.0.0.1:9000 --identities"
          + " identities.yaml",
      "  gatewarden probe --contract shop.yaml --target http://127.0.0.1:9000 --identities"
          + " identities.yaml --plan",
      "  gatewarden probe … --probe foreign-read --operation getOrder --format json",
      "  gatewarden probe … --through http://127.0.0.1:8080",
      "  gatewarden probe --contract shop.postman_collection.json --environment staging.json"
          + " --target http://127.0.0.1:9000 --identities identities.yaml",
      "  gatewarden probe … --seen recorded.har",
      "  gatewarden probe … --fuzz 50 --corpus probe.corpus.jsonl",
      "  gatewarden probe --contract schema.graphqls --target http://127.0.0.1:9000/graphql"
          + " --identities identities.yaml --fuzz 50",
      "  gatewarden probe … --baseline probe.baseline.json --format junit > probe.xml",
      "  gatewarden probe … --emit-tests gatewarden-tests",
      "  gatewarden probe … --test gatewarden-tests --format junit > probe-tests.xml",
      "",
      "Exit code: 0 nothing new at the bar, 1 there is something, 2 it could not run."
    })
final class ProbeCommand implements Callable<Integer> {

  /// How the result is printed.
  enum As {
    HUMAN,
    JSON,
    SARIF,
    JUNIT,
    HTML,
    /// Of `--plan` alone: which operation makes what another one needs.
    DOT,
    MERMAID
  }

  private final Terminal terminal;

  @Option(
      names = "--contract",
      required = true,
      paramLabel = "<file>",
      description = {
        "The OpenAPI or Swagger document; or a Postman collection (v2.0, v2.1) or an HTTP Archive"
            + " that a contract is inferred from. With `--fuzz` also a GraphQL schema (its"
            + " language, or the answer to an introspection query), or a `FileDescriptorSet` of"
            + " protobuf."
      })
  private @Nullable Path contract;

  @Option(
      names = "--overlay",
      paramLabel = "<file>",
      description = "Laid over it; as often as needed, in order.")
  private List<Path> overlays = new ArrayList<>();

  @Option(
      names = "--before",
      paramLabel = "<file>",
      description = "The contract of the version before: what it had and was taken away is called.")
  private @Nullable Path before;

  @Option(
      names = "--target",
      required = true,
      paramLabel = "<url>",
      description = "Where the API stands: what the contract's paths stand below.")
  private @Nullable URI base;

  @Option(
      names = "--through",
      paramLabel = "<url>",
      description =
          "Where the gate stands before the same API: everything is tried at both, and told is who"
              + " stopped it. What is found behind the gate counts.")
  private @Nullable URI through;

  @Option(
      names = "--identities",
      required = true,
      paramLabel = "<file>",
      description = "Who can call, and what is theirs.")
  private @Nullable Path identities;

  @Option(
      names = "--allow",
      paramLabel = "<host:port>",
      description = "What may be called beside the target, such as where identities log in.")
  private List<String> allowed = new ArrayList<>();

  @Option(
      names = "--behind",
      paramLabel = "<url>",
      description = {
        "Where the service stands, where only its gate should reach it; as often as needed. Nothing"
            + " may answer there."
      })
  private List<URI> behind = new ArrayList<>();

  @Option(
      names = "--may",
      split = ",",
      paramLabel = "<verb>",
      description = "What may be done to objects that were there before: update, delete, act.")
  private List<Target.May> may = new ArrayList<>();

  @Option(
      names = "--probe",
      paramLabel = "<id>",
      description = "Only this probe; as often as needed.")
  private List<String> only = new ArrayList<>();

  @Option(
      names = "--operation",
      paramLabel = "<name>",
      description = {
        "Attacks only this operation; as often as needed. Others are used to make what it needs,"
            + " and to delete that again.",
      })
  private List<String> operations = new ArrayList<>();

  @Option(
      names = "--most",
      paramLabel = "<requests>",
      defaultValue = "1000",
      description =
          "Requests of the whole run, logins among them; 1000 where it is not said. What was made"
              + " is deleted with requests beside them.")
  private int most = 1000;

  @Option(
      names = "--rate",
      paramLabel = "<requests>",
      defaultValue = "50",
      description = "Requests a second; 50 where it is not said.")
  private int rate = 50;

  @Option(
      names = "--seed",
      paramLabel = "<number>",
      defaultValue = "1",
      description = "The same seed sends the same values.")
  private long seed = 1;

  @Option(
      names = "--fuzz",
      paramLabel = "<requests>",
      description =
          "Sends as many requests for each operation as well, made from its schemas: right ones,"
              + " such with one thing wrong, and such that are written oddly.")
  private int fuzz;

  @Option(
      names = "--corpus",
      paramLabel = "<file>",
      description =
          "Where requests of `--fuzz` that showed something are kept; they are sent again first.")
  private @Nullable Path corpus;

  @Option(
      names = "--replay",
      paramLabel = "<finding>",
      description = "Sends only what showed that finding of `--fuzz`, out of the corpus.")
  private @Nullable String replay;

  @Option(
      names = {"--plan", "--dry-run"},
      description = "Tells what would be tried, and sends nothing.")
  private boolean plan;

  @Option(
      names = "--log",
      paramLabel = "<file>",
      description = "Writes every request that was sent, a line of JSON each.")
  private @Nullable Path log;

  @Option(
      names = "--fail-on",
      paramLabel = "<severity>",
      defaultValue = "low",
      description = "What is not to pass, and what is worse; low where it is not said.")
  private Severity bar = Severity.LOW;

  @Option(
      names = "--format",
      paramLabel = "<format>",
      defaultValue = "human",
      description = "human, json, sarif (2.1.0), junit or html; dot or mermaid with `--plan`.")
  private As format = As.HUMAN;

  @Mixin private final InputOptions inputs = new InputOptions();

  @Mixin private final ProbeTests tests = new ProbeTests();

  @Mixin private final Agreed agreed = new Agreed();

  ProbeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, Refusal {
    tests.check(format, through != null);
    if (!plan && (format == As.DOT || format == As.MERMAID)) {
      throw new Refusal(
          "`--plan` alone is drawn; a run is told as human, json, sarif, junit or html");
    }
    Target target = target();
    Agreed.Word word = agreed.read(terminal);
    Spoken spoken = spoken();
    if (spoken != null) {
      return fuzzed(spoken, target, word);
    }
    ProbedContract given =
        ProbedContract.read(
            terminal, Objects.requireNonNull(contract), overlays, inputs, target.base());
    Contract bound = given.contract();
    List<Operation> chosen = operations(bound);
    FuzzProbe fuzzing = fuzzing();
    if (fuzzing != null && given.isInferred()) {
      fuzzing.guessing();
    }
    List<Probe> probes = new ArrayList<>(replay == null ? probes() : List.of());
    if (fuzzing != null) {
      probes.add(fuzzing);
    }
    if (plan) {
      List<Identity> callers =
          Casting.rehearsed(
              bound,
              terminal.folder(),
              Objects.requireNonNull(identities),
              terminal.environment(),
              target,
              given.credentials());
      terminal
          .out()
          .print(planned(bound, chosen, new Oracle(bound).expected(chosen, callers), probes));
      return Commands.CLEAN;
    }
    Report report;
    ProbedContract met;
    List<Identity> callers;
    Versus versus = null;
    StringBuilder sent = new StringBuilder();
    try (Wire wire = Wire.to(target)) {
      Cast cast =
          Casting.read(
              bound,
              terminal.folder(),
              Objects.requireNonNull(identities),
              terminal.environment(),
              target,
              wire,
              given.credentials());
      warn(cast);
      met = given.introduced(cast.identities(), wire);
      List<Operation> aims = operations(met.contract());
      if (tests.asked()) {
        return tests.tried(
            terminal,
            met.contract(),
            cast.identities(),
            target,
            probes(),
            format,
            wire.attempts().size(),
            (some, by, seeded, left) -> {
              try (Wire own = wire.beside(left)) {
                return run(met, cast, left, own, some, by, seeded);
              }
            });
      }
      callers = cast.identities();
      report = run(met, cast, target, wire, aims, probes, seed);
      sent.append(log == null ? "" : JsonReport.lines(report));
      if (through != null) {
        Target gate = target.through(checked(through));
        try (Wire other = wire.beside(gate)) {
          Report behind = run(met, cast, gate, other, aims, probes, seed);
          sent.append(log == null ? "" : JsonReport.lines(behind));
          versus = Versus.of(report, behind);
          report = behind;
        }
      }
    }
    if (log != null) {
      Files.writeString(terminal.folder().resolve(log), sent);
    }
    if (fuzzing != null) {
      keep(fuzzing.corpus().stream().map(FuzzCase::line).toList());
    }
    Report judged = met.guessed() ? Shared.without(report, met.contract()) : report;
    Told told = told(Told.of(met.contract(), judged, met.guessed()), word);
    tests.written(
        terminal,
        new Emission(
            met.contract(),
            callers,
            through == null ? target : target.through(checked(through)),
            seed,
            fuzzed(fuzzing)),
        told,
        words(),
        Objects.requireNonNull(identities));
    return printed(told, versus, probes);
  }

  /// The contract where it is no OpenAPI document, but one that services are fuzzed from; else
  /// null.
  private @Nullable Spoken spoken() throws IOException, Refusal {
    Path file = terminal.folder().resolve(Objects.requireNonNull(contract)).normalize();
    byte[] content = Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
    Spoken spoken = ContractKind.of(content).read(file, String.valueOf(contract), content);
    List<String> idle = new ArrayList<>();
    if (spoken != null && !overlays.isEmpty()) {
      idle.add("`--overlay`");
    }
    if (spoken != null && before != null) {
      idle.add("`--before`");
    }
    if (spoken != null && through != null) {
      idle.add("`--through`");
    }
    if (spoken != null) {
      idle.addAll(tests.said());
      idle.addAll(inputs.said());
    }
    if (spoken != null && !only.isEmpty()) {
      idle.add("`--probe`");
    }
    if (!idle.isEmpty()) {
      throw new Refusal(
          String.join(", ", idle) + " is for OpenAPI contracts; `" + contract + "` is none");
    }
    return spoken;
  }

  private String planned(
      Contract bound, List<Operation> chosen, List<Oracle.Expected> expected, List<Probe> probes)
      throws Refusal {
    return switch (format) {
      case HUMAN -> HumanReport.plan(bound, chosen, expected, probes, terminal);
      case JSON -> PlanReport.json(Dependencies.of(bound, chosen), expected, probes);
      case DOT -> PlanReport.dot(Dependencies.of(bound, chosen));
      case MERMAID -> PlanReport.mermaid(Dependencies.of(bound, chosen));
      case SARIF, JUNIT, HTML ->
          throw new Refusal("`--plan` is told as human, json, dot or mermaid");
    };
  }

  /// The lines of the corpus by the finding they show.
  private static Map<String, String> fuzzed(@Nullable FuzzProbe fuzzing) {
    Map<String, String> lines = new LinkedHashMap<>();
    if (fuzzing != null) {
      fuzzing.corpus().forEach(each -> lines.put(each.finding(), each.line()));
    }
    return lines;
  }

  /// The words of this command line that tests need as well, but for the target.
  private List<String> words() {
    List<String> words = new ArrayList<>(List.of("--contract", String.valueOf(contract)));
    overlays.forEach(each -> words.addAll(List.of("--overlay", each.toString())));
    if (before != null) {
      words.addAll(List.of("--before", before.toString()));
    }
    words.addAll(List.of("--identities", String.valueOf(identities)));
    words.addAll(inputs.words());
    allowed.forEach(each -> words.addAll(List.of("--allow", each)));
    behind.forEach(each -> words.addAll(List.of("--behind", each.toString())));
    if (!may.isEmpty()) {
      Set<String> verbs = new TreeSet<>();
      may.forEach(each -> verbs.add(each.name().toLowerCase(Locale.ROOT)));
      words.addAll(List.of("--may", String.join(",", verbs)));
    }
    return words;
  }

  /// Fuzzes what has a schema of its own.
  private int fuzzed(Spoken spoken, Target target, Agreed.Word word) throws IOException, Refusal {
    Contract promised = spoken.contract();
    List<Operation> chosen = operations(promised);
    if (fuzz < 1 && replay == null && !plan) {
      throw new Refusal("`" + contract + "` is fuzzed from; say how often by `--fuzz`");
    }
    if (plan) {
      try (Wire wire = Wire.to(target);
          Protocol protocol = spoken.to(target, wire, List.of())) {
        terminal.out().print(ProtocolPlan.of(protocol, chosen, terminal));
      }
      return Commands.CLEAN;
    }
    Report report = new Report(List.of(), List.of(), Map.of(), List.of(), List.of(), 0);
    FuzzProbe named = new FuzzProbe(fuzz, seed, List.of(), null);
    if (!terminal.without().contains("fuzz")) {
      report = fuzzed(spoken, target, chosen, Prober.attack(named));
      String doubt = ProtocolPlan.doubt(report, target.base());
      if (doubt != null) {
        throw new Refusal(doubt);
      }
    }
    if (log != null) {
      Files.writeString(terminal.folder().resolve(log), JsonReport.lines(report));
    }
    return printed(told(Told.of(promised, report, false), word), null, List.of(named));
  }

  private Report fuzzed(Spoken spoken, Target target, List<Operation> chosen, Attack attack)
      throws IOException, Refusal {
    List<ProtocolCase> kept = ProtocolCase.read(keptAt(), kept());
    replayed(kept.stream().map(ProtocolCase::finding).toList());
    try (Wire wire = Wire.to(target)) {
      List<Identity> callers =
          Casting.read(
                  spoken.contract(),
                  terminal.folder(),
                  Objects.requireNonNull(identities),
                  terminal.environment(),
                  target,
                  wire,
                  ProtocolPlan.recorded())
              .identities();
      try (Protocol protocol = spoken.to(target, wire, callers)) {
        ProtocolFuzz run = new ProtocolFuzz(protocol, callers, attack, fuzz, seed, kept, replay);
        Report report = run.run(chosen);
        keep(run.corpus().stream().map(ProtocolCase::line).toList());
        return report;
      }
    }
  }

  private void keep(List<String> lines) throws IOException {
    if (corpus != null) {
      Files.write(terminal.folder().resolve(corpus), lines);
    }
  }

  /// The lines that were kept, and where they stand; none where there is no corpus yet.
  private List<String> kept() throws IOException, Refusal {
    if (replay != null && corpus == null) {
      throw new Refusal("`--replay` needs the `--corpus` that holds the finding");
    }
    Path file = corpus == null ? null : terminal.folder().resolve(corpus).normalize();
    return file == null || !Files.exists(file) ? List.of() : Files.readAllLines(file);
  }

  private Place.Origin keptAt() {
    Path file = terminal.folder().resolve(String.valueOf(corpus)).normalize();
    return new Place.Origin(file.toUri(), String.valueOf(corpus));
  }

  private void replayed(List<String> findings) throws Refusal {
    if (replay != null && !findings.contains(replay)) {
      throw new Refusal("`" + replay + "` is not in `" + corpus + "`");
    }
  }

  private int printed(Told told, @Nullable Versus versus, List<Probe> probes) {
    terminal.out().print(text(told, versus, probes));
    return told.findings().stream().anyMatch(each -> each.finding().severity().compareTo(bar) >= 0)
        ? Commands.FINDINGS
        : Commands.CLEAN;
  }

  /// What fuzzes, or null where nobody asked for it.
  private @Nullable FuzzProbe fuzzing() throws IOException, Refusal {
    if ((fuzz < 1 && replay == null) || terminal.without().contains("fuzz")) {
      return null;
    }
    List<FuzzCase> kept = new ArrayList<>();
    for (String line : kept()) {
      if (!line.isBlank()) {
        kept.add(FuzzCase.read(keptAt(), line));
      }
    }
    replayed(kept.stream().map(FuzzCase::finding).toList());
    return new FuzzProbe(fuzz, seed, kept, replay);
  }

  private Told told(Told all, Agreed.Word word) throws IOException {
    List<Ranked> found =
        all.findings().stream().map(each -> Ranked.unweighed(each.finding())).toList();
    Agreed.Left left = word.left(found, ConfigurationFile.today(), terminal);
    agreed.write(left.all(), terminal);
    Set<String> fresh = new TreeSet<>();
    left.fresh().forEach(each -> fresh.add(each.finding().id()));
    return all.showing(fresh, left.known().size(), left.suppressed().size());
  }

  private Report run(
      ProbedContract given,
      Cast cast,
      Target target,
      Wire wire,
      List<Operation> chosen,
      List<Probe> probes,
      long seeded)
      throws IOException, Refusal {
    Contract bound = given.contract();
    Report report;
    try (Lines lines = new Lines(terminal)) {
      report =
          new Prober(bound, cast, wire, Clock.systemUTC(), seeded)
              .seeing(given.seen())
              .behind(behind.stream().map(URI::toString).toList())
              .after(
                  before == null
                      ? List.of()
                      : ContractFile.read(terminal, before, List.of()).operations())
              .run(chosen, probes, lines)
              .and(given.untested());
    }
    String doubt = Doubt.of(bound, report, target.base());
    if (doubt != null) {
      throw new Refusal(doubt);
    }
    return report;
  }

  private String text(Told told, @Nullable Versus versus, List<Probe> probes) {
    return switch (format) {
      case HUMAN ->
          (versus == null ? "" : VersusReport.human(versus, terminal))
              + HumanReport.of(told, terminal);
      case JSON -> JsonReport.of(told, versus);
      case SARIF -> SarifReport.of(told, Commands.version());
      case JUNIT -> JunitReport.of(told, probes, bar);
      case HTML -> HtmlReport.of(told, versus, Instant.now());
      case DOT, MERMAID -> throw new GatewardenBug("a run is drawn");
    };
  }

  private Target target() throws Refusal {
    URI at = checked(Objects.requireNonNull(base));
    if (most < 1 || rate < 1) {
      throw new Refusal("`--most` and `--rate` are at least 1");
    }
    Set<String> hosts = new TreeSet<>(allowed);
    for (String each : allowed) {
      if (!each.matches("[^/:]+:\\d+")) {
        throw new Refusal("`" + each + "` is no host with a port; write `id.example.com:443`");
      }
    }
    for (URI each : behind) {
      hosts.add(Target.authority(checked(each)));
    }
    return new Target(
            at, Set.of(Target.authority(at)), rate, most, Duration.ofSeconds(10), Set.copyOf(may))
        .allowing(hosts);
  }

  private static URI checked(URI at) throws Refusal {
    boolean http =
        "http".equalsIgnoreCase(at.getScheme()) || "https".equalsIgnoreCase(at.getScheme());
    if (at.getRawUserInfo() != null) {
      throw new Refusal(
          "a credential stands in a target; who presents one is said in `identities`");
    }
    if (!http || at.getHost() == null || at.getQuery() != null) {
      throw new Refusal("`" + at + "` is no target; write `http://127.0.0.1:9000`");
    }
    return at;
  }

  private List<Operation> operations(Contract bound) throws Refusal {
    List<Operation> chosen = new ArrayList<>();
    for (String name : operations) {
      Operation operation = bound.operation(name);
      if (operation == null) {
        List<String> names = bound.operations().stream().map(each -> each.id().name()).toList();
        throw new Refusal(
            "`" + name + "` is no operation of the contract" + advice(Nearest.of(name, names)));
      }
      chosen.add(operation);
    }
    return chosen.isEmpty() ? bound.operations() : chosen;
  }

  private List<Probe> probes() throws Refusal {
    List<Probe> all =
        Catalog.PROBES.stream()
            .filter(each -> !terminal.without().contains(Prober.attack(each).id()))
            .toList();
    if (only.isEmpty()) {
      return all;
    }
    List<Probe> chosen = new ArrayList<>();
    List<String> ids = Catalog.PROBES.stream().map(Prober::attack).map(Attack::id).toList();
    for (String id : only) {
      int index = ids.indexOf(id);
      if (index < 0) {
        throw new Refusal("`" + id + "` is no probe" + advice(Nearest.of(id, ids)));
      }
      if (all.contains(Catalog.PROBES.get(index))) {
        chosen.add(Catalog.PROBES.get(index));
      }
    }
    return chosen;
  }

  private static String advice(@Nullable String near) {
    return near == null ? "" : "; did you mean `" + near + "`?";
  }

  private void warn(Cast cast) {
    if (cast.identities().size() < 2) {
      terminal
          .err()
          .println(
              "gatewarden: with one identity nobody is foreign to anybody; name two, better of two"
                  + " tenants");
    }
    Set<String> subjects = new TreeSet<>();
    for (Identity each : cast.identities()) {
      if (!subjects.add(each.is().tenant() + "/" + each.is().subject())) {
        terminal
            .err()
            .println(
                "gatewarden: `" + each + "` is the same caller as another identity; say `subject`");
      }
    }
  }
}

package dev.gatewarden.platform.probing.fuzz;

import dev.gatewarden.controls.probes.Honest;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Confidence;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Fault;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import dev.gatewarden.platform.probing.Found;
import dev.gatewarden.platform.probing.Prober;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Sends requests made from schemas: those that the contract permits must not be refused and must
/// not break anything, those with exactly one thing wrong must be refused, and those that are
/// written oddly must be read rightly or not at all.
///
/// Each is a request that works with a few values changed; what shows a fault is made as small as
/// it can be while it still shows it. The same seed gives the same requests.
@Attack(
    id = "fuzz",
    title = "requests are judged otherwise than the contract says",
    threat = Threat.API8_MISCONFIGURATION,
    cwe = 20,
    changes = true,
    guards = "request-schema",
    remedy =
        "have requests validated against the contract before they reach the code, or mend the"
            + " contract where the code is right")
public final class FuzzProbe implements Probe {
  private static final Set<Shown.Kind> PROMISED =
      Set.of(Shown.Kind.TAKEN, Shown.Kind.REFUSED, Shown.Kind.ANSWER);
  private static final int SHOWN = 3;
  private static final int KEPT = 6;

  private final int cases;
  private final long seed;
  private final List<FuzzCase> corpus;
  private final @Nullable String only;
  private boolean guessed;
  private final Map<String, FuzzCase> failing = new LinkedHashMap<>();

  /// What parsers do wrong is told at the first operation that shows it.
  private final Set<String> told = new HashSet<>();

  /// @param cases how many requests are made for each operation, beside those of the corpus
  /// @param corpus requests that showed something before; they come first
  /// @param only the id of the one finding that is to be shown again; null for everything
  public FuzzProbe(int cases, long seed, List<FuzzCase> corpus, @Nullable String only) {
    this.cases = only == null ? cases : 0;
    this.seed = seed;
    this.corpus = List.copyOf(corpus);
    this.only = only;
  }

  /// From now on only what fails is told: what the contract permits and forbids was guessed out of
  /// a
  /// few requests, and is nobody's promise.
  public void guessing() {
    guessed = true;
  }

  /// The corpus of the next run: what this one had, and what it found.
  public List<FuzzCase> corpus() {
    Set<String> again = new HashSet<>();
    failing.values().forEach(each -> again.add(each.finding()));
    List<FuzzCase> all = new ArrayList<>();
    corpus.stream().filter(each -> !again.contains(each.finding())).forEach(all::add);
    all.addAll(failing.values());
    return all;
  }

  @Override
  public void run(Scene scene) {
    told.clear();
    for (Operation operation : scene.operations()) {
      List<FuzzCase> kept = kept(operation);
      if (!operation.method().equals("DELETE") && (only == null || !kept.isEmpty())) {
        Draft honest = Honest.expendable(scene, operation);
        if (honest != null) {
          round(scene, honest, kept);
        } else if (!operation.safe() && !scene.harmless(operation, null)) {
          scene.untested(operation, "it may change what was there before; see `--may`");
        }
      }
    }
  }

  private List<FuzzCase> kept(Operation operation) {
    return corpus.stream()
        .filter(each -> each.operation().equals(operation.id().name()))
        .filter(each -> only == null || each.finding().equals(only))
        .toList();
  }

  /// What was shown is told also where no request is left for the rest.
  private void round(Scene scene, Draft honest, List<FuzzCase> kept) {
    Round round = new Round(scene, honest, seed, only != null);
    boolean tried = false;
    try {
      tried = round.run(kept, cases);
    } finally {
      for (Causes.Cause each : round.causes().grouped(only != null)) {
        tell(scene, honest.operation(), each);
      }
    }
    if (tried && round.causes().isEmpty()) {
      scene.withstood(honest.operation());
    }
  }

  private void tell(Scene scene, Operation operation, Causes.Cause cause) {
    Shown first = cause.shown().getFirst();
    if (guessed && PROMISED.contains(first.wrong().kind())) {
      scene.untested(
          operation, "what it permits and forbids was inferred: only what fails is told");
      return;
    }
    boolean shared = !first.made().coding().isEmpty() && first.made().rule().isForParsers();
    if (shared && !told.add(cause.place()) && only == null) {
      return;
    }
    Fault fault =
        new Fault(
            operation,
            cause.place(),
            first.wrong().kind().severity(),
            Confidence.PROVED,
            cause.message(),
            cause.shown().stream().limit(SHOWN).map(Shown::attempt).toList());
    String id = new Found(Prober.attack(this), fault).finding(scene.contract()).id();
    cause.shown().stream()
        .limit(KEPT)
        .map(each -> each.made().showing(id, cause.place()))
        .forEach(each -> failing.put(each.line(), each));
    scene.found(fault);
  }
}

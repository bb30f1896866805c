package dev.gatewarden.platform.probing.fuzz;

import dev.gatewarden.controls.probes.Honest;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Confidence;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Fault;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import dev.gatewarden.platform.probing.Found;
import dev.gatewarden.platform.probing.Prober;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Sends requests made from schemas: those that the contract permits must not be refused and must
/// not break anything, and those with exactly one thing wrong must be refused.
///
/// Each is a request that works with a few values changed; what shows a fault is made as small as
/// it can be while it still shows it. The same seed gives the same requests.
@Attack(
    id = "fuzz",
    title = "requests are judged otherwise than the contract says",
    threat = Threat.API8_MISCONFIGURATION,
    cwe = 20,
    remedy =
        "have requests validated against the contract before they reach the code, or mend the"
            + " contract where the code is right")
public final class FuzzProbe implements Probe {
  private static final int MOST_CHANGES = 3;
  private static final int SHRINKING = 12;

  private final int cases;
  private final long seed;
  private final List<FuzzCase> corpus;
  private final @Nullable String only;
  private final Map<String, FuzzCase> failing = new LinkedHashMap<>();

  /// @param cases how many requests are made for each operation, beside those of the corpus
  /// @param corpus requests that showed something before; they come first
  /// @param only the id of the one finding that is to be shown again; null for everything
  public FuzzProbe(int cases, long seed, List<FuzzCase> corpus, @Nullable String only) {
    this.cases = only == null ? cases : 0;
    this.seed = seed;
    this.corpus = List.copyOf(corpus);
    this.only = only;
  }

  /// The corpus of the next run: what this one had, and what it found.
  public List<FuzzCase> corpus() {
    Map<String, FuzzCase> all = new LinkedHashMap<>();
    corpus.forEach(each -> all.put(each.finding(), each));
    all.putAll(failing);
    return List.copyOf(all.values());
  }

  @Override
  public void run(Scene scene) {
    for (Operation operation : scene.operations()) {
      if (!operation.method().equals("DELETE") && isWanted(operation)) {
        Draft honest = Honest.expendable(scene, operation);
        if (honest != null) {
          new Round(scene, honest).run();
        }
      }
    }
  }

  private boolean isWanted(Operation operation) {
    return only == null
        || corpus.stream()
            .anyMatch(
                each ->
                    each.finding().equals(only) && each.operation().equals(operation.id().name()));
  }

  /// What is wrong with an answer, in one word and a sentence.
  private record Wrong(String kind, Severity severity, String message) {}

  /// The requests of one operation.
  private final class Round {
    private final Scene scene;
    private final Draft honest;
    private final Operation operation;
    private final Map<String, FuzzPlace> places = new LinkedHashMap<>();
    private final Set<String> told = new HashSet<>();
    private boolean keeps = true;
    private int shrinking;

    private Round(Scene scene, Draft honest) {
      this.scene = scene;
      this.honest = honest;
      this.operation = honest.operation();
      FuzzPlace.of(honest).forEach(each -> places.put(each.at(), each));
    }

    private void run() {
      if (places.isEmpty()) {
        scene.untested(operation, "nothing of its requests can be varied");
        return;
      }
      Answer usual = sent(honest);
      if (!usual.ok()) {
        scene.untested(operation, "the request that should work is answered " + usual.status());
        return;
      }
      keeps = scene.breaks(operation, usual).isEmpty();
      for (FuzzCase each : corpus) {
        if (each.operation().equals(operation.id().name())
            && (only == null || each.finding().equals(only))) {
          judge(each);
        }
      }
      Random random = new Random(seed * 31 + operation.id().name().hashCode());
      Set<String> tried = new HashSet<>();
      for (int i = 0; i < cases; i++) {
        FuzzCase made = i % 2 == 0 ? right(random) : wrong(random);
        if (made != null && tried.add(made.line())) {
          judge(made);
        }
      }
      if (told.isEmpty()) {
        scene.withstood(operation);
      }
    }

    private @Nullable FuzzCase right(Random random) {
      Map<String, @Nullable Node> values = new LinkedHashMap<>();
      int changes = 1 + random.nextInt(MOST_CHANGES);
      for (int i = 0; i < changes; i++) {
        FuzzPlace place = some(random);
        Node value = new FuzzValues(place, random).right();
        if (value != null) {
          values.put(place.at(), value);
        }
      }
      return values.isEmpty() ? null : new FuzzCase("", operation.id().name(), true, values);
    }

    private @Nullable FuzzCase wrong(Random random) {
      FuzzPlace place = some(random);
      boolean leave = place.required() && place.inBody() && random.nextInt(4) == 0;
      Node value = leave ? null : new FuzzValues(place, random).wrong();
      if (!leave && value == null) {
        return null;
      }
      Map<String, @Nullable Node> values = new LinkedHashMap<>();
      values.put(place.at(), value);
      return new FuzzCase("", operation.id().name(), false, values);
    }

    private FuzzPlace some(Random random) {
      return List.copyOf(places.values()).get(random.nextInt(places.size()));
    }

    private void judge(FuzzCase made) {
      Answer answer = sent(made);
      Wrong wrong = answer == null ? null : wrong(made, answer);
      if (wrong == null || answer == null) {
        return;
      }
      FuzzCase small = smaller(made, wrong);
      Answer last = small == made ? answer : sent(small);
      String place = String.join(" ", small.values().keySet()) + " " + wrong.kind();
      if (last == null || !told.add(place)) {
        return;
      }
      Fault fault =
          new Fault(
              operation,
              place,
              wrong.severity(),
              Confidence.PROVED,
              wrong.message(),
              List.of(last.attempt()));
      Attack attack = Prober.attack(FuzzProbe.this);
      String id = new Found(attack, fault).finding(scene.contract()).id();
      failing.put(id, small.showing(id));
      scene.found(fault);
    }

    private @Nullable Wrong wrong(FuzzCase made, Answer answer) {
      String where = String.join(", ", made.values().keySet());
      if (answer.broke()) {
        return new Wrong(
            "fails",
            Severity.MEDIUM,
            (made.right() ? "a value that the contract permits at `" : "a wrong value at `")
                + where
                + "` is answered "
                + answer.status());
      }
      if (!made.right()) {
        return answer.ok()
            ? new Wrong(
                "taken",
                Severity.LOW,
                "what the contract does not permit at `" + where + "` is taken")
            : null;
      }
      if (answer.status() == 400 || answer.status() == 422) {
        return new Wrong(
            "refused",
            Severity.LOW,
            "what the contract permits at `" + where + "` is answered " + answer.status());
      }
      List<String> breaks = answer.ok() && keeps ? scene.breaks(operation, answer) : List.of();
      return breaks.isEmpty()
          ? null
          : new Wrong(
              "answer",
              Severity.LOW,
              "with a value at `"
                  + where
                  + "` the answer breaks the contract: "
                  + breaks.getFirst());
    }

    /// The same case with fewer and simpler values, as long as it shows the same.
    private FuzzCase smaller(FuzzCase made, Wrong wrong) {
      shrinking = SHRINKING;
      FuzzCase small = made;
      for (String at : made.values().keySet()) {
        if (small.values().size() > 1) {
          Map<String, @Nullable Node> fewer = new LinkedHashMap<>(small.values());
          fewer.remove(at);
          FuzzCase less = new FuzzCase("", small.operation(), small.right(), fewer);
          small = shows(less, wrong) ? less : small;
        }
      }
      for (String at : small.values().keySet()) {
        small = simpler(small, at, wrong);
      }
      return small;
    }

    /// Between the value that works and the one that does not, the first that does not.
    private FuzzCase simpler(FuzzCase made, String at, Wrong wrong) {
      FuzzPlace place = places.get(at);
      Node harmful = made.values().get(at);
      if (place == null || harmful == null) {
        return made;
      }
      Node low = least(place, harmful);
      FuzzCase small = made;
      while (shrinking > 0) {
        Node middle = FuzzValues.between(low, harmful);
        if (middle == null) {
          return small;
        }
        Map<String, @Nullable Node> values = new LinkedHashMap<>(small.values());
        values.put(at, middle);
        FuzzCase less = new FuzzCase("", small.operation(), small.right(), values);
        boolean same = Boolean.valueOf(made.right()).equals(place.takes(middle));
        if (same && shows(less, wrong)) {
          small = less;
          harmful = middle;
        } else {
          low = middle;
          shrinking -= same ? 0 : 1;
        }
      }
      return small;
    }

    private static Node least(FuzzPlace place, Node harmful) {
      if (harmful instanceof Node.Text) {
        return Json.of("");
      }
      return place.flat().get("minimum") instanceof Node.Num least ? least : Json.of(0);
    }

    private boolean shows(FuzzCase made, Wrong wrong) {
      if (shrinking-- <= 0) {
        return false;
      }
      Answer answer = sent(made);
      Wrong again = answer == null ? null : wrong(made, answer);
      return again != null && again.kind().equals(wrong.kind());
    }

    private @Nullable Answer sent(FuzzCase made) {
      Draft draft = honest;
      for (Map.Entry<String, @Nullable Node> each : made.values().entrySet()) {
        FuzzPlace place = places.get(each.getKey());
        if (place == null) {
          return null;
        }
        draft = place.placed(draft, each.getValue());
      }
      return sent(draft);
    }

    private Answer sent(Draft draft) {
      Answer answer = scene.send(draft);
      if (answer.ok()) {
        scene.made(operation, draft, answer);
      }
      return answer;
    }
  }
}

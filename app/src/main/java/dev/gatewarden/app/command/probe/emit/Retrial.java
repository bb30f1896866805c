package dev.gatewarden.app.command.probe.emit;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.platform.probing.Prober;
import dev.gatewarden.platform.probing.Report;
import dev.gatewarden.platform.probing.Target;
import dev.gatewarden.platform.probing.fuzz.FuzzCase;
import dev.gatewarden.platform.probing.fuzz.FuzzProbe;
import dev.gatewarden.platform.probing.regression.Outcome;
import dev.gatewarden.platform.probing.regression.Regression;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Tries faults again that were found once: with the probes that found them, at the operations that
/// it took then; where nothing comes of that, at all operations.
public final class Retrial {

  /// Runs probes against the API.
  @FunctionalInterface
  public interface Runs<E extends Exception> {
    Report run(List<Operation> operations, List<Probe> probes, long seed) throws IOException, E;
  }

  /// A test, where it stands, and what came of it.
  public record Tried(String file, Regression test, Outcome outcome) {}

  private final Contract contract;
  private final List<Identity> identities;
  private final Target target;
  private final List<Probe> probes;

  /// @param probes all there are
  public Retrial(Contract contract, List<Identity> identities, Target target, List<Probe> probes) {
    this.contract = contract;
    this.identities = List.copyOf(identities);
    this.target = target;
    this.probes = List.copyOf(probes);
  }

  /// @param tests by the file they stand in
  public <E extends Exception> List<Tried> of(Map<String, Regression> tests, Runs<E> runs)
      throws IOException, E {
    Map<String, Outcome> outcomes = new LinkedHashMap<>();
    Map<Long, Map<String, Regression>> bySeed = new TreeMap<>();
    for (Map.Entry<String, Regression> each : tests.entrySet()) {
      Regression test = each.getValue();
      String missing = missing(test);
      if (missing != null) {
        outcomes.put(each.getKey(), new Outcome.Unknown(missing));
      } else if (!test.fuzz().isEmpty()) {
        Report report = runs.run(contract.operations(), List.of(fuzzed(test)), test.seed());
        outcomes.put(each.getKey(), outcome(test, report));
      } else {
        bySeed.computeIfAbsent(test.seed(), _ -> new LinkedHashMap<>()).put(each.getKey(), test);
      }
    }
    for (Map.Entry<Long, Map<String, Regression>> each : bySeed.entrySet()) {
      together(each.getValue(), each.getKey(), runs, outcomes);
    }
    List<Tried> tried = new ArrayList<>();
    tests.forEach(
        (file, test) -> {
          Outcome outcome = outcomes.get(file);
          tried.add(
              new Tried(file, test, outcome == null ? new Outcome.Unknown("not run") : outcome));
        });
    return tried;
  }

  private <E extends Exception> void together(
      Map<String, Regression> tests, long seed, Runs<E> runs, Map<String, Outcome> outcomes)
      throws IOException, E {
    Set<String> names = new LinkedHashSet<>();
    tests.values().forEach(each -> names.addAll(each.operations()));
    List<Operation> some =
        contract.operations().stream().filter(each -> names.contains(each.id().name())).toList();
    Report report = runs.run(some.isEmpty() ? contract.operations() : some, of(tests), seed);
    Map<String, Regression> open = new LinkedHashMap<>();
    tests.forEach(
        (file, test) -> {
          Outcome outcome = outcome(test, report);
          outcomes.put(file, outcome);
          if (outcome instanceof Outcome.Unknown) {
            open.put(file, test);
          }
        });
    if (!open.isEmpty() && !some.isEmpty() && some.size() < contract.operations().size()) {
      Report whole = runs.run(contract.operations(), of(open), seed);
      open.forEach((file, test) -> outcomes.put(file, outcome(test, whole)));
    }
  }

  private Outcome outcome(Regression test, Report report) {
    Outcome outcome = Outcome.of(test, contract, target.root(), report);
    Set<String> denied = new TreeSet<>();
    for (Target.May each : test.may()) {
      if (!target.may().contains(each)) {
        denied.add(each.name().toLowerCase(Locale.ROOT));
      }
    }
    return outcome instanceof Outcome.Unknown(String why) && !denied.isEmpty()
        ? new Outcome.Unknown(why + " (it was found with `--may " + String.join(",", denied) + "`)")
        : outcome;
  }

  /// The probes that it takes, in the order of the catalog.
  private List<Probe> of(Map<String, Regression> tests) {
    Set<String> ids = new LinkedHashSet<>();
    tests.values().forEach(each -> ids.add(each.probe()));
    return probes.stream().filter(each -> ids.contains(Prober.attack(each).id())).toList();
  }

  private static Probe fuzzed(Regression test) {
    Place.Origin origin = new Place.Origin(URI.create("file:///fuzz.json"), test.finding());
    return new FuzzProbe(
        0, test.seed(), List.of(FuzzCase.read(origin, test.fuzz())), test.finding());
  }

  private @Nullable String missing(Regression test) {
    for (String name : test.identities()) {
      if (identities.stream().noneMatch(each -> each.name().equals(name))) {
        return "`" + name + "` is not among the identities";
      }
    }
    boolean known =
        !test.fuzz().isEmpty()
            || probes.stream().anyMatch(each -> Prober.attack(each).id().equals(test.probe()));
    return known ? null : "there is no probe `" + test.probe() + "` here";
  }
}

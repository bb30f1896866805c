package dev.gatewarden.bench.probes;

import dev.gatewarden.bench.probes.Sortie.Find;
import dev.gatewarden.demo.broken.Flaw;
import dev.gatewarden.demo.broken.Specimen;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/// How the prober did against one broken API.
///
/// @param repaired the run without any fault: whatever it found is a false alarm
/// @param alone one run for each fault
/// @param mixed one run for each combination of faults
record Marks(
    Specimen specimen, Sortie repaired, Map<Flaw, Sortie> alone, Map<List<Flaw>, Sortie> mixed) {

  static Marks of(Specimen specimen, boolean bare, int combinations, Random random) {
    Sortie repaired = Sortie.against(specimen, List.of(), bare);
    Map<Flaw, Sortie> alone = new LinkedHashMap<>();
    for (Flaw flaw : specimen.flaws()) {
      alone.put(flaw, Sortie.against(specimen, List.of(flaw), bare));
    }
    Map<List<Flaw>, Sortie> mixed = new LinkedHashMap<>();
    for (int i = 0; i < combinations; i++) {
      List<Flaw> some = new ArrayList<>(specimen.flaws());
      Collections.shuffle(some, random);
      List<Flaw> chosen = List.copyOf(some.subList(0, 2 + random.nextInt(some.size() / 2)));
      mixed.put(chosen, Sortie.against(specimen, chosen, bare));
    }
    return new Marks(specimen, repaired, alone, mixed);
  }

  /// The faults that were not found though nothing else was wrong.
  List<Flaw> missed() {
    return alone.keySet().stream().filter(flaw -> signs(flaw).isEmpty()).toList();
  }

  /// The faults that were found alone but not in some combination, with how often that was.
  Map<Flaw, Long> hidden() {
    return mixed.entrySet().stream()
        .flatMap(
            each ->
                each.getKey().stream()
                    .filter(flaw -> !signs(flaw).isEmpty())
                    .filter(flaw -> !shown(flaw, each.getValue())))
        .collect(Collectors.groupingBy(flaw -> flaw, LinkedHashMap::new, Collectors.counting()));
  }

  /// How many faults the combinations held together, and how many of them were found.
  Share recall() {
    int all = mixed.keySet().stream().mapToInt(List::size).sum();
    long found =
        mixed.entrySet().stream()
            .flatMap(each -> each.getKey().stream().filter(flaw -> shown(flaw, each.getValue())))
            .count();
    return new Share(found, all);
  }

  /// How many findings the single faults gave, and how many of them have the fault's category.
  Share named() {
    long right = 0;
    long all = 0;
    for (Map.Entry<Flaw, Sortie> each : alone.entrySet()) {
      Set<Find> fresh = fresh(each.getValue());
      all += each.getValue().finds().size();
      right +=
          fresh.stream().filter(find -> find.category().equals(category(each.getKey()))).count();
    }
    return new Share(right, all);
  }

  /// Of the findings in combinations, those that one of the faults gave alone as well.
  Share explained() {
    long all = mixed.values().stream().mapToLong(each -> each.finds().size()).sum();
    return new Share(all - strange().values().stream().mapToLong(Long::longValue).sum(), all);
  }

  /// Findings in combinations that none of their faults gave alone, with how often they came.
  Map<Find, Long> strange() {
    return mixed.entrySet().stream()
        .flatMap(
            each ->
                each.getValue().finds().stream()
                    .filter(
                        find ->
                            each.getKey().stream()
                                .flatMap(flaw -> fresh(run(flaw)).stream())
                                .noneMatch(find::tellsWhat)))
        .collect(Collectors.groupingBy(find -> find, LinkedHashMap::new, Collectors.counting()));
  }

  /// Requests of all combinations for each finding of theirs.
  double requestsForAFinding() {
    double requests = mixed.values().stream().mapToInt(Sortie::requests).sum();
    return requests
        / Math.max(1, mixed.values().stream().mapToInt(each -> each.finds().size()).sum());
  }

  /// Requests of the runs, the middle one of all.
  int requests() {
    List<Integer> all =
        java.util.stream.Stream.concat(alone.values().stream(), mixed.values().stream())
            .map(Sortie::requests)
            .sorted()
            .toList();
    return all.get(all.size() / 2);
  }

  private boolean shown(Flaw flaw, Sortie run) {
    return signs(flaw).stream().anyMatch(sign -> run.finds().stream().anyMatch(sign::tellsWhat));
  }

  /// What a fault shows itself by: the findings under its category that it alone gives.
  private List<Find> signs(Flaw flaw) {
    return fresh(run(flaw)).stream()
        .filter(find -> find.category().equals(category(flaw)))
        .toList();
  }

  private Sortie run(Flaw flaw) {
    return Objects.requireNonNull(alone.get(flaw));
  }

  private Set<Find> fresh(Sortie run) {
    return run.finds().stream()
        .filter(find -> repaired.finds().stream().noneMatch(find::tellsWhat))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String category(Flaw flaw) {
    return flaw.story().threat().label();
  }

  /// So many of so many.
  record Share(long part, long whole) {
    Share plus(Share other) {
      return new Share(part + other.part, whole + other.whole);
    }

    @Override
    public String toString() {
      return part + " of " + whole;
    }
  }
}

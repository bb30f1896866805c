package dev.gatewarden.platform.probing;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Fault;
import dev.gatewarden.core.probe.KnownObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a run writes down: each fault once, what was not tested, what withstood.
final class Notebook {
  /// For probes that are to be refused for asking too often.
  private static final Set<Integer> PATIENCE = Set.of(307, 799);

  private final Map<String, Found> found = new LinkedHashMap<>();
  private final Map<String, Set<String>> untested = new LinkedHashMap<>();
  private final Map<String, Set<String>> withstood = new LinkedHashMap<>();
  private final List<String> left = new ArrayList<>();
  private final Map<String, String> doubts = new HashMap<>();
  private @Nullable Attack attack;

  void of(Attack probe) {
    doubts.clear();
    attack = probe;
    withstood.computeIfAbsent(probe.id(), _ -> new LinkedHashSet<>());
  }

  void found(Fault told) {
    Attack by = java.util.Objects.requireNonNull(attack);
    Fault fault =
        new Fault(
            told.operation(),
            Plain.text(told.place()),
            told.severity(),
            told.confidence(),
            Plain.text(told.message()),
            told.attempts(),
            told.title());
    Found here = new Found(by, fault);
    found.putIfAbsent(by.id() + " " + here.cause(), here);
  }

  /// Said by no probe, it concerns all of them.
  void untested(@Nullable Operation operation, String why) {
    String about = operation == null ? "" : operation.id().name();
    String by = attack == null ? "" : attack.id();
    untested.computeIfAbsent(about + "\n" + Plain.text(why), _ -> new LinkedHashSet<>()).add(by);
  }

  /// Tells that something of what the probe sent about an operation was not really answered, so
  /// that
  /// it cannot tell that the operation withstood it.
  void unanswered(@Nullable Operation operation, String why) {
    doubts.putIfAbsent(operation == null ? "" : operation.id().name(), why);
  }

  void withstood(@Nullable Operation operation) {
    Attack by = java.util.Objects.requireNonNull(attack);
    String name = operation == null ? "" : operation.id().name();
    String doubt = doubts.get(name);
    boolean limits = by.threat() == Threat.API4_RESOURCE_CONSUMPTION || PATIENCE.contains(by.cwe());
    if (doubt != null && !limits) {
      untested(operation, doubt);
      return;
    }
    withstood.computeIfAbsent(by.id(), _ -> new LinkedHashSet<>()).add(name);
  }

  boolean isFound(String probe, Operation operation) {
    return found.values().stream()
        .anyMatch(
            each ->
                each.attack().id().equals(probe) && each.operation().equals(operation.id().name()));
  }

  void left(String object) {
    left.add(Plain.text(object));
  }

  Report report(List<Attempt> attempts, int objects, List<KnownObject> met) {
    List<Report.Untested> gaps = new ArrayList<>();
    untested.forEach(
        (key, by) -> {
          int cut = key.indexOf('\n');
          gaps.add(
              new Report.Untested(key.substring(0, cut), key.substring(cut + 1), List.copyOf(by)));
        });
    Map<String, List<String>> stood = new LinkedHashMap<>();
    withstood.forEach((probe, operations) -> stood.put(probe, List.copyOf(operations)));
    return new Report(List.copyOf(found.values()), gaps, stood, left, attempts, objects, met);
  }
}

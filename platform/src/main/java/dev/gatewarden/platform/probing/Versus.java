package dev.gatewarden.platform.probing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The same attacks straight at a service and through the gate before it: who stopped which.
public record Versus(List<Row> rows) {

  /// Who stopped an attack.
  public enum Stopped {
    /// Found at the service alone, and not behind the gate.
    BY_GATE,
    /// Not found at the service either.
    BY_SERVICE,
    /// Found behind the gate.
    BY_NOBODY,
    /// Found at the service alone, and not tried behind the gate.
    UNTRIED
  }

  /// An attack on an operation.
  ///
  /// @param operation its name, or the empty text for the whole API
  /// @param how what the gate answered, or what it did; why it was not tried; empty where the
  ///     service or nobody stopped it
  /// @param decisions the ids of the gate's decision lines, some of them
  public record Row(
      String probe, String operation, Stopped stopped, String how, List<String> decisions) {
    public Row {
      decisions = List.copyOf(decisions);
    }
  }

  private record Key(String probe, String operation) {}

  private static final int SHOWN = 3;

  public Versus {
    rows = List.copyOf(rows);
  }

  /// @param naked the run straight at the service
  /// @param gated the run through the gate
  public static Versus of(Report naked, Report gated) {
    Set<Key> before = found(naked);
    Set<Key> behind = found(gated);
    Map<Key, Row> rows = new LinkedHashMap<>();
    for (Key key : behind) {
      String how = before.contains(key) ? "" : "at the service it was not found";
      rows.put(key, new Row(key.probe(), key.operation(), Stopped.BY_NOBODY, how, List.of()));
    }
    for (Key key : before) {
      rows.computeIfAbsent(key, _ -> stopped(key, gated));
    }
    naked
        .withstood()
        .forEach(
            (probe, operations) -> {
              for (String each : operations) {
                rows.putIfAbsent(
                    new Key(probe, each), new Row(probe, each, Stopped.BY_SERVICE, "", List.of()));
              }
            });
    return new Versus(new ArrayList<>(rows.values()));
  }

  private static Set<Key> found(Report report) {
    Set<Key> keys = new LinkedHashSet<>();
    report.found().forEach(each -> keys.add(new Key(each.attack().id(), each.operation())));
    return keys;
  }

  private static Row stopped(Key key, Report gated) {
    Set<String> words = new TreeSet<>();
    List<String> decisions = new ArrayList<>();
    for (Attempt each : gated.attempts()) {
      GateRefusal refusal = each.refusal();
      if (refusal != null && concerns(key, each.probe(), each.operation())) {
        words.add(refusal.toString());
        if (decisions.size() < SHOWN && !refusal.decision().isEmpty()) {
          decisions.add(refusal.decision());
        }
      }
    }
    if (!words.isEmpty()) {
      return new Row(
          key.probe(), key.operation(), Stopped.BY_GATE, String.join(", ", words), decisions);
    }
    boolean tried =
        gated.attempts().stream()
            .anyMatch(each -> concerns(key, each.probe(), each.operation()) && each.status() != 0);
    if (tried) {
      return new Row(
          key.probe(),
          key.operation(),
          Stopped.BY_GATE,
          "what passed did no harm any more",
          List.of());
    }
    String why =
        gated.untested().stream()
            .filter(each -> each.operation().equals(key.operation()))
            .filter(each -> each.probes().contains(key.probe()) || each.probes().contains(""))
            .map(Report.Untested::why)
            .findFirst()
            .orElse("no request of it was sent");
    return new Row(key.probe(), key.operation(), Stopped.UNTRIED, why, List.of());
  }

  private static boolean concerns(Key key, String probe, String operation) {
    return key.probe().equals(probe)
        && (key.operation().isEmpty() || key.operation().equals(operation));
  }

  /// How many attacks came to this.
  public long count(Stopped stopped) {
    return rows.stream().filter(each -> each.stopped() == stopped).count();
  }
}

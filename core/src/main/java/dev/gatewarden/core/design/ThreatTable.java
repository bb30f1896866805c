package dev.gatewarden.core.design;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Finding;
import dev.gatewarden.core.finding.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which threats apply to each operation, what the contract states against each, and what it leaves
/// open; what matters most comes first.
///
/// @param whole what is wrong with the contract and with no operation of it
public record ThreatTable(List<Row> rows, List<Finding> whole) {
  public ThreatTable {
    rows = List.copyOf(rows);
    whole = List.copyOf(whole);
  }

  /// One threat to one operation.
  ///
  /// @param owasp null for what only STRIDE has a word for
  /// @param why what makes it apply
  /// @param stated what the contract says against it
  /// @param open what rules of the audit find, the worst first
  /// @param risk 0 where something is stated and nothing found, else from 1 to 100
  public record Row(
      Operation operation,
      @Nullable Threat owasp,
      Set<Stride> stride,
      String why,
      List<String> stated,
      List<Finding> open,
      int risk) {
    public Row {
      stated = List.copyOf(stated);
      open = List.copyOf(open);
    }

    public State state() {
      return !open.isEmpty() ? State.OPEN : stated.isEmpty() ? State.UNSTATED : State.STATED;
    }
  }

  /// How an operation stands against a threat.
  public enum State {
    /// The contract says something against it, and no rule finds fault.
    STATED,
    /// The contract says nothing against it, and no rule finds fault.
    UNSTATED,
    /// A rule finds something.
    OPEN;

    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /// How much it matters that something so severe is at an operation, or null at none, from 1 to
  /// 100.
  public interface Weight {
    int of(Severity severity, @Nullable Operation operation);
  }

  /// The table of a contract.
  ///
  /// @param findings of the audit
  public static ThreatTable of(Audited contract, List<Finding> findings, Weight weight) {
    Map<String, List<Finding>> byName = new HashMap<>();
    List<Finding> whole = new ArrayList<>();
    for (Finding each : findings) {
      if (each.operations().isEmpty()) {
        whole.add(each);
      }
      each.operations()
          .forEach(name -> byName.computeIfAbsent(name, _ -> new ArrayList<>()).add(each));
    }
    whole.sort(Comparator.comparing(Finding::severity).reversed());
    Bearings bearings = new Bearings(contract);
    List<Row> rows = new ArrayList<>();
    for (Operation operation : contract.operations()) {
      List<Finding> here = byName.getOrDefault(operation.id().name(), List.of());
      for (Threat threat : Threat.values()) {
        List<Finding> open =
            here.stream()
                .filter(each -> each.threat() == threat)
                .sorted(Comparator.comparing(Finding::severity).reversed())
                .toList();
        String why = bearings.why(threat, operation);
        if (why != null || !open.isEmpty()) {
          String reason = why == null ? open.getFirst().message() : why;
          List<String> stated = bearings.stated(threat, operation);
          rows.add(row(operation, threat, reason, stated, open, weight));
        }
      }
      if (!operation.safe()) {
        List<String> stated = bearings.told(operation);
        rows.add(
            row(
                operation,
                null,
                "it changes something, and who did may be disputed",
                stated,
                List.of(),
                weight));
      }
    }
    rows.sort(
        Comparator.<Row>comparingInt(each -> -each.risk())
            .thenComparing(Row::state, Comparator.reverseOrder())
            .thenComparingInt(each -> each.operation().index())
            .thenComparingInt(each -> each.owasp() == null ? 99 : each.owasp().ordinal()));
    return new ThreatTable(rows, whole);
  }

  private static Row row(
      Operation operation,
      @Nullable Threat threat,
      String why,
      List<String> stated,
      List<Finding> open,
      Weight weight) {
    int risk = 0;
    for (Finding each : open) {
      risk = Math.max(risk, weight.of(each.severity(), operation));
    }
    if (open.isEmpty() && stated.isEmpty()) {
      risk = weight.of(Severity.LOW, operation);
    }
    return new Row(operation, threat, stride(threat, operation), why, stated, open, risk);
  }

  private static Set<Stride> stride(@Nullable Threat threat, Operation operation) {
    Set<Stride> all = new TreeSet<>();
    switch (threat) {
      case null -> all.add(Stride.REPUDIATION);
      case API1_OBJECT_AUTHORIZATION, API3_PROPERTY_AUTHORIZATION -> {
        all.add(operation.safe() ? Stride.INFORMATION_DISCLOSURE : Stride.TAMPERING);
        if (!operation.method().equals("DELETE")) {
          all.add(Stride.INFORMATION_DISCLOSURE);
        }
      }
      case API2_AUTHENTICATION -> all.add(Stride.SPOOFING);
      case API4_RESOURCE_CONSUMPTION -> all.add(Stride.DENIAL_OF_SERVICE);
      case API5_FUNCTION_AUTHORIZATION -> all.add(Stride.ELEVATION_OF_PRIVILEGE);
      case API6_BUSINESS_FLOWS -> {
        all.add(Stride.DENIAL_OF_SERVICE);
        all.add(Stride.TAMPERING);
      }
      case API7_SSRF -> {
        all.add(Stride.INFORMATION_DISCLOSURE);
        all.add(Stride.ELEVATION_OF_PRIVILEGE);
      }
      case API8_MISCONFIGURATION, API9_INVENTORY -> all.add(Stride.INFORMATION_DISCLOSURE);
      case API10_UNSAFE_CONSUMPTION -> {
        all.add(Stride.SPOOFING);
        all.add(Stride.TAMPERING);
      }
    }
    return all;
  }
}

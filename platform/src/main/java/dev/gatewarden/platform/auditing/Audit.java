package dev.gatewarden.platform.auditing;

import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Finding;
import dev.gatewarden.core.finding.Remedy;
import dev.gatewarden.core.finding.Report;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What came of an audit of one contract.
///
/// @param findings the one that matters most first
public record Audit(Audited contract, List<Ranked> findings, Score score) {
  public Audit {
    findings = List.copyOf(findings);
  }

  /// Judges a contract by rules.
  public static Audit of(Audited contract, List<AuditRule> rules) {
    return of(contract, rules, List.of());
  }

  /// Judges a contract by rules, beside what others found.
  public static Audit of(Audited contract, List<AuditRule> rules, List<Finding> others) {
    List<Finding> findings = new ArrayList<>(others);
    for (AuditRule rule : rules) {
      findings.addAll(found(contract, rule));
    }
    List<Ranked> ranked = ranked(contract, findings);
    return new Audit(contract, ranked, Score.of(ranked, contract.operations().size()));
  }

  /// The same audit and score, showing some of its findings, each by how much it matters at the
  /// operations that it is shown at.
  public Audit showing(List<Ranked> some) {
    return new Audit(
        contract, ranked(contract, some.stream().map(Ranked::finding).toList()), score);
  }

  /// The same audit, whose findings of one rule have further remedies before their own.
  public Audit with(String rule, List<Remedy> remedies) {
    List<Ranked> all =
        findings.stream()
            .map(
                each ->
                    each.finding().control().equals(rule)
                        ? new Ranked(each.finding().first(remedies), each.risk())
                        : each)
            .toList();
    return new Audit(contract, all, score);
  }

  private static List<Finding> found(Audited contract, AuditRule rule) {
    Report report = new Report(rule.rule());
    try {
      rule.judge(contract, report);
    } catch (RuntimeException fault) {
      throw new GatewardenBug("the rule `" + rule.rule().id() + "` broke", fault);
    }
    return report.findings();
  }

  private static List<Ranked> ranked(Audited contract, List<Finding> findings) {
    Map<String, Operation> byName = new HashMap<>();
    contract.operations().forEach(each -> byName.putIfAbsent(each.id().name(), each));
    List<Ranked> ranked = new ArrayList<>();
    for (Finding finding : findings) {
      List<Operation> operations =
          finding.operations().stream().map(byName::get).filter(Objects::nonNull).toList();
      ranked.add(new Ranked(finding, Risk.of(finding.severity(), operations, contract)));
    }
    ranked.sort(
        Comparator.<Ranked>comparingInt(each -> -each.risk().value())
            .thenComparing(each -> each.finding().severity(), Comparator.reverseOrder())
            .thenComparingInt(each -> -each.finding().operations().size())
            .thenComparingInt(Audit::line)
            .thenComparing(each -> each.finding().id()));
    return ranked;
  }

  private static int line(Ranked ranked) {
    Place place = ranked.finding().first().place();
    return place == null ? 0 : place.line();
  }
}

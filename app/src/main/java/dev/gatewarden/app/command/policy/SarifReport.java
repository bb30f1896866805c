package dev.gatewarden.app.command.policy;

import dev.gatewarden.app.text.Json;
import dev.gatewarden.app.text.Sarif;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.policy.model.Finding;
import dev.gatewarden.core.policy.model.Finding.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// A proof in SARIF 2.1.0 (OASIS), for code scanning: one rule a kind, one result a finding.
public final class SarifReport {
  private final Outcome outcome;
  private final List<Kind> kinds;

  private SarifReport(Outcome outcome) {
    this.outcome = outcome;
    Set<Kind> used = new TreeSet<>();
    outcome.findings().forEach(each -> used.add(each.kind()));
    this.kinds = List.copyOf(used);
  }

  /// The log.
  ///
  /// @param version of this program
  public static String of(Outcome outcome, String version) {
    SarifReport report = new SarifReport(outcome);
    return Json.text(
        Sarif.log(
            "gatewarden policy prove",
            version,
            report.kinds.stream().map(SarifReport::rule).toList(),
            outcome.findings().stream().map(report::result).toList()));
  }

  private static Object rule(Kind kind) {
    Map<String, Object> rule = new LinkedHashMap<>();
    rule.put("id", kind.word());
    rule.put("shortDescription", Map.of("text", kind.why()));
    return rule;
  }

  private Object result(Finding finding) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("ruleId", finding.kind().word());
    result.put("ruleIndex", kinds.indexOf(finding.kind()));
    result.put("level", outcome.stops(finding) ? "error" : level(finding.kind()));
    result.put("message", Map.of("text", finding.operation() + ": " + finding.sentence()));
    result.put("locations", List.of(Sarif.location(finding.place(), null)));
    Place before = finding.before();
    if (before != null) {
      result.put("relatedLocations", List.of(Sarif.location(before, "in the older configuration")));
    }
    result.put("properties", Map.of("operation", finding.operation()));
    return result;
  }

  private static String level(Kind kind) {
    return switch (kind) {
      case WIDENED, TRUST, UNCHECKED -> "warning";
      case NARROWED, SHOWN, PUBLIC, UNREACHABLE, SHADOWED, UNUSED -> "note";
    };
  }
}

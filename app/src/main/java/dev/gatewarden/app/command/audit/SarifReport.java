package dev.gatewarden.app.command.audit;

import dev.gatewarden.app.text.Json;
import dev.gatewarden.app.text.Sarif;
import dev.gatewarden.controls.Catalog;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Finding;
import dev.gatewarden.core.finding.Remedy;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Spot;
import dev.gatewarden.platform.auditing.Ranked;
import dev.gatewarden.platform.auditing.Suppressed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// An audit in SARIF 2.1.0 (OASIS), for code scanning: one result a finding, its other places as
/// related locations, what was suppressed as such.
public final class SarifReport {
  /// Code hosts show no more of them.
  private static final int MOST_RELATED = 100;

  private final List<String> rules;

  private SarifReport(Set<String> used) {
    this.rules = List.copyOf(used);
  }

  /// The log.
  ///
  /// @param version of this program
  public static String of(Outcome outcome, String version) {
    Set<String> used = new TreeSet<>();
    outcome.audit().findings().forEach(each -> used.add(each.finding().control()));
    outcome.suppressed().forEach(each -> used.add(each.ranked().finding().control()));
    SarifReport report = new SarifReport(used);
    List<Map<String, Object>> results = new ArrayList<>();
    outcome.audit().findings().forEach(each -> results.add(report.result(each, List.of())));
    outcome
        .suppressed()
        .forEach(each -> results.add(report.result(each.ranked(), List.of(suppression(each)))));
    return Json.text(
        Sarif.log(
            "gatewarden audit",
            version,
            report.rules.stream().map(SarifReport::rule).toList(),
            results));
  }

  private static Map<String, Object> suppression(Suppressed suppressed) {
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("kind", "external");
    about.put("status", "accepted");
    about.put(
        "justification",
        suppressed.by().because()
            + " ("
            + suppressed.by().owner()
            + ", until "
            + suppressed.by().until()
            + ")");
    return about;
  }

  private static Map<String, Object> rule(String id) {
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("id", id);
    AuditRule known = Catalog.rule(id);
    if (known == null) {
      return about;
    }
    Rule rule = known.rule();
    about.put("shortDescription", Map.of("text", rule.title()));
    about.put("fullDescription", Map.of("text", rule.why()));
    about.put("help", Map.of("text", rule.remedy()));
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put(
        "tags",
        List.of(
            "security",
            "owasp-" + rule.threat().label().toLowerCase(Locale.ROOT) + "-2023",
            "external/cwe/cwe-" + rule.cwe()));
    about.put("properties", properties);
    return about;
  }

  private Map<String, Object> result(Ranked ranked, List<Map<String, Object>> suppressions) {
    Finding finding = ranked.finding();
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("ruleId", finding.control());
    result.put("ruleIndex", rules.indexOf(finding.control()));
    result.put("level", level(finding));
    String here = ranked.risk().words();
    result.put(
        "message",
        Map.of(
            "text",
            finding.message()
                + (here.isEmpty() || here.equals(finding.message()) || !finding.weakens()
                    ? ""
                    : ": " + here)
                + ". "
                + finding.remedies().stream()
                    .filter(each -> !(each instanceof Remedy.Edit))
                    .findFirst()
                    .orElse(finding.remedies().getFirst())
                    .words()));
    Place first = finding.first().place();
    if (first != null) {
      result.put("locations", List.of(Sarif.location(first, null)));
    }
    List<Map<String, Object>> related = new ArrayList<>();
    for (Spot spot : finding.spots().subList(1, Math.min(finding.spots().size(), MOST_RELATED))) {
      if (spot.place() != null) {
        related.add(Sarif.location(spot.place(), spot.subject().toString()));
      }
    }
    if (!related.isEmpty()) {
      result.put("relatedLocations", related);
    }
    result.put("partialFingerprints", Map.of("gatewardenFinding/v1", finding.id()));
    if (!suppressions.isEmpty()) {
      result.put("suppressions", suppressions);
    }
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("severity", finding.severity().word());
    properties.put("security-severity", String.format(Locale.ROOT, "%.1f", score(finding)));
    properties.put("risk", ranked.risk().value());
    properties.put("operations", finding.operations());
    result.put("properties", properties);
    return result;
  }

  /// As code hosts rank it, from 0 to 10.
  private static double score(Finding finding) {
    return switch (finding.severity()) {
      case CRITICAL -> 9.5;
      case HIGH -> 8;
      case MEDIUM -> 5.5;
      case LOW -> 2;
    };
  }

  private static String level(Finding finding) {
    return switch (finding.severity()) {
      case CRITICAL, HIGH -> "error";
      case MEDIUM -> "warning";
      case LOW -> "note";
    };
  }
}

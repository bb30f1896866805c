package dev.gatewarden.app.command.diff;

import dev.gatewarden.app.text.Json;
import dev.gatewarden.app.text.Sarif;
import dev.gatewarden.core.change.Change;
import dev.gatewarden.core.change.Kind;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// A comparison in SARIF 2.1.0 (OASIS), for code scanning: one rule a kind, one result a change.
public final class SarifReport {
  private final Outcome outcome;
  private final List<Kind> kinds;

  private SarifReport(Outcome outcome) {
    this.outcome = outcome;
    Set<Kind> used = new TreeSet<>();
    outcome.changes().forEach(each -> used.add(each.kind()));
    this.kinds = List.copyOf(used);
  }

  /// The log.
  ///
  /// @param version of this program
  public static String of(Outcome outcome, String version) {
    SarifReport report = new SarifReport(outcome);
    return Json.text(
        Sarif.log(
            "gatewarden diff",
            version,
            report.kinds.stream().map(report::rule).toList(),
            outcome.changes().stream().map(report::result).toList()));
  }

  private Map<String, Object> rule(Kind kind) {
    Map<String, Object> rule = new LinkedHashMap<>();
    rule.put("id", kind.word());
    rule.put("shortDescription", Map.of("text", kind.word().replace('-', ' ')));
    rule.put("fullDescription", Map.of("text", kind.why()));
    List<String> tags = new ArrayList<>(Outcome.classes(kind));
    Threat threat = kind.threat();
    if (threat != null) {
      tags.add("owasp-" + threat.label().toLowerCase(java.util.Locale.ROOT) + "-2023");
    }
    rule.put("properties", Map.of("tags", tags));
    return rule;
  }

  private Map<String, Object> result(Change change) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("ruleId", change.kind().word());
    result.put("ruleIndex", kinds.indexOf(change.kind()));
    result.put("level", level(change));
    result.put("message", Map.of("text", change.sentence() + ": " + change.kind().why()));
    Place after = change.after();
    Place before = change.before();
    Place main = after == null ? before : after;
    if (main != null) {
      result.put("locations", List.of(Sarif.location(main, null)));
    }
    if (after != null && before != null) {
      result.put("relatedLocations", List.of(Sarif.location(before, "in the old contract")));
    }
    result.put("partialFingerprints", Map.of("gatewardenChange/v1", change.id()));
    result.put("properties", Map.of("operations", change.operations()));
    return result;
  }

  private String level(Change change) {
    if (outcome.stops(change)) {
      return "error";
    }
    Kind kind = change.kind();
    return kind.breaking() || kind.security() || kind.policy() ? "warning" : "note";
  }
}

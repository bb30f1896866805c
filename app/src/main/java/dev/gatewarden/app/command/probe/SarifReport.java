package dev.gatewarden.app.command.probe;

import dev.gatewarden.app.command.probe.Told.Item;
import dev.gatewarden.app.text.Json;
import dev.gatewarden.app.text.Sarif;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.finding.Finding;
import dev.gatewarden.core.finding.Remedy;
import dev.gatewarden.core.finding.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A run as SARIF 2.1.0: each finding at the operation's place in the contract.
public final class SarifReport {
  private SarifReport() {}

  /// @param version of this program
  public static String of(Told told, String version) {
    List<Map<String, Object>> rules = new ArrayList<>();
    List<Map<String, Object>> results = new ArrayList<>();
    Set<String> known = new LinkedHashSet<>();
    for (Item item : told.findings()) {
      Finding finding = item.finding();
      if (known.add(finding.control())) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("id", finding.control());
        rule.put("shortDescription", Map.of("text", item.title()));
        rule.put("help", Map.of("text", finding.remedies().getLast().words()));
        rule.put(
            "properties",
            Map.of("tags", List.of("security", finding.threat().label(), "CWE-" + finding.cwe())));
        rules.add(rule);
      }
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("ruleId", finding.control());
      result.put("level", level(finding.severity()));
      result.put("message", Map.of("text", text(finding)));
      Place place = finding.first().place();
      result.put("locations", place == null ? List.of() : List.of(Sarif.location(place, null)));
      result.put("partialFingerprints", Map.of("gatewarden/v1", finding.id()));
      List<Map<String, Object>> fixes = fixes(finding);
      if (!fixes.isEmpty()) {
        result.put("fixes", fixes);
      }
      results.add(result);
    }
    return Json.text(Sarif.log("gatewarden probe", version, rules, results));
  }

  private static String text(Finding finding) {
    // brackets would be links (SARIF 2.1.0, section 3.11.6)
    StringBuilder text = new StringBuilder(finding.message().replaceAll("[\\[\\]]", "\\\\$0"));
    finding.remedies().forEach(each -> text.append(". ").append(each.words()));
    return text.toString();
  }

  /// What the contract's own text becomes by the edits that can be made.
  private static List<Map<String, Object>> fixes(Finding finding) {
    List<Map<String, Object>> fixes = new ArrayList<>();
    for (Remedy each : finding.remedies()) {
      if (each instanceof Remedy.Edit edit) {
        Place place = edit.changes().getFirst().place();
        Patch patch = Patch.of(place.origin(), edit);
        if (patch != null) {
          Map<String, Object> replacement = new LinkedHashMap<>();
          replacement.put(
              "deletedRegion",
              Map.of(
                  "startLine",
                  patch.line(),
                  "startColumn",
                  1,
                  "endLine",
                  patch.end(),
                  "endColumn",
                  1));
          replacement.put("insertedContent", Map.of("text", patch.inserted()));
          Map<String, Object> change = new LinkedHashMap<>();
          change.put("artifactLocation", Map.of("uri", Sarif.uri(place)));
          change.put("replacements", List.of(replacement));
          fixes.add(
              Map.of(
                  "description", Map.of("text", edit.words()), "artifactChanges", List.of(change)));
        }
      }
    }
    return fixes;
  }

  private static String level(Severity severity) {
    return switch (severity) {
      case CRITICAL, HIGH -> "error";
      case MEDIUM -> "warning";
      case LOW -> "note";
    };
  }
}

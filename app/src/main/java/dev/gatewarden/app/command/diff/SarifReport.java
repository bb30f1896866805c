package dev.gatewarden.app.command.diff;

import dev.gatewarden.app.text.Json;
import dev.gatewarden.core.change.Change;
import dev.gatewarden.core.change.Kind;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Place;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

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
    return Json.text(new SarifReport(outcome).log(version));
  }

  private Map<String, Object> log(String version) {
    Map<String, Object> driver = new LinkedHashMap<>();
    driver.put("name", "gatewarden diff");
    driver.put("semanticVersion", version);
    driver.put("rules", kinds.stream().map(this::rule).toList());
    Map<String, Object> run = new LinkedHashMap<>();
    run.put("tool", Map.of("driver", driver));
    run.put("columnKind", "unicodeCodePoints");
    List<Object> results = new ArrayList<>();
    outcome.changes().forEach(each -> results.add(result(each)));
    run.put("results", results);
    Map<String, Object> log = new LinkedHashMap<>();
    log.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    log.put("version", "2.1.0");
    log.put("runs", List.of(run));
    return log;
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
      result.put("locations", List.of(location(main, null)));
    }
    if (after != null && before != null) {
      result.put("relatedLocations", List.of(location(before, "in the old contract")));
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

  private static Map<String, Object> location(Place place, @Nullable String message) {
    Map<String, Object> physical = new LinkedHashMap<>();
    physical.put("artifactLocation", Map.of("uri", uri(place)));
    Map<String, Object> region = new LinkedHashMap<>();
    region.put("startLine", place.line());
    region.put("startColumn", place.column());
    physical.put("region", region);
    Map<String, Object> location = new LinkedHashMap<>();
    if (message != null) {
      location.put("id", 1);
      location.put("message", Map.of("text", message));
    }
    location.put("physicalLocation", physical);
    String pointer = place.pointer();
    if (!pointer.isEmpty()) {
      location.put(
          "logicalLocations", List.of(Map.of("fullyQualifiedName", pointer, "kind", "member")));
    }
    return location;
  }

  /// Relative where the user named it so, so that a code host finds it in the repository.
  private static String uri(Place place) {
    String name = place.origin().name();
    if (name.startsWith("/")) {
      return place.origin().address().toString();
    }
    try {
      return new URI(null, null, name.replace('\\', '/'), null).toASCIIString();
    } catch (URISyntaxException wrong) {
      return place.origin().address().toString();
    }
  }
}

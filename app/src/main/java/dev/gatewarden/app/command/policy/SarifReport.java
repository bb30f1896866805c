package dev.gatewarden.app.command.policy;

import dev.gatewarden.app.text.Json;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.policy.model.Finding;
import dev.gatewarden.core.policy.model.Finding.Kind;
import java.net.URI;
import java.net.URISyntaxException;
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
    return Json.text(new SarifReport(outcome).log(version));
  }

  private Map<String, Object> log(String version) {
    Map<String, Object> driver = new LinkedHashMap<>();
    driver.put("name", "gatewarden policy prove");
    driver.put("semanticVersion", version);
    driver.put("rules", kinds.stream().map(SarifReport::rule).toList());
    Map<String, Object> run = new LinkedHashMap<>();
    run.put("tool", Map.of("driver", driver));
    run.put("columnKind", "unicodeCodePoints");
    run.put("results", outcome.findings().stream().map(this::result).toList());
    Map<String, Object> log = new LinkedHashMap<>();
    log.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    log.put("version", "2.1.0");
    log.put("runs", List.of(run));
    return log;
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
    result.put("locations", List.of(location(finding.place())));
    Place before = finding.before();
    if (before != null) {
      Map<String, Object> related = location(before);
      related.put("message", Map.of("text", "in the older configuration"));
      result.put("relatedLocations", List.of(related));
    }
    result.put("properties", Map.of("operation", finding.operation()));
    return result;
  }

  private static String level(Kind kind) {
    return switch (kind) {
      case WIDENED, TRUST, UNCHECKED -> "warning";
      case NARROWED, PUBLIC, UNREACHABLE, SHADOWED, UNUSED -> "note";
    };
  }

  private static Map<String, Object> location(Place place) {
    Map<String, Object> region = new LinkedHashMap<>();
    region.put("startLine", place.line());
    region.put("startColumn", place.column());
    Map<String, Object> physical = new LinkedHashMap<>();
    physical.put("artifactLocation", Map.of("uri", uri(place)));
    physical.put("region", region);
    Map<String, Object> location = new LinkedHashMap<>();
    location.put("physicalLocation", physical);
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

package dev.gatewarden.app.text;

import dev.gatewarden.core.document.Place;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What all reports in SARIF 2.1.0 (OASIS) have in common: the log around them, and places.
public final class Sarif {
  private Sarif() {}

  /// One log with one run.
  ///
  /// @param tool the command that found it, `gatewarden diff`
  /// @param version of this program
  public static Map<String, Object> log(
      String tool, String version, List<?> rules, List<?> results) {
    Map<String, Object> driver = new LinkedHashMap<>();
    driver.put("name", tool);
    driver.put("semanticVersion", version);
    driver.put("rules", rules);
    Map<String, Object> run = new LinkedHashMap<>();
    run.put("tool", Map.of("driver", driver));
    run.put("columnKind", "unicodeCodePoints");
    run.put("results", results);
    Map<String, Object> log = new LinkedHashMap<>();
    log.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    log.put("version", "2.1.0");
    log.put("runs", List.of(run));
    return log;
  }

  /// A location.
  ///
  /// @param message what it has to do with the result, where it is not its own place; else null
  public static Map<String, Object> location(Place place, @Nullable String message) {
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
  public static String uri(Place place) {
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

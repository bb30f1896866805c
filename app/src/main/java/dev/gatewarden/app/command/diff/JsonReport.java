package dev.gatewarden.app.command.diff;

import dev.gatewarden.app.text.Json;
import dev.gatewarden.core.change.Change;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A comparison for programs.
public final class JsonReport {
  private JsonReport() {}

  /// One JSON object.
  public static String of(Outcome outcome) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("old", contract(outcome.old()));
    report.put("new", contract(outcome.now()));
    List<Object> changes = new ArrayList<>();
    outcome.changes().forEach(each -> changes.add(change(each, outcome.stops(each))));
    report.put("changes", changes);
    report.put("accepted", outcome.accepted());
    report.put("failed", outcome.failed());
    return Json.text(report);
  }

  private static Map<String, Object> contract(Contract contract) {
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("file", contract.source().place().origin().name());
    about.put("title", contract.title());
    about.put("version", contract.version());
    about.put("operations", contract.operations().size());
    return about;
  }

  private static Map<String, Object> change(Change change, boolean stops) {
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("id", change.id());
    about.put("kind", change.kind().word());
    about.put("classes", Outcome.classes(change.kind()));
    about.put("sentence", change.sentence());
    about.put("why", change.kind().why());
    Threat threat = change.kind().threat();
    if (threat != null) {
      about.put("owasp", threat.label() + ":2023 " + threat.title());
    }
    place(about, "old", change.before());
    place(about, "new", change.after());
    about.put("operations", change.operations());
    about.put("fails", stops);
    return about;
  }

  private static void place(Map<String, Object> about, String name, @Nullable Place place) {
    if (place != null) {
      Map<String, Object> at = new LinkedHashMap<>();
      at.put("file", place.origin().name());
      at.put("line", place.line());
      at.put("column", place.column());
      at.put("pointer", place.pointer());
      about.put(name, at);
    }
  }
}

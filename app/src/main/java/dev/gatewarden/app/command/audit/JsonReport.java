package dev.gatewarden.app.command.audit;

import dev.gatewarden.app.text.Json;
import dev.gatewarden.controls.Catalog;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Finding;
import dev.gatewarden.core.finding.Remedy;
import dev.gatewarden.core.finding.Remedy.Change;
import dev.gatewarden.core.finding.Spot;
import dev.gatewarden.platform.auditing.Ranked;
import dev.gatewarden.platform.auditing.Score;
import dev.gatewarden.platform.auditing.Suppressed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An audit for programs: everything, with every place.
public final class JsonReport {
  private JsonReport() {}

  /// One JSON object.
  public static String of(Outcome outcome) {
    Map<String, Object> report = new LinkedHashMap<>();
    Contract contract = outcome.audit().contract().contract();
    report.put("file", contract.source().place().origin().name());
    report.put("title", contract.title());
    report.put("version", contract.version());
    report.put("operations", contract.operations().size());
    report.put("score", score(outcome.audit().score()));
    report.put("failed", outcome.failed());
    report.put(
        "findings",
        outcome.audit().findings().stream()
            .map(each -> finding(each, outcome.stops(each)))
            .toList());
    report.put("suppressed", outcome.suppressed().stream().map(JsonReport::suppressed).toList());
    report.put("known", outcome.known().stream().map(each -> each.finding().id()).toList());
    return Json.text(report);
  }

  private static Map<String, Object> score(Score score) {
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("value", score.value());
    List<Object> parts = new ArrayList<>();
    for (Score.PartScore part : score.parts()) {
      Map<String, Object> each = new LinkedHashMap<>();
      each.put("part", part.part().title());
      each.put("share", part.part().share());
      each.put("left", rounded(part.left()));
      Map<String, Object> taken = new LinkedHashMap<>();
      part.taken().forEach((id, points) -> taken.put(id, rounded(points)));
      each.put("taken", taken);
      parts.add(each);
    }
    about.put("parts", parts);
    return about;
  }

  private static double rounded(double points) {
    return Math.round(points * 100) / 100.0;
  }

  private static Map<String, Object> finding(Ranked ranked, boolean stops) {
    Finding finding = ranked.finding();
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("id", finding.id());
    about.put("rule", finding.control());
    about.put("severity", finding.severity().word());
    about.put("risk", ranked.risk().value());
    about.put("exposure", ranked.risk().words());
    about.put("message", finding.message());
    AuditRule rule = Catalog.rule(finding.control());
    if (rule != null) {
      about.put("why", rule.rule().why());
    }
    if (finding.weakens()) {
      about.put("owasp", finding.threat().label() + ":2023 " + finding.threat().title());
      about.put("cwe", finding.cwe());
    }
    about.put("operations", finding.operations());
    about.put("places", finding.spots().stream().map(JsonReport::spot).toList());
    about.put("remedies", finding.remedies().stream().map(JsonReport::remedy).toList());
    about.put("fails", stops);
    return about;
  }

  private static Map<String, Object> spot(Spot spot) {
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("kind", spot.subject().kind().word());
    about.put("name", spot.subject().name());
    Place place = spot.place();
    if (place != null) {
      about.put("file", place.origin().name());
      about.put("line", place.line());
      about.put("column", place.column());
      about.put("pointer", place.pointer());
    }
    return about;
  }

  /// One remedy, as reports of any kind tell it.
  public static Map<String, Object> remedy(Remedy remedy) {
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("words", remedy.words());
    switch (remedy) {
      case Remedy.Words _ -> {}
      case Remedy.Edit(var _, List<Change> changes, boolean safe) -> {
        about.put("safe", safe);
        about.put("changes", changes.stream().map(JsonReport::change).toList());
      }
      case Remedy.Setting(var _, String yaml) -> about.put("setting", yaml);
    }
    return about;
  }

  private static Map<String, Object> change(Change change) {
    Map<String, Object> about = new LinkedHashMap<>();
    String at = change.place().pointer();
    switch (change) {
      case Change.Add(var _, String member, String json) -> {
        about.put("op", "add");
        about.put("path", at + "/" + escaped(member));
        about.put("value", json);
      }
      case Change.Replace(var _, String json) -> {
        about.put("op", "replace");
        about.put("path", at);
        about.put("value", json);
      }
      case Change.Remove(var _, String member) -> {
        about.put("op", "remove");
        about.put("path", at + "/" + escaped(member));
      }
    }
    return about;
  }

  private static String escaped(String member) {
    return member.replace("~", "~0").replace("/", "~1");
  }

  private static Map<String, Object> suppressed(Suppressed suppressed) {
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("id", suppressed.ranked().finding().id());
    about.put("message", suppressed.ranked().finding().message());
    about.put("owner", suppressed.by().owner());
    about.put("because", suppressed.by().because());
    about.put("until", suppressed.by().until().toString());
    return about;
  }
}

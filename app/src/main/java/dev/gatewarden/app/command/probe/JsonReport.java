package dev.gatewarden.app.command.probe;

import dev.gatewarden.app.command.probe.Told.Item;
import dev.gatewarden.app.text.Json;
import dev.gatewarden.core.finding.Finding;
import dev.gatewarden.core.finding.Remedy;
import dev.gatewarden.platform.probing.Attempt;
import dev.gatewarden.platform.probing.Report;
import dev.gatewarden.platform.probing.Versus;
import dev.gatewarden.platform.probing.remedy.Overlay;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A run for machines.
public final class JsonReport {
  private JsonReport() {}

  /// @param versus who stopped what, where the run was through the gate; else null
  public static String of(Told told, @Nullable Versus versus) {
    Map<String, Object> all = new LinkedHashMap<>();
    List<Object> findings = new ArrayList<>();
    told.findings().forEach(each -> findings.add(finding(each)));
    all.put("findings", findings);
    List<Object> untested = new ArrayList<>();
    for (Report.Untested each : told.report().untested()) {
      Map<String, Object> gap = new LinkedHashMap<>();
      gap.put("operation", each.operation().isEmpty() ? null : each.operation());
      gap.put("why", each.why());
      gap.put("probes", each.probes().stream().filter(p -> !p.isEmpty()).toList());
      untested.add(gap);
    }
    all.put("untested", untested);
    Map<String, Object> withstood = new LinkedHashMap<>();
    told.report()
        .withstood()
        .forEach(
            (probe, operations) -> {
              List<@Nullable Object> names = new ArrayList<>();
              operations.forEach(each -> names.add(each.isEmpty() ? null : each));
              withstood.put(probe, names);
            });
    all.put("withstood", withstood);
    all.put("left", told.report().left());
    if (versus != null) {
      all.put("through", VersusReport.json(versus));
    }
    all.put("known", told.known());
    all.put("suppressed", told.suppressed());
    all.put("requests", told.report().attempts().size());
    return Json.text(all);
  }

  /// Each attempt in a line.
  public static String lines(Report report) {
    StringBuilder lines = new StringBuilder();
    for (Attempt each : report.attempts()) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("probe", each.probe());
      line.put("operation", each.operation());
      line.putAll(attempt(each));
      lines.append(Json.line(line)).append('\n');
    }
    return lines.toString();
  }

  private static Map<String, Object> finding(Item item) {
    Finding finding = item.finding();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("id", finding.id());
    map.put("probe", finding.control());
    map.put("title", item.title());
    map.put("severity", finding.severity().word());
    map.put("confidence", item.confidence().name().toLowerCase(Locale.ROOT));
    map.put("owasp", finding.threat().label());
    map.put("cwe", finding.cwe());
    map.put("operation", finding.operations().isEmpty() ? null : finding.operations().getFirst());
    map.put("message", finding.message());
    map.put("remedies", finding.remedies().stream().map(JsonReport::remedy).toList());
    List<Object> attempts = new ArrayList<>();
    item.attempts().forEach(each -> attempts.add(attempt(each)));
    map.put("attempts", attempts);
    return map;
  }

  /// With what can be laid over the contract as it is.
  private static Map<String, Object> remedy(Remedy remedy) {
    Map<String, Object> told = dev.gatewarden.app.command.audit.JsonReport.remedy(remedy);
    String overlay = remedy instanceof Remedy.Edit edit ? Overlay.of(edit) : null;
    if (overlay != null) {
      told.put("overlay", overlay);
    }
    return told;
  }

  private static Map<String, Object> attempt(Attempt attempt) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("number", attempt.number());
    map.put("identity", attempt.identity());
    map.put("curl", attempt.curl());
    map.put("status", attempt.status());
    if (attempt.refusal() != null) {
      map.put("refused", attempt.refusal().toString());
    }
    return map;
  }
}

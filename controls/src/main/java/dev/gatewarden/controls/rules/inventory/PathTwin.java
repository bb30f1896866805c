package dev.gatewarden.controls.rules.inventory;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Finds paths that differ in nothing but case or a slash at the end.
@Rule(
    id = "path-twin",
    title = "two paths are one to some readers",
    severity = Severity.MEDIUM,
    threat = Threat.API8_MISCONFIGURATION,
    cwe = 178,
    why =
        "A gate takes `/Orders` and `/orders` for two things and the service for one: what is"
            + " guarded at one is open at the other",
    remedy = "keep one of them")
public final class PathTwin implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    Map<String, String> seen = new LinkedHashMap<>();
    for (Operation operation : contract.operations()) {
      String path = operation.path().text();
      String plain = path.toLowerCase(Locale.ROOT).replaceAll("\\{[^}]*}", "{}");
      String key =
          plain.length() > 1 && plain.endsWith("/")
              ? plain.substring(0, plain.length() - 1)
              : plain;
      String first = seen.putIfAbsent(key, path);
      String bare = path.replaceAll("\\{[^}]*}", "{}");
      if (first != null && !first.replaceAll("\\{[^}]*}", "{}").equals(bare)) {
        report
            .cause(path, "`" + path + "` and `" + first + "` are one to some readers")
            .at(operation);
      }
    }
  }
}

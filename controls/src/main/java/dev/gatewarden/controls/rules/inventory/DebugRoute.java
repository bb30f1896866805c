package dev.gatewarden.controls.rules.inventory;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.PathTemplate;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Exposure;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import java.util.Locale;
import java.util.Set;

/// Finds operations whose path has a part such as `debug`, `actuator`, `heapdump`, `phpinfo` or
/// `createdb`.
///
/// Where anybody may call it the finding is of high severity.
@Rule(
    id = "debug-route",
    title = "a route for developers is part of the contract",
    severity = Severity.MEDIUM,
    threat = Threat.API9_INVENTORY,
    cwe = 489,
    why =
        "It was made for people who may see everything: it empties databases, prints configurations"
            + " and lists users",
    remedy = "take it out of what is deployed, or onto a port that only operators reach")
public final class DebugRoute implements AuditRule {
  private static final Set<String> PARTS =
      Set.of(
          "debug",
          "_debug",
          "actuator",
          "heapdump",
          "threaddump",
          "phpinfo",
          "phpinfo.php",
          "createdb",
          "_seed",
          "h2-console",
          "jolokia",
          "pprof",
          "server-status",
          "_profiler",
          "__debug__",
          "trace.axd",
          "elmah.axd",
          "console",
          "env",
          "_cat",
          "resetdb",
          "dropdb");

  @Override
  public void judge(Audited contract, Report report) {
    for (Operation operation : contract.operations()) {
      for (PathTemplate.Segment segment : operation.path().segments()) {
        for (PathTemplate.Part part : segment.parts()) {
          if (part instanceof PathTemplate.Literal(String text)
              && PARTS.contains(text.toLowerCase(Locale.ROOT))
              && contract.exposure(operation) != Exposure.ROLE) {
            boolean open = contract.exposure(operation) == Exposure.ANYBODY;
            report
                .cause(text, "`" + text + "` is a route for developers")
                .weighs(open ? Severity.HIGH : Severity.MEDIUM)
                .at(operation);
          }
        }
      }
    }
  }
}

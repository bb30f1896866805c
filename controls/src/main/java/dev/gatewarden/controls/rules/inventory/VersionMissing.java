package dev.gatewarden.controls.rules.inventory;

import dev.gatewarden.controls.rules.Mend;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Remedy.Change;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Subject;
import java.util.List;

/// Finds contracts without `info.version`, or with an empty one.
@Rule(
    id = "version-missing",
    title = "the contract has no version",
    severity = Severity.LOW,
    threat = Threat.API9_INVENTORY,
    cwe = 1059,
    why = "Nobody can say which contract a gate, a client or a test was made from",
    remedy = "write `info.version`, and raise it with each change")
public final class VersionMissing implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    if (contract.contract().version().isBlank()) {
      Node info = contract.source().get("info");
      Report.Cause cause =
          report
              .cause("", "the contract has no version")
              .at(
                  Subject.CONTRACT,
                  info == null ? contract.source().place() : info.place(),
                  List.of());
      if (info instanceof Node.Obj object) {
        Node empty = object.get("version");
        cause.remedy(
            Mend.suggested(
                "write `version: 1.0.0`",
                empty == null
                    ? new Change.Add(info.place(), "version", "\"1.0.0\"")
                    : new Change.Replace(empty.place(), "\"1.0.0\"")));
      }
    }
  }
}

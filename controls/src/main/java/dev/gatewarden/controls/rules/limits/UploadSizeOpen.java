package dev.gatewarden.controls.rules.limits;

import dev.gatewarden.controls.rules.Mend;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Tree;

/// Finds files in request bodies without `maxLength`.
///
/// Silent where the operation promises 413: then there is a limit.
@Rule(
    id = "upload-size-open",
    title = "a file may be of any size",
    severity = Severity.LOW,
    threat = Threat.API4_RESOURCE_CONSUMPTION,
    cwe = 770,
    why = "Disks and memory fill with what anybody sends, and scanners stall on it",
    remedy = "give the file a `maxLength` in bytes")
public final class UploadSizeOpen implements AuditRule {
  /// Ten mebibytes.
  private static final long USUAL = 10 << 20;

  @Override
  public void judge(Audited contract, Report report) {
    Uploads.each(
        contract,
        (operation, type, schema, encoding) -> {
          if (!Tree.has(schema, "maxLength")
              && !operation.responses().byStatus().containsKey("413")) {
            Report.Cause cause =
                report.cause("", "a file may be of any size").at(operation, schema.place());
            if (Tree.has(schema, "type") && !Mend.converted(contract)) {
              Mend.suggest(contract, cause, schema, "maxLength", Json.of(USUAL));
            }
          }
        });
  }
}

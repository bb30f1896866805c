package dev.gatewarden.controls.rules.limits;

import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Exposure;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Tree;

/// Finds files in `multipart/form-data` without `encoding.contentType` or `contentMediaType`, and
/// bodies of `application/octet-stream`.
///
/// Silent about bodies of a type of their own, such as `image/png`, and about uploads by callers
/// with a role or scope.
@Rule(
    id = "upload-type-open",
    title = "a file may be of any type",
    severity = Severity.MEDIUM,
    threat = Threat.API8_MISCONFIGURATION,
    cwe = 434,
    why =
        "A page with a script, a server page or an archive bomb is taken where a picture was meant,"
            + " and served to others",
    remedy =
        "list the types under `encoding.<part>.contentType`; the gate's `upload` looks at the bytes"
            + " themselves")
public final class UploadTypeOpen implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    Uploads.each(
        contract,
        (operation, type, schema, encoding) -> {
          String types = Tree.text(encoding, "contentType");
          boolean listed =
              Tree.has(schema, "contentMediaType")
                  || Uploads.types(types).stream()
                      .anyMatch(
                          each ->
                              !each.isBlank()
                                  && !each.contains("octet-stream")
                                  && !each.contains("*/*"));
          if (!listed && contract.exposure(operation) != Exposure.ROLE) {
            report.cause("", "a file may be of any type").at(operation, schema.place());
          }
        });
  }
}

package dev.gatewarden.controls.rules.schema;

import dev.gatewarden.controls.rules.Questions;
import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;

/// Finds request bodies described under `*/*` or another range.
@Rule(
    id = "body-any-type",
    title = "a request may be of any media type",
    severity = Severity.LOW,
    threat = Threat.API8_MISCONFIGURATION,
    cwe = 436,
    why =
        "A body that is read by what it calls itself gets round checks that were written for JSON",
    remedy = "list the media types that the service reads")
public final class BodyAnyType implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    for (Operation operation : contract.operations()) {
      for (Content.MediaType type : Questions.bodies(operation)) {
        if (type.range().equals("*/*")) {
          report
              .cause("", "a request may be of any media type")
              .at(operation, type.source().place());
        }
      }
    }
  }
}

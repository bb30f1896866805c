package dev.gatewarden.controls.rules.security;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Sensitivity;
import dev.gatewarden.core.finding.Severity;

/// Finds operations that list `{}` beside schemes and answer personal, financial or secret data.
@Rule(
    id = "security-optional",
    title = "a credential is asked for, and not needed",
    severity = Severity.LOW,
    threat = Threat.API2_AUTHENTICATION,
    cwe = 306,
    why =
        "What is answered to callers without a credential is answered to everybody; a service that"
            + " trusts the optional one is one forgotten check away from trusting nobody",
    remedy =
        "take `{}` out of the alternatives, or split what anybody may read from what callers may")
public final class SecurityOptional implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    for (Operation operation : contract.operations()) {
      boolean optional = operation.security().admitsAnonymous() && !operation.security().isPublic();
      if (optional
          && operation.safe()
          && contract.answers(operation).compareTo(Sensitivity.PERSONAL) >= 0) {
        report
            .cause("", "the credential is not needed, and personal data is answered")
            .at(operation, operation.security().place());
      }
    }
  }
}

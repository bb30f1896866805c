package dev.gatewarden.controls.rules.security;

import dev.gatewarden.controls.rules.Questions;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Exposure;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Sensitivity;
import dev.gatewarden.core.finding.Severity;

/// Finds operations that read, let callers without any credential in and answer personal, financial
/// or
/// secret data.
///
/// Silent about logins and the like, and where no operation of the contract says who may call:
/// then that is what is wrong.
@Rule(
    id = "personal-data-open",
    title = "anybody may read personal data",
    severity = Severity.HIGH,
    threat = Threat.API2_AUTHENTICATION,
    cwe = 306,
    why =
        "Whoever finds the address reads it all, and scrapers find addresses by the contract"
            + " itself",
    remedy = "ask for a credential under `security`, or take what is personal out of the answer")
public final class PersonalDataOpen implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    boolean any = contract.operations().stream().anyMatch(each -> each.security().stated());
    for (Operation operation : contract.operations()) {
      Sensitivity answered = contract.answers(operation);
      if (any
          && operation.safe()
          && contract.exposure(operation) == Exposure.ANYBODY
          && answered.compareTo(Sensitivity.PERSONAL) >= 0
          && !Questions.entrance(operation)
          && !Questions.enrolment(operation)) {
        boolean secret = answered == Sensitivity.CREDENTIAL;
        String what = secret ? "credentials" : answered.word() + " data";
        report
            .cause(what, "anybody may call it, and it answers " + what)
            .weighs(secret ? Severity.CRITICAL : Severity.HIGH)
            .at(operation);
      }
    }
  }
}

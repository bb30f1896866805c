package dev.gatewarden.controls.rules.limits;

import dev.gatewarden.controls.rules.Questions;
import dev.gatewarden.controls.rules.inventory.Promise;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Exposure;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Sensitivity;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.login.LoginWords;
import java.util.ArrayList;
import java.util.List;

/// Finds operations that take a password or a code and give a credential, or reset one, and
/// promise no 429.
///
/// Silent where `x-gatewarden-limits` or `x-gatewarden-login` bounds them.
@Rule(
    id = "login-limit-unstated",
    title = "passwords may be tried without end",
    severity = Severity.MEDIUM,
    threat = Threat.API2_AUTHENTICATION,
    cwe = 307,
    why =
        "Lists of stolen passwords are tried by the million: without a limit each user who reuses"
            + " one is taken over",
    remedy =
        "promise 429 at the login and say its limit with `x-gatewarden-limits` or"
            + " `x-gatewarden-login`")
public final class LoginLimitUnstated implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    List<Operation> open = new ArrayList<>();
    for (Operation operation : contract.operations()) {
      boolean tries = !operation.safe() && Questions.names(operation, LoginWords.TRIES);
      boolean credential = contract.takes(operation) == Sensitivity.CREDENTIAL;
      if (tries
          && credential
          && contract.exposure(operation) == Exposure.ANYBODY
          && !operation.responses().byStatus().containsKey("429")
          && !operation.responses().byStatus().containsKey("4XX")
          && operation.extensions().get("limits") == null
          && operation.extensions().get("login") == null) {
        open.add(operation);
      }
    }
    Report.Cause cause = report.cause("", "passwords may be tried without end");
    open.forEach(cause::at);
    Promise.TOO_MANY.edits(contract, open).forEach(cause::remedy);
  }
}

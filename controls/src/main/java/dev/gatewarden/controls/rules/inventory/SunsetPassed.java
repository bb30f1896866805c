package dev.gatewarden.controls.rules.inventory;

import dev.gatewarden.core.contract.Lifecycle;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;

/// Finds operations whose `x-gatewarden-lifecycle` says that they have ended.
@Rule(
    id = "sunset-passed",
    title = "something has ended and is still promised",
    severity = Severity.MEDIUM,
    threat = Threat.API9_INVENTORY,
    cwe = 477,
    why =
        "Everybody believes it is gone: nobody mends it, and whoever knows the address still gets"
            + " in",
    remedy = "take it out of the contract and out of the service, or name another day")
public final class SunsetPassed implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    for (Operation operation : contract.operations()) {
      Lifecycle life = Lifecycle.in(operation.extensions());
      if (life != null && life.ended(contract.today())) {
        report
            .cause(
                String.valueOf(life.sunset()),
                life.sunset() == null
                    ? "this has ended, and is still promised"
                    : "this has ended on " + life.sunset() + ", and is still promised")
            .at(operation, life.place());
      }
    }
  }
}

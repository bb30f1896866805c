package dev.gatewarden.controls.rules.security;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import java.util.ArrayList;
import java.util.List;

/// Finds operations of which nothing says who may call them: no `security` of their own, and none
/// at the top of the contract.
///
/// Silent where `security: []` says that anybody may call.
@Rule(
    id = "security-unstated",
    title = "nothing says who may call",
    severity = Severity.HIGH,
    threat = Threat.API2_AUTHENTICATION,
    cwe = 306,
    why =
        "What a contract does not ask for nobody checks: gateways, generated servers and tests take"
            + " such an operation for a public one",
    remedy =
        "say `security` at the top of the contract, and `security: []` where an operation is meant"
            + " for anybody")
public final class SecurityUnstated implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    List<Operation> open = new ArrayList<>();
    for (Operation operation : contract.operations()) {
      if (!operation.security().stated() && operation.source().get("security") == null) {
        open.add(operation);
      }
    }
    if (open.isEmpty() || contract.source().get("security") != null) {
      return;
    }
    Report.Cause cause =
        report.cause("", "nothing says who may call: no `security`, and none at the top");
    open.forEach(cause::at);
  }
}

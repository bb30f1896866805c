package dev.gatewarden.controls.rules.inventory;

import dev.gatewarden.controls.rules.Questions;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Exposure;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import java.util.ArrayList;
import java.util.List;

/// Finds operations that ask for a credential and promise neither 401, `4XX` nor `default`.
@Rule(
    id = "status-401-unstated",
    title = "nothing says what callers without a credential get",
    severity = Severity.LOW,
    threat = Threat.API8_MISCONFIGURATION,
    cwe = 755,
    why =
        "What is not promised is not tested: services answer 200 with nothing, 500 or a"
            + " redirection, and clients retry or leak",
    remedy = "promise 401 with `WWW-Authenticate`")
public final class Status401 implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    List<Operation> missing = new ArrayList<>();
    for (Operation operation : contract.operations()) {
      if (contract.exposure(operation) != Exposure.ANYBODY
          && !operation.responses().byStatus().isEmpty()
          && !Questions.promises(operation, 401)) {
        missing.add(operation);
      }
    }
    Promise.missing(
        contract,
        missing,
        report.cause("", "no 401 is promised to callers without a credential"),
        Promise.UNAUTHORIZED);
  }
}

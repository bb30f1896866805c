package dev.gatewarden.controls.rules.security;

import dev.gatewarden.controls.rules.Questions;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Remedy;
import dev.gatewarden.core.finding.Remedy.Change;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
    String usual = usual(contract);
    if (usual != null) {
      List<Change> changes = new ArrayList<>();
      changes.add(new Change.Add(contract.source().place(), "security", usual));
      for (Operation each : open) {
        if (Questions.entrance(each) || Questions.enrolment(each)) {
          changes.add(new Change.Add(each.source().place(), "security", "[]"));
        }
      }
      cause.remedy(
          new Remedy.Edit("say `security: " + usual.replace("\"", "") + "`", changes, false));
    }
  }

  /// What all operations say that say something; else the one scheme there is; else null.
  private static @Nullable String usual(Audited contract) {
    Set<String> said = new LinkedHashSet<>();
    for (Operation each : contract.operations()) {
      Node own = each.source().get("security");
      if (own instanceof Node.Arr list && !list.items().isEmpty()) {
        said.add(Json.text(own));
      }
    }
    Set<String> schemes = contract.contract().schemes().keySet();
    if (said.isEmpty() && schemes.size() == 1) {
      return "[{" + Json.quoted(schemes.iterator().next()) + ":[]}]";
    }
    return said.size() == 1 ? said.iterator().next() : null;
  }
}

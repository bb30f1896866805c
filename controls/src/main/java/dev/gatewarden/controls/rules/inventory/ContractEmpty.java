package dev.gatewarden.controls.rules.inventory;

import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Subject;
import dev.gatewarden.core.finding.Tree;
import java.util.List;

/// Finds contracts without an operation, and paths that hold a `#`: what follows is never sent, so
/// that all of them are one path.
@Rule(
    id = "contract-empty",
    title = "the contract promises nothing that could be judged",
    severity = Severity.MEDIUM,
    threat = Threat.API9_INVENTORY,
    cwe = 1059,
    why = "What no contract promises no gate checks and no test tries: a score of it means nothing",
    remedy = "describe the operations under `paths`; give each a path of its own")
public final class ContractEmpty implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    Node.Obj paths = Tree.object(contract.source(), "paths");
    if (contract.operations().isEmpty()
        && (paths != null || contract.source().get("webhooks") == null)) {
      report
          .cause("", "no operation could be judged")
          .at(
              Subject.CONTRACT,
              paths == null ? contract.source().place() : paths.place(),
              List.of());
    }
    if (paths != null) {
      for (Node.Member member : paths.entries()) {
        if (member.name().contains("#")) {
          report
              .cause("#", "what follows a `#` in a path is never sent")
              .at(Subject.operation(member.name()), member.namePlace(), List.of());
        }
      }
    }
  }
}

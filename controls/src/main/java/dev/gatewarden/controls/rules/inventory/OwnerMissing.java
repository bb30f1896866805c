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

/// Finds contracts in which neither `x-gatewarden-owner` nor `info.contact` says who answers for
/// them.
@Rule(
    id = "owner-missing",
    title = "nobody answers for the API",
    severity = Severity.LOW,
    threat = Threat.API9_INVENTORY,
    cwe = 1059,
    why = "Whoever finds a fault finds nobody to tell, and what nobody owns nobody switches off",
    remedy = "write `x-gatewarden-owner: <team>` at the top, or `info.contact` with an address")
public final class OwnerMissing implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    Node.Obj info = Tree.object(contract.source(), "info");
    Node.Obj contact = Tree.object(info, "contact");
    boolean reachable =
        contact != null
            && (Tree.has(contact, "email")
                || Tree.has(contact, "url")
                || Tree.has(contact, "name"));
    boolean owned =
        contract.contract().extensions().get("owner") != null
            || !contract.operations().isEmpty()
                && contract.operations().stream()
                    .allMatch(each -> each.extensions().get("owner") != null);
    if (!reachable && !owned) {
      report
          .cause("", "nobody answers for the API")
          .at(Subject.CONTRACT, info == null ? contract.source().place() : info.place(), List.of());
    }
  }
}

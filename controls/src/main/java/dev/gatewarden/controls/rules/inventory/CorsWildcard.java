package dev.gatewarden.controls.rules.inventory;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Exposure;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Tree;
import java.util.List;

/// Finds answers whose `Access-Control-Allow-Origin` is described as `*`, behind a credential.
///
/// Silent about operations that anybody may call: their answers are public anyhow. With
/// `Access-Control-Allow-Credentials: true` beside it the finding is of medium severity.
@Rule(
    id = "cors-wildcard",
    title = "pages of every origin may read the answer",
    severity = Severity.LOW,
    threat = Threat.API8_MISCONFIGURATION,
    cwe = 942,
    why = "Any page that somebody visits reads what the API answers to that visitor's browser",
    remedy = "answer the origins you know, each by its name")
public final class CorsWildcard implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    for (Operation operation : contract.operations()) {
      Node.Obj responses = contract.object(operation.source().get("responses"));
      if (responses == null || contract.exposure(operation) == Exposure.ANYBODY) {
        continue;
      }
      for (Node.Member response : responses.entries()) {
        Node.Obj headers = Tree.object(contract.object(response.value()), "headers");
        if (headers != null) {
          headers(contract, operation, headers, report);
        }
      }
    }
  }

  private static void headers(
      Audited contract, Operation operation, Node.Obj headers, Report report) {
    boolean credentials =
        headers.members().keySet().stream()
            .anyMatch(each -> each.equalsIgnoreCase("access-control-allow-credentials"));
    for (Node.Member member : headers.entries()) {
      Node.Obj header = contract.object(member.value());
      if (member.name().equalsIgnoreCase("access-control-allow-origin")
          && header != null
          && any(contract, header)) {
        report
            .cause("", "pages of every origin may read the answer")
            .weighs(credentials ? Severity.MEDIUM : Severity.LOW)
            .at(operation, member.namePlace());
      }
    }
  }

  private static boolean any(Audited contract, Node.Obj header) {
    Node.Obj schema = contract.object(header.get("schema"));
    return star(header) || schema != null && star(schema);
  }

  private static boolean star(Node.Obj object) {
    return "*".equals(Tree.text(object, "example"))
        || "*".equals(Tree.text(object, "default"))
        || "*".equals(Tree.text(object, "const"))
        || Tree.texts(object.get("enum")).equals(List.of("*"));
  }
}

package dev.gatewarden.controls.rules.schema;

import dev.gatewarden.controls.rules.Mend;
import dev.gatewarden.controls.rules.Questions;
import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Remedy.Change;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Tree;
import java.util.List;

/// Finds request bodies that may be JSON or XML.
@Rule(
    id = "xml-beside-json",
    title = "XML is read where JSON would do",
    severity = Severity.LOW,
    threat = Threat.API8_MISCONFIGURATION,
    cwe = 611,
    why =
        "A second parser is a second way in: external entities, other limits, other checks, and"
            + " nobody tests it",
    remedy =
        "take XML out of `content` unless callers need it; where they do, refuse document types")
public final class XmlBesideJson implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    for (Operation operation : contract.operations()) {
      List<Content.MediaType> bodies = Questions.bodies(operation);
      boolean json = bodies.stream().anyMatch(Questions::json);
      for (Content.MediaType type : bodies) {
        boolean xml = type.range().equals("text/xml") || type.range().equals("application/xml");
        if (json && xml) {
          Report.Cause cause =
              report
                  .cause("", "XML is read where JSON would do")
                  .at(operation, type.source().place());
          Node.Obj body = contract.object(operation.source().get("requestBody"));
          Node.Obj content = Tree.object(body, "content");
          if (content != null && !Mend.converted(contract)) {
            cause.remedy(
                Mend.suggested(
                    "take `" + type.range() + "` away",
                    new Change.Remove(content.place(), type.range())));
          }
        }
      }
    }
  }
}

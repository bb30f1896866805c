package dev.gatewarden.controls.rules.security;

import dev.gatewarden.controls.rules.Mend;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Exposure;
import dev.gatewarden.core.finding.Remedy;
import dev.gatewarden.core.finding.Remedy.Change;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import java.util.List;

/// Finds operations that change something, lie open to anybody, and stand on a path whose other
/// operations ask for a credential.
///
/// Silent about paths to which anybody may post and only callers may read, such as registrations.
@Rule(
    id = "sibling-open",
    title = "an operation asks for less than its siblings",
    severity = Severity.MEDIUM,
    threat = Threat.API5_FUNCTION_AUTHORIZATION,
    cwe = 862,
    why =
        "Where reading needs a credential and changing does not, somebody forgot: the same object"
            + " is behind both",
    remedy =
        "ask for the same credential as the other operations of the path, or say why not in its"
            + " description")
public final class SiblingOpen implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    for (Operation operation : contract.operations()) {
      if (!operation.safe()
          && !operation.method().equals("POST")
          && contract.exposure(operation) == Exposure.ANYBODY) {
        for (Operation sibling : contract.operations()) {
          if (sibling.path().text().equals(operation.path().text())
              && contract.exposure(sibling) != Exposure.ANYBODY) {
            report
                .cause(
                    operation.path().text(),
                    "`"
                        + operation.method()
                        + " "
                        + operation.path()
                        + "` is open, and `"
                        + sibling.method()
                        + "` asks for a credential")
                .at(operation)
                .remedies(asked(operation, sibling));
            break;
          }
        }
      }
    }
  }

  /// What its sibling asks for, where it says nothing itself.
  private static List<Remedy> asked(Operation operation, Operation sibling) {
    Node security = sibling.source().get("security");
    return security == null || operation.source().get("security") != null
        ? List.of()
        : List.of(
            Mend.suggested(
                "ask for what `" + sibling.method() + "` asks for",
                new Change.Add(operation.source().place(), "security", Json.text(security))));
  }
}

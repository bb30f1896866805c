package dev.gatewarden.controls.rules.access;

import dev.gatewarden.controls.rules.Questions;
import dev.gatewarden.core.contract.NameWords;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import java.util.List;

/// Finds path parameters that name an object by a whole number.
///
/// Silent about numbers that callers may know anyhow: pages, years, versions, line numbers.
@Rule(
    id = "id-sequential",
    title = "objects are counted through",
    severity = Severity.LOW,
    threat = Threat.API1_OBJECT_AUTHORIZATION,
    cwe = 340,
    why =
        "Who has one id has them all by adding one: the first forgotten check then leaks every"
            + " object, and ids tell how many there are",
    remedy = "name objects by random ids (`format: uuid`), or let the gate make them opaque")
public final class IdSequential implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    for (Operation operation : contract.operations()) {
      for (Parameter parameter : Questions.ids(operation)) {
        Node.Obj schema = contract.object(parameter.schema().schema());
        List<String> words = NameWords.of(parameter.name());
        boolean id = words.getLast().equals("id") || words.getLast().equals("uid");
        if (schema != null && id && Questions.is(schema, "integer")) {
          report
              .cause("", "objects are named by numbers that can be counted through")
              .at(operation, parameter);
        }
      }
    }
  }
}

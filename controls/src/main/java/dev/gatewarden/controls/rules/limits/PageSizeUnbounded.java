package dev.gatewarden.controls.rules.limits;

import dev.gatewarden.controls.rules.Mend;
import dev.gatewarden.controls.rules.Questions;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Paging;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Tree;
import java.math.BigDecimal;
import java.util.List;

/// Finds query parameters that say how many items a page has, as a whole number without `maximum`.
@Rule(
    id = "page-size-unbounded",
    title = "a page may be of any size",
    severity = Severity.MEDIUM,
    threat = Threat.API4_RESOURCE_CONSUMPTION,
    cwe = 770,
    why =
        "`limit=100000000` is a whole table in one answer: the limit is there, and the caller sets"
            + " it",
    remedy = "give the parameter a `maximum`")
public final class PageSizeUnbounded implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    for (Operation operation : contract.operations()) {
      for (Parameter parameter : Paging.sizes(operation)) {
        if (operation.safe()) {
          Node.Obj schema = contract.object(parameter.schema().schema());
          boolean number =
              schema != null && (Questions.is(schema, "integer") || Questions.is(schema, "number"));
          if (schema != null && number && unbounded(schema)) {
            Report.Cause cause =
                report.cause("", "a page may be of any size").at(operation, parameter);
            Mend.suggest(contract, cause, schema, "maximum", Json.of(most(schema)));
          }
        }
      }
    }
  }

  /// A hundred, or what the contract itself shows.
  private static long most(Node.Obj schema) {
    long most = 100;
    for (String word : List.of("default", "example", "minimum")) {
      BigDecimal shown = Tree.number(schema.get(word));
      most = shown == null ? most : Math.max(most, shown.longValue());
    }
    return most;
  }

  private static boolean unbounded(Node.Obj schema) {
    return !Tree.has(schema, "maximum")
        && !Tree.has(schema, "exclusiveMaximum")
        && !Tree.has(schema, "enum")
        && !Tree.has(schema, "const");
  }
}

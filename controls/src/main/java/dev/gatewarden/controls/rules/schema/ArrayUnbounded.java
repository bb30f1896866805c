package dev.gatewarden.controls.rules.schema;

import dev.gatewarden.controls.rules.Mend;
import dev.gatewarden.controls.rules.Questions;
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

/// Finds lists in parameters and request bodies without `maxItems`.
///
/// Silent about lists whose items are unique and of an `enum`.
///
/// It is one finding for the whole contract, with each list among its places.
@Rule(
    id = "array-unbounded",
    title = "callers may send lists of any length",
    severity = Severity.MEDIUM,
    threat = Threat.API4_RESOURCE_CONSUMPTION,
    cwe = 770,
    why = "One request then asks for a million things: a look-up, a mail or a row for each of them",
    remedy = "give lists a `maxItems`")
public final class ArrayUnbounded implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    Sent.each(
        contract,
        report,
        "lists may be of any length",
        shape ->
            Questions.is(shape.schema(), "array")
                && !Questions.says(shape, "maxItems", "enum", "const")
                && !choices(contract, shape.schema()),
        (cause, shape) ->
            Mend.suggest(contract, cause, shape, "maxItems", Json.of(most(shape.schema()))));
  }

  /// A hundred, or what the contract itself shows.
  private static long most(Node.Obj schema) {
    BigDecimal least = Tree.number(schema.get("minItems"));
    int shown =
        Math.max(
            Tree.items(schema.get("example")).size(), Tree.items(schema.get("default")).size());
    return Math.max(Math.max(100, shown), least == null ? 0 : least.longValue());
  }

  private static boolean choices(Audited contract, Node.Obj schema) {
    Node.Obj items = contract.object(schema.get("items"));
    return Tree.isTrue(schema.get("uniqueItems")) && items != null && items.get("enum") != null;
  }
}

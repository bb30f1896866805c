package dev.gatewarden.controls.rules.access;

import dev.gatewarden.controls.rules.Questions;
import dev.gatewarden.core.contract.NameWords;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Shapes.Shape;
import dev.gatewarden.core.finding.Shapes.Way;
import dev.gatewarden.core.finding.Tree;
import java.util.List;
import java.util.Locale;

/// Finds properties of answers that are called like a card number or its code.
///
/// Silent where their length or pattern says that they are masked, or `x-gatewarden-read` or
/// `x-gatewarden-mask` is said.
@Rule(
    id = "card-answered",
    title = "an answer holds a whole card number or its code",
    severity = Severity.HIGH,
    threat = Threat.API3_PROPERTY_AUTHORIZATION,
    cwe = 359,
    why =
        "Whoever reads one answer can pay with it; the code of a card may not even be stored once"
            + " the payment is through (PCI DSS 3.3)",
    remedy =
        "answer the last four digits; or say with `x-gatewarden-read` who sees it whole, and with"
            + " `x-gatewarden-mask: last-four` what all others see")
public final class CardAnswered implements AuditRule {
  private static final List<String> CARDS =
      List.of(
          "card number", "cardnumber", "credit card", "creditcard", "cvv", "cvc", "cvv2", "pan");

  @Override
  public void judge(Audited contract, Report report) {
    for (Shape shape : contract.shapes().all(Way.RESPONSE)) {
      String property = shape.property();
      if (property != null
          && (Questions.is(shape.schema(), "string") || Questions.is(shape.schema(), "integer"))
          && CARDS.stream().anyMatch(each -> NameWords.endIn(NameWords.of(property), each))
          && !Questions.says(
              shape, "writeOnly", "x-gatewarden-read", "x-gatewarden-mask", "pattern", "enum")
          && !masked(shape.schema())) {
        report
            .cause(property, "the answer holds `" + property + "`")
            .at(contract, shape, Way.RESPONSE);
      }
    }
  }

  private static boolean masked(Node.Obj schema) {
    String said = Tree.text(schema, "description") + " " + Tree.text(schema, "example");
    String lower = said.toLowerCase(Locale.ROOT);
    return lower.contains("mask")
        || lower.contains("last four")
        || lower.contains("last 4")
        || lower.contains("**")
        || lower.contains("xx")
        || lower.contains("truncated");
  }
}

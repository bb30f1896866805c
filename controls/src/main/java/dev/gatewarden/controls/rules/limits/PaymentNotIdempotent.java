package dev.gatewarden.controls.rules.limits;

import dev.gatewarden.controls.rules.Questions;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Shapes.Shape;
import dev.gatewarden.core.finding.Shapes.Way;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Finds operations that post payments, transfers, charges or refunds, and take no key that tells
/// a repetition.
///
/// Silent where a header or property is called after idempotency, or a reference or request id is
/// taken in the body.
@Rule(
    id = "payment-not-idempotent",
    title = "a payment that is repeated is paid twice",
    severity = Severity.LOW,
    threat = Threat.API6_BUSINESS_FLOWS,
    cwe = 837,
    why =
        "Clients repeat what timed out, and attackers what worked: without a key that says it is"
            + " the same one, each counts",
    remedy = "take an `Idempotency-Key` header, and require it")
public final class PaymentNotIdempotent implements AuditRule {
  private static final Set<String> PAYS =
      Set.of(
          "payment",
          "payments",
          "transfers",
          "charge",
          "charges",
          "refund",
          "refunds",
          "payout",
          "payouts",
          "withdraw",
          "withdrawals",
          "disbursements");

  @Override
  public void judge(Audited contract, Report report) {
    for (Operation operation : contract.operations()) {
      List<String> words = Questions.pathWords(operation);
      boolean pays = !words.isEmpty() && PAYS.contains(words.getLast());
      boolean last =
          operation.path().segments().getLast().literal() && operation.method().equals("POST");
      if (pays && last && !keyed(contract, operation)) {
        report.cause("", "a payment that is repeated is paid twice").at(operation);
      }
    }
  }

  private static boolean keyed(Audited contract, Operation operation) {
    for (Parameter parameter : operation.parameters()) {
      if (key(parameter.name())) {
        return true;
      }
    }
    for (Shape shape : contract.shapes().all(Way.REQUEST)) {
      if (shape.property() != null
          && key(shape.property())
          && contract.shapes().operations(shape, Way.REQUEST).contains(operation)) {
        return true;
      }
    }
    return false;
  }

  private static boolean key(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.contains("idempot")
        || lower.contains("reference")
        || lower.contains("requestid")
        || lower.contains("request-id")
        || lower.contains("request_id")
        || lower.contains("nonce")
        || lower.contains("transactionid")
        || lower.contains("transaction_id")
        || lower.contains("external");
  }
}

package dev.gatewarden.controls.rules.limits;

import dev.gatewarden.controls.rules.Questions;
import dev.gatewarden.controls.rules.inventory.Promise;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Exposure;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Finds operations that send messages, invite, redeem, book or vote, and promise no limit.
///
/// Silent where the operation promises 429, or has `x-gatewarden-limits` or `x-gatewarden-flow`.
@Rule(
    id = "flow-unlimited",
    title = "something that costs may be asked for without end",
    severity = Severity.LOW,
    threat = Threat.API6_BUSINESS_FLOWS,
    cwe = 799,
    why =
        "Each call sends a message, holds a seat or gives a coupon away: a script empties the"
            + " budget or the shelf",
    remedy = "promise 429 and say the limit with `x-gatewarden-limits`")
public final class FlowUnlimited implements AuditRule {
  private static final Set<String> COSTS =
      Set.of(
          "sms",
          "otp",
          "invite",
          "invites",
          "invitations",
          "redeem",
          "coupon",
          "coupons",
          "voucher",
          "vouchers",
          "vote",
          "votes",
          "booking",
          "bookings",
          "reservation",
          "reservations",
          "checkout",
          "giftcards",
          "referral");

  @Override
  public void judge(Audited contract, Report report) {
    List<Operation> costly = new ArrayList<>();
    for (Operation operation : contract.operations()) {
      List<String> words = Questions.pathWords(operation);
      boolean costs = !words.isEmpty() && COSTS.contains(words.getLast());
      if (operation.method().equals("POST")
          && costs
          && contract.exposure(operation) != Exposure.ROLE
          && !operation.responses().byStatus().containsKey("429")
          && operation.extensions().get("limits") == null
          && operation.extensions().get("flow") == null) {
        costly.add(operation);
      }
    }
    Report.Cause cause = report.cause("", "something that costs may be asked for without end");
    costly.forEach(cause::at);
    Promise.TOO_MANY.edits(contract, costly).forEach(cause::remedy);
  }
}

package dev.gatewarden.controls.rules.security;

import dev.gatewarden.controls.rules.Questions;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import java.util.Set;

/// Finds operations that change something and say in so many words that no credential is needed:
/// `security: []`, or `{}` among the alternatives.
///
/// Silent about logins, registrations, webhooks that are received, searches, and whatever has
/// `x-gatewarden-limits`.
@Rule(
    id = "write-open-to-anybody",
    title = "anybody may change something",
    severity = Severity.MEDIUM,
    threat = Threat.API2_AUTHENTICATION,
    cwe = 306,
    why = "Without a credential nobody can tell who did it, limit them, or keep them out",
    remedy =
        "ask for a credential under `security`; where it is meant for anybody, bound it with"
            + " `x-gatewarden-limits`")
public final class WriteOpen implements AuditRule {
  private static final Set<String> MEANT =
      Set.of(
          "webhook",
          "webhooks",
          "hook",
          "hooks",
          "callback",
          "callbacks",
          "search",
          "query",
          "graphql",
          "contact",
          "feedback",
          "subscribe",
          "unsubscribe",
          "ping",
          "health",
          "validate",
          "check",
          "preview",
          "calculate",
          "convert",
          "track",
          "events",
          "report",
          "csp");

  @Override
  public void judge(Audited contract, Report report) {
    for (Operation operation : contract.operations()) {
      if (!operation.safe()
          && operation.security().admitsAnonymous()
          && !Questions.entrance(operation)
          && !Questions.enrolment(operation)
          && !Questions.names(operation, MEANT)
          && operation.extensions().get("limits") == null) {
        report.cause("", "anybody may change something, without a credential").at(operation);
      }
    }
  }
}

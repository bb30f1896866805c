package dev.gatewarden.controls.rules.security;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import java.util.Locale;
import java.util.Set;

/// Finds header parameters that name the user, the role or the tenant of the caller.
@Rule(
    id = "identity-header",
    title = "a header says who calls",
    severity = Severity.MEDIUM,
    threat = Threat.API2_AUTHENTICATION,
    cwe = 290,
    why =
        "Whoever can reach the service writes the header and is whoever they say: such headers are"
            + " for the network between a gateway and its services",
    remedy =
        "take who calls from the credential; where a gateway sets the header, leave it out of the"
            + " contract of callers")
public final class IdentityHeader implements AuditRule {
  private static final Set<String> NAMES =
      Set.of(
          "x-user-id",
          "x-user",
          "x-userid",
          "x-username",
          "x-user-name",
          "x-user-email",
          "x-email",
          "x-role",
          "x-roles",
          "x-user-role",
          "x-user-roles",
          "x-is-admin",
          "x-admin",
          "x-remote-user",
          "remote-user",
          "x-account-id",
          "x-customer-id",
          "x-authenticated-user",
          "x-forwarded-user",
          "x-auth-user",
          "x-impersonate",
          "x-original-url",
          "x-rewrite-url",
          "x-permissions",
          "x-scopes");

  @Override
  public void judge(Audited contract, Report report) {
    for (Operation operation : contract.operations()) {
      for (Parameter parameter : operation.parameters()) {
        String name = parameter.name().toLowerCase(Locale.ROOT).replace('_', '-');
        if (parameter.in() == Parameter.In.HEADER && NAMES.contains(name)) {
          report
              .cause(name, "`" + parameter.name() + "` is taken from the caller")
              .at(operation, parameter);
        }
      }
    }
  }
}

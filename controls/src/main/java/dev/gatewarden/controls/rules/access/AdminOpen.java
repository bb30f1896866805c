package dev.gatewarden.controls.rules.access;

import dev.gatewarden.core.contract.NameWords;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.PathTemplate;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Exposure;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import java.util.Locale;
import java.util.Set;

/// Finds operations whose path has a part `admin` or the like, and that ask for neither a scope
/// nor a role.
///
/// Silent where a scheme of their own is called after administrators.
@Rule(
    id = "admin-for-any-caller",
    title = "any caller reaches what is meant for administrators",
    severity = Severity.HIGH,
    threat = Threat.API5_FUNCTION_AUTHORIZATION,
    cwe = 285,
    why =
        "The path is the first that is tried: where nothing asks for a role, being logged in is"
            + " being an administrator",
    remedy =
        "ask for a scope or a role: `security: [{token: [admin]}]`, or `x-gatewarden-permission:"
            + " {roles: [admin]}`")
public final class AdminOpen implements AuditRule {
  private static final Set<String> ADMIN =
      Set.of(
          "admin",
          "admins",
          "administrator",
          "administration",
          "backoffice",
          "superuser",
          "sysadmin");

  @Override
  public void judge(Audited contract, Report report) {
    for (Operation operation : contract.operations()) {
      boolean admin = false;
      for (PathTemplate.Segment segment : operation.path().segments()) {
        for (PathTemplate.Part part : segment.parts()) {
          admin |=
              part instanceof PathTemplate.Literal(String text)
                  && ADMIN.contains(text.toLowerCase(Locale.ROOT));
        }
      }
      if (admin && contract.exposure(operation) != Exposure.ROLE && !ownScheme(operation)) {
        report.cause("", "any caller reaches what is meant for administrators").at(operation);
      }
    }
  }

  private static boolean ownScheme(Operation operation) {
    return operation.security().alternatives().stream()
        .flatMap(each -> each.needs().stream())
        .anyMatch(need -> NameWords.of(need.scheme()).stream().anyMatch(ADMIN::contains));
  }
}

package dev.gatewarden.controls.rules.access;

import dev.gatewarden.core.contract.NameWords;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Exposure;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import java.util.Set;

/// Finds query and header parameters that name a tenant, at operations behind a credential.
///
/// Silent where `x-gatewarden-tenant` says what it is compared with.
@Rule(
    id = "tenant-from-caller",
    title = "callers say which tenant they belong to",
    severity = Severity.MEDIUM,
    threat = Threat.API1_OBJECT_AUTHORIZATION,
    cwe = 639,
    why =
        "Who writes another tenant's name reads another tenant's data, unless each place that uses"
            + " it compares it with the credential",
    remedy = "take the tenant from the credential, and say how with `x-gatewarden-tenant`")
public final class TenantFromCaller implements AuditRule {
  private static final Set<String> TENANT =
      Set.of(
          "tenant",
          "tenant id",
          "tenantid",
          "x tenant",
          "x tenant id",
          "x tenantid",
          "tenant name",
          "x org id",
          "org id",
          "organization id",
          "x organization id");

  @Override
  public void judge(Audited contract, Report report) {
    for (Operation operation : contract.operations()) {
      if (operation.tenant() != null || contract.exposure(operation) == Exposure.ANYBODY) {
        continue;
      }
      for (Parameter parameter : operation.parameters()) {
        boolean said =
            parameter.in() == Parameter.In.QUERY || parameter.in() == Parameter.In.HEADER;
        if (said && TENANT.contains(String.join(" ", NameWords.of(parameter.name())))) {
          report
              .cause(parameter.name(), "callers say their tenant with `" + parameter.name() + "`")
              .at(operation, parameter);
        }
      }
    }
  }
}

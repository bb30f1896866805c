package dev.gatewarden.controls.rules.inventory;

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

/// Finds parameters `X-HTTP-Method-Override`, `X-HTTP-Method`, `X-Method-Override` and `_method`.
@Rule(
    id = "method-override",
    title = "a header says which method is meant",
    severity = Severity.MEDIUM,
    threat = Threat.API5_FUNCTION_AUTHORIZATION,
    cwe = 650,
    why =
        "What a gate lets through as a POST the service runs as a DELETE: rules by method are"
            + " passed by",
    remedy = "take the header away, and let callers send the method itself")
public final class MethodOverride implements AuditRule {
  private static final Set<String> NAMES =
      Set.of("x-http-method-override", "x-http-method", "x-method-override", "_method");

  @Override
  public void judge(Audited contract, Report report) {
    for (Operation operation : contract.operations()) {
      for (Parameter parameter : operation.parameters()) {
        if (NAMES.contains(parameter.name().toLowerCase(Locale.ROOT))) {
          report
              .cause("", "`" + parameter.name() + "` says which method is meant")
              .at(operation, parameter);
        }
      }
    }
  }
}

package dev.gatewarden.controls.rules.security;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Security;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Finds contracts of four operations or more, of which some read and some write, that ask for the
/// same one scope everywhere.
@Rule(
    id = "scope-for-all",
    title = "one scope opens reading and writing alike",
    severity = Severity.LOW,
    threat = Threat.API5_FUNCTION_AUTHORIZATION,
    cwe = 272,
    why = "Who only needs to read is given the right to change and delete everything",
    remedy = "declare a scope for reading and one for writing, and ask for each where it is needed")
public final class ScopeForAll implements AuditRule {
  private static final int MANY = 4;

  @Override
  public void judge(Audited contract, Report report) {
    Set<String> scopes = new TreeSet<>();
    List<Operation> scoped = new ArrayList<>();
    for (Operation operation : contract.operations()) {
      int before = scopes.size();
      for (Security.Alternative alternative : operation.security().alternatives()) {
        for (Security.Need need : alternative.needs()) {
          scopes.addAll(need.scopes());
          if (!need.scopes().isEmpty() && !scoped.contains(operation)) {
            scoped.add(operation);
          }
        }
      }
      if (scopes.size() > 1 && before <= 1) {
        return;
      }
    }
    boolean reads = scoped.stream().anyMatch(Operation::safe);
    boolean writes = scoped.stream().anyMatch(each -> !each.safe());
    if (scopes.size() == 1 && scoped.size() >= MANY && reads && writes) {
      String scope = scopes.iterator().next();
      Report.Cause cause =
          report.cause(scope, "`" + scope + "` alone opens reading and writing alike");
      scoped.forEach(each -> cause.at(each, each.security().place()));
    }
  }
}

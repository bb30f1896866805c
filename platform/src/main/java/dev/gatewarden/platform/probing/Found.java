package dev.gatewarden.platform.probing;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.finding.Finding;
import dev.gatewarden.core.finding.Remedy;
import dev.gatewarden.core.finding.Spot;
import dev.gatewarden.core.finding.Subject;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Fault;
import java.util.List;

/// A fault, and the probe that found it.
public record Found(Attack attack, Fault fault) {

  /// The name of the operation, or the empty text for the API as a whole.
  public String operation() {
    Operation operation = fault.operation();
    return operation == null ? "" : operation.id().name();
  }

  /// As everything that is found is told: where in the contract, how bad, and what would end it.
  public Finding finding(Contract contract) {
    Operation operation = fault.operation();
    Spot spot =
        operation == null
            ? new Spot(Subject.CONTRACT, contract.source().place(), List.of())
            : new Spot(Subject.operation(operation()), operation.place(), List.of(operation()));
    return new Finding(
        attack.id(),
        fault.severity(),
        attack.threat(),
        attack.cwe(),
        cause(),
        fault.message(),
        List.of(spot),
        List.of(new Remedy.Words(attack.remedy())));
  }

  /// The same for the same fault in every run.
  String cause() {
    return operation() + " " + fault.place();
  }
}

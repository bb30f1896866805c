package dev.gatewarden.platform.probing;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.finding.Finding;
import dev.gatewarden.core.finding.Spot;
import dev.gatewarden.core.finding.Subject;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Fault;
import dev.gatewarden.platform.probing.remedy.Remedies;
import java.util.List;

/// A fault, and the probe that found it.
public record Found(Attack attack, Fault fault) {

  /// The name of the operation, or the empty text for the API as a whole.
  public String operation() {
    Operation operation = fault.operation();
    return operation == null ? "" : operation.id().name();
  }

  /// What it is called.
  public String title() {
    String own = fault.title();
    return own == null ? attack.title() : own;
  }

  /// The same where the contract says whose the objects are.
  public Finding finding(Contract contract) {
    return finding(contract, false);
  }

  /// As everything that is found is told: where in the contract, how bad, and what would end it.
  ///
  /// @param guessed whether whose the objects are was found out, so that the contract does not say
  ///     it yet
  public Finding finding(Contract contract, boolean guessed) {
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
        Remedies.of(contract, attack, fault, guessed));
  }

  /// The same for the same fault in every run.
  String cause() {
    return operation() + " " + fault.place();
  }
}

package dev.gatewarden.platform.probing.remedy;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.Remedy;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Fault;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What would end a fault, the most concrete first: what the contract should say, what
/// `gatewarden.yaml` should say, which guard stops it then, and what the service itself should do.
public final class Remedies {
  private final Contract contract;
  private final Attack attack;
  private final Fault fault;
  private final boolean guessed;
  private final List<Remedy> all = new ArrayList<>();

  private Remedies(Contract contract, Attack attack, Fault fault, boolean guessed) {
    this.contract = contract;
    this.attack = attack;
    this.fault = fault;
    this.guessed = guessed;
  }

  /// @param guessed whether whose the objects are was found out, so that the contract does not say
  ///     it yet
  /// @return never empty; the last is in words
  public static List<Remedy> of(Contract contract, Attack attack, Fault fault, boolean guessed) {
    Remedies remedies = new Remedies(contract, attack, fault, guessed);
    remedies.find();
    return List.copyOf(remedies.all);
  }

  private void find() {
    Operation operation = fault.operation();
    boolean listed =
        operation != null && operation.equals(contract.operation(operation.id().name()));
    Remedy edit = operation != null && listed ? edit(operation) : null;
    if (edit != null) {
      all.add(edit);
    }
    Remedy setting = Settings.of(contract, attack, fault, listed ? operation : null);
    if (setting != null) {
      all.add(setting);
    }
    String gate = gate(listed ? operation : null, edit != null, setting != null);
    if (!gate.isEmpty()) {
      all.add(new Remedy.Words(gate));
    }
    all.add(new Remedy.Words(attack.remedy()));
  }

  private @Nullable Remedy edit(Operation operation) {
    Edits edits = new Edits(contract);
    return switch (attack.threat()) {
      case API1_OBJECT_AUTHORIZATION -> guessed ? BindingEdit.of(contract, operation, edits) : null;
      case API3_PROPERTY_AUTHORIZATION -> PropertyEdit.of(operation, fault.place(), edits);
      case API5_FUNCTION_AUTHORIZATION ->
          fault.place().equals("permission")
              ? PermissionEdit.of(contract, operation, fault.confidence(), edits)
              : null;
      case API2_AUTHENTICATION,
          API4_RESOURCE_CONSUMPTION,
          API6_BUSINESS_FLOWS,
          API7_SSRF,
          API8_MISCONFIGURATION,
          API9_INVENTORY,
          API10_UNSAFE_CONSUMPTION ->
          null;
    };
  }

  /// What the gate does about it once the rest is so.
  private String gate(@Nullable Operation operation, boolean edited, boolean set) {
    boolean unlisted =
        operation == null
            || fault.place().equals("method")
            || attack.threat() == Threat.API9_INVENTORY;
    if (attack.guards().length == 0) {
      return unlisted ? "the gate answers nothing that the contract does not list" : "";
    }
    String guards = "`" + String.join("`, `", attack.guards()) + "`";
    if (!edited
        && attack.threat() == Threat.API3_PROPERTY_AUTHORIZATION
        && fault.place().startsWith("body#")) {
      return "where the contract says who may write the field, the gate stops it: " + guards;
    }
    if (edited || set) {
      return "with that, the gate stops it: " + guards;
    }
    ObjectBinding binding =
        attack.threat() != Threat.API1_OBJECT_AUTHORIZATION
                || operation == null
                || operation.objects().list().isEmpty()
            ? null
            : operation.objects().list().getFirst();
    return binding == null
        ? "with the contract as it is, the gate stops it: " + guards
        : "the contract binds it to `"
            + binding.type().name()
            + "` ("
            + binding.place()
            + "); with that, the gate stops it: "
            + guards;
  }
}

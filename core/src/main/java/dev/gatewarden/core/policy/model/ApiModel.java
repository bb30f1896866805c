package dev.gatewarden.core.policy.model;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ObjectBindings;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.StepUp;
import java.util.ArrayList;
import java.util.List;

/// All operations of one API as a relation.
///
/// @param further what decides beside the model over every operation, as the configuration says
public record ApiModel(
    Contract contract, List<OperationModel> operations, List<Assumption> further) {

  public ApiModel {
    operations = List.copyOf(operations);
    further = List.copyOf(further);
  }

  /// The model of a contract under a configuration.
  public static ApiModel of(Contract contract, Enforcement enforcement, List<Assumption> further) {
    List<OperationModel> operations = new ArrayList<>();
    for (Operation operation : contract.operations()) {
      operations.add(new OperationModel(contract, operation, enforcement));
    }
    return new ApiModel(contract, operations, further);
  }

  /// The same API before it promised anything.
  public ApiModel empty() {
    return new ApiModel(contract, List.of(), List.of());
  }

  /// Who reaches what of an operation.
  public static List<Reaching> reaching(OperationModel model) {
    return Reaching.of(model, Universe.of(model));
  }

  /// How many cells of the relation an operation has: callers × objects × sources.
  public static long cells(OperationModel model) {
    long each = 1;
    for (Use use : model.uses()) {
      each += (long) Whose.values().length * use.sources().size();
    }
    return each * Universe.of(model).callers().size();
  }

  /// What is believed of an operation alone.
  public List<Assumption> assumed(OperationModel model) {
    Operation operation = model.operation();
    String name = operation.id().toString();
    List<Assumption> all = new ArrayList<>();
    StepUp stepUp = StepUp.in(operation.extensions());
    if (stepUp != null) {
      all.add(new Assumption(name, "how its user signed in: " + stepUp.text(), stepUp.place()));
    }
    switch (operation.objects()) {
      case ObjectBindings.None(String because, var place) ->
          all.add(new Assumption(name, "it touches no object: " + because, place));
      case ObjectBindings.Unbound(String why) ->
          all.add(new Assumption(name, "whose objects it touches: " + why, operation.place()));
      case ObjectBindings.Unstated() ->
          all.add(new Assumption(name, "it touches no object: it does not say", operation.place()));
      case ObjectBindings.Bound _ -> {}
    }
    if (!Universe.of(model).exhausted()) {
      all.add(
          new Assumption(
              name,
              "callers who bring several things that no alternative asks for together: there are"
                  + " too many to try each",
              operation.place()));
    }
    return all;
  }
}

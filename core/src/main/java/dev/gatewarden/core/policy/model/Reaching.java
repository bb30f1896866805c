package dev.gatewarden.core.policy.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Who reaches the same of an operation: the callers who bring no more than they have to.
public record Reaching(List<Caller> least, Reach reach) {
  public Reaching {
    least = List.copyOf(least);
  }

  /// Who reaches what of an operation, who brings least first; empty where nobody may use it.
  ///
  /// Callers who may use it and reach no object of it stand here only where nobody reaches one.
  static List<Reaching> of(OperationModel model, Universe universe) {
    Map<Reach, List<Caller>> by = new LinkedHashMap<>();
    for (Caller caller : universe.callers()) {
      Reach reach = model.reach(caller);
      if (reach.admitted()) {
        by.computeIfAbsent(reach, _ -> new ArrayList<>()).add(caller);
      }
    }
    if (by.keySet().stream().anyMatch(Reach::useful)) {
      by.keySet().removeIf(each -> !each.useful());
    }
    List<Reaching> all = new ArrayList<>();
    by.forEach((reach, callers) -> all.add(new Reaching(Caller.plain(callers), reach)));
    return all;
  }
}

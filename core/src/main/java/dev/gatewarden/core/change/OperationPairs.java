package dev.gatewarden.core.change;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.PathTemplate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The operations of two contracts, each with the one that answers the same requests.
///
/// What a variable of a path is called makes no difference to a request.
record OperationPairs(List<Matched> matched, List<Operation> removed, List<Operation> added) {

  /// An operation then and now.
  record Matched(Operation old, Operation now) {}

  static OperationPairs of(Contract old, Contract now) {
    Map<String, Operation> exact = new LinkedHashMap<>();
    Map<String, List<Operation>> alike = new LinkedHashMap<>();
    for (Operation operation : now.operations()) {
      exact.put(Comparison.shown(operation), operation);
      alike.computeIfAbsent(shape(operation), _ -> new ArrayList<>()).add(operation);
    }
    Map<Operation, Operation> found = new java.util.IdentityHashMap<>();
    for (Operation operation : old.operations()) {
      Operation same = exact.remove(Comparison.shown(operation));
      if (same != null) {
        found.put(operation, same);
        alike.getOrDefault(shape(operation), new ArrayList<>()).removeIf(each -> each == same);
      }
    }
    List<Matched> matched = new ArrayList<>();
    List<Operation> removed = new ArrayList<>();
    for (Operation operation : old.operations()) {
      Operation same = found.get(operation);
      List<Operation> others = alike.getOrDefault(shape(operation), List.of());
      if (same == null && !others.isEmpty()) {
        same = others.removeFirst();
        exact.remove(Comparison.shown(same));
      }
      if (same == null) {
        removed.add(operation);
      } else {
        matched.add(new Matched(operation, same));
      }
    }
    return new OperationPairs(matched, removed, List.copyOf(exact.values()));
  }

  private static String shape(Operation operation) {
    return operation.method()
        + " "
        + operation.path().segments().stream()
            .map(OperationPairs::shape)
            .collect(Collectors.joining("/"));
  }

  private static String shape(PathTemplate.Segment segment) {
    StringBuilder shape = new StringBuilder();
    for (PathTemplate.Part part : segment.parts()) {
      switch (part) {
        case PathTemplate.Literal(String text) -> shape.append(text);
        case PathTemplate.Variable _ -> shape.append("{}");
      }
    }
    return shape.toString();
  }
}

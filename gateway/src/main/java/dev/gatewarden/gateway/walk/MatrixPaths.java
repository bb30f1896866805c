package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.contract.Routing;

/// Where semicolons may stand in a path: in the values of parameters in the style `matrix`, and
/// nowhere else, because many servers cut off what follows one.
final class MatrixPaths {
  private MatrixPaths() {}

  /// Whether an operation has such a parameter.
  static boolean has(Operation operation) {
    for (Parameter parameter : operation.parameters()) {
      if (parameter.in() == Parameter.In.PATH && parameter.style() == Parameter.Style.MATRIX) {
        return true;
      }
    }
    return false;
  }

  /// Whether the path holds a semicolon that no such parameter begins.
  static boolean strays(Routing.Matched matched, String path) {
    int at = path.indexOf(';');
    while (at >= 0) {
      int value = valueAt(matched, at);
      if (value < 0
          || matched.from(value) >= path.length()
          || path.charAt(matched.from(value)) != ';'
          || !isMatrix(matched.operation(), value)) {
        return true;
      }
      at = path.indexOf(';', matched.to(value));
    }
    return false;
  }

  private static int valueAt(Routing.Matched matched, int at) {
    for (int i = 0; i < matched.count(); i++) {
      if (matched.from(i) <= at && at < matched.to(i)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isMatrix(Operation operation, int value) {
    var variables = operation.path().variables();
    if (value >= variables.size()) {
      return false;
    }
    Parameter parameter = operation.parameter(Parameter.In.PATH, variables.get(value));
    return parameter != null && parameter.style() == Parameter.Style.MATRIX;
  }
}

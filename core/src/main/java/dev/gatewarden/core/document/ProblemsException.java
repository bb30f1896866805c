package dev.gatewarden.core.document;

import java.util.List;

/// The operator's fault: everything that is wrong with a configuration or a contract, all at once.
public class ProblemsException extends RuntimeException {
  private final transient List<Problem> problems;

  public ProblemsException(List<Problem> problems) {
    super(String.join("\n", problems.stream().map(Problem::toString).toList()));
    this.problems = List.copyOf(problems);
  }

  /// Every problem found, in the order of the text; never empty.
  public List<Problem> problems() {
    return problems;
  }
}

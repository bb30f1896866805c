package dev.gatewarden.core.schema;

import dev.gatewarden.core.document.Node;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The violations found by a run that explains.
final class Explanation {

  /// One of them, before it is told.
  private record Found(int at, @Nullable Node owner, Keyword word, String detail) {}

  private final Violation.Limits limits;
  private final Set<Found> found = new LinkedHashSet<>();

  Explanation(Violation.Limits limits) {
    this.limits = limits;
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /// Notes a violation; false when nothing more will be told.
  boolean add(int at, @Nullable Node owner, Keyword word, String detail) {
    if (found.size() < limits.violations()) {
      found.add(new Found(at, owner, word, detail));
    }
    return found.size() < limits.violations();
  }

  List<Violation> violations(byte[] bytes, int from, int to) {
    List<Violation> violations = new ArrayList<>();
    for (Found one : found) {
      violations.add(
          new Violation(
              Pointers.at(bytes, from, to, one.at(), limits.pointer()),
              Sentences.location(one.owner(), one.word()),
              one.word().word(),
              Sentences.of(one.owner(), one.word(), one.detail()),
              one.at()));
    }
    return violations;
  }
}

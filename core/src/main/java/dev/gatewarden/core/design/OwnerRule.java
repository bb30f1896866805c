package dev.gatewarden.core.design;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.finding.Tree;
import java.util.List;

/// Who answers for the operations that meet all of some conditions.
///
/// @param conditions at least one
/// @param owners at least one
/// @param place where it stands in its file
public record OwnerRule(List<Condition> conditions, List<String> owners, Place place) {
  public OwnerRule {
    conditions = List.copyOf(conditions);
    owners = List.copyOf(owners);
  }

  /// What a condition looks at.
  enum Kind {
    PATH("path"),
    TAG("tag"),
    OPERATION("operation");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }

    /// What an operation has of it.
    List<String> of(Operation operation) {
      return switch (this) {
        case PATH -> List.of(operation.path().text());
        case TAG -> Tree.texts(operation.source().get("tags"));
        case OPERATION -> List.of(operation.id().name());
      };
    }
  }

  /// Patterns one of which has to fit.
  record Condition(Kind kind, List<Node.Text> patterns) {
    Condition {
      patterns = List.copyOf(patterns);
    }

    boolean meets(Operation operation) {
      return patterns.stream().anyMatch(each -> meets(each.value(), operation));
    }

    boolean meets(String pattern, Operation operation) {
      return kind.of(operation).stream()
          .anyMatch(
              each ->
                  kind == Kind.PATH ? Patterns.path(pattern, each) : Patterns.word(pattern, each));
    }
  }

  boolean meets(Operation operation) {
    return conditions.stream().allMatch(each -> each.meets(operation));
  }

  /// What the owner is said to be known by: `rule owners.yaml:4`.
  public String source() {
    return "rule " + place.origin().name() + ":" + place.line();
  }
}

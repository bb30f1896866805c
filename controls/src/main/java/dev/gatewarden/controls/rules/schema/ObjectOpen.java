package dev.gatewarden.controls.rules.schema;

import dev.gatewarden.controls.rules.Mend;
import dev.gatewarden.controls.rules.Questions;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Shapes.Shape;
import dev.gatewarden.core.finding.Shapes.Way;
import dev.gatewarden.core.finding.Tree;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/// Finds objects with properties in the bodies of requests that change something, and that further
/// members may stand in.
///
/// Silent where members are described by `additionalProperties` as a map, and where a schema
/// around it closes the object.
///
/// It is one finding for the whole contract, with each object among its places.
@Rule(
    id = "object-open",
    title = "callers may send members that nobody described",
    severity = Severity.MEDIUM,
    threat = Threat.API3_PROPERTY_AUTHORIZATION,
    cwe = 915,
    why =
        "Frameworks bind whatever comes to what they store: a member `role` that no document"
            + " mentions is then the caller's to set",
    remedy =
        "close what requests carry with `additionalProperties: false`, or `unevaluatedProperties:"
            + " false` where schemas are composed")
public final class ObjectOpen implements AuditRule {
  private static final List<String> CLOSING =
      List.of(
          "additionalProperties", "unevaluatedProperties", "patternProperties", "propertyNames");

  private static final List<String> COMPOSING =
      List.of("allOf", "anyOf", "oneOf", "if", "then", "else", "discriminator", "$dynamicRef");

  @Override
  public void judge(Audited contract, Report report) {
    Set<Node> parts = parts(contract);
    for (Shape shape : contract.shapes().all(Way.REQUEST)) {
      Node.Obj schema = shape.schema();
      Node.Obj properties = Tree.object(schema, "properties");
      if (properties != null
          && !properties.members().isEmpty()
          && !closed(shape)
          && !composed(shape)
          && changes(contract, shape)) {
        Report.Cause cause =
            report
                .cause("", "objects may hold members that nobody described")
                .at(contract, shape, Way.REQUEST);
        if (alone(shape) && !parts.contains(schema)) {
          Mend.suggest(contract, cause, shape, "additionalProperties", Json.of(false));
        }
      }
    }
  }

  /// Whether its own properties are all there are.
  private static boolean alone(Shape shape) {
    return Questions.around(shape).stream()
        .noneMatch(each -> COMPOSING.stream().anyMatch(word -> Tree.has(each, word)));
  }

  /// What is part of a whole somewhere, and closed there would refuse the rest of it.
  private static Set<Node> parts(Audited contract) {
    Set<Node> parts = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Shape shape : contract.shapes().all()) {
      for (String word : List.of("allOf", "anyOf", "oneOf")) {
        for (Node each : Tree.items(shape.schema().get(word))) {
          parts.addAll(Questions.sides(contract, each));
        }
      }
    }
    return parts;
  }

  private static boolean closed(Shape shape) {
    return Questions.around(shape).stream()
        .anyMatch(
            each ->
                CLOSING.stream()
                    .anyMatch(word -> Tree.has(each, word) && !Tree.isTrue(each.get(word))));
  }

  /// A branch cannot be closed by itself; the whole can, and is looked at where it has properties.
  private static boolean composed(Shape shape) {
    Shape parent = shape.parent();
    return parent != null
        && parent.name().equals(shape.name())
        && Tree.object(parent.schema(), "properties") != null;
  }

  private static boolean changes(Audited contract, Shape shape) {
    return contract.shapes().operations(shape, Way.REQUEST).stream().anyMatch(each -> !each.safe());
  }
}

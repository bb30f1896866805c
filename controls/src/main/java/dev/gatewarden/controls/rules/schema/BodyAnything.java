package dev.gatewarden.controls.rules.schema;

import dev.gatewarden.controls.rules.Questions;
import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import java.util.Set;

/// Finds JSON bodies of requests without a schema, or with one that says nothing: `{}`, or `type:
/// object` alone.
///
/// Silent about patches of a media type of their own and about maps whose values are described.
@Rule(
    id = "body-anything",
    title = "a request body may be anything",
    severity = Severity.MEDIUM,
    threat = Threat.API3_PROPERTY_AUTHORIZATION,
    cwe = 20,
    why =
        "Nothing can be checked before the service, and nobody but its author knows what it does"
            + " with what it gets",
    remedy = "describe the body by a schema with properties, and close it")
public final class BodyAnything implements AuditRule {
  private static final Set<String> SAYING =
      Set.of(
          "properties",
          "additionalProperties",
          "patternProperties",
          "allOf",
          "anyOf",
          "oneOf",
          "items",
          "enum",
          "const",
          "$ref",
          "prefixItems",
          "discriminator",
          "unevaluatedProperties",
          "not",
          "$dynamicRef",
          "required");

  @Override
  public void judge(Audited contract, Report report) {
    for (Operation operation : contract.operations()) {
      for (Content.MediaType type : Questions.bodies(operation)) {
        boolean patch = type.range().contains("patch");
        if (Questions.json(type) && !patch && empty(contract, type)) {
          report.cause("", "the body may be anything").at(operation, type.source().place());
        }
      }
    }
  }

  private static boolean empty(Audited contract, Content.MediaType type) {
    if (type.schema() == null) {
      return type.items() == null;
    }
    Node schema = contract.follow(type.schema().schema());
    if (schema instanceof Node.Bool bool) {
      return bool.value();
    }
    if (!(schema instanceof Node.Obj object)) {
      return false;
    }
    boolean container =
        object.get("type") == null
            || Questions.is(object, "object")
            || Questions.is(object, "array");
    return container && object.members().keySet().stream().noneMatch(SAYING::contains);
  }
}

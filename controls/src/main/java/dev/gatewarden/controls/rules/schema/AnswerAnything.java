package dev.gatewarden.controls.rules.schema;

import dev.gatewarden.controls.rules.Questions;
import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Responses;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import java.util.Set;

/// Finds JSON answers of success without a schema, or with one that says nothing: `{}`, or `type:
/// object` alone.
@Rule(
    id = "answer-undescribed",
    title = "an answer may hold anything",
    severity = Severity.LOW,
    threat = Threat.API3_PROPERTY_AUTHORIZATION,
    cwe = 213,
    why =
        "What nobody promised nobody notices: a new column, a password hash, another user's address"
            + " goes out with the rest",
    remedy = "describe what comes back by a schema with properties")
public final class AnswerAnything implements AuditRule {
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
          "not",
          "$dynamicRef",
          "required");

  @Override
  public void judge(Audited contract, Report report) {
    for (Operation operation : contract.operations()) {
      for (Responses.Promised each : operation.responses().byStatus().values()) {
        if (each.status().startsWith("2")) {
          for (Content.MediaType type : each.content().types().values()) {
            if (Questions.json(type) && empty(contract, type)) {
              report.cause("", "the answer may hold anything").at(operation, type.source().place());
            }
          }
        }
      }
    }
  }

  private static boolean empty(Audited contract, Content.MediaType type) {
    if (type.schema() == null) {
      return type.items() == null;
    }
    Node schema = contract.follow(type.schema().schema());
    if (!(schema instanceof Node.Obj object)) {
      return schema instanceof Node.Bool bool && bool.value();
    }
    boolean container =
        object.get("type") == null
            || Questions.is(object, "object")
            || Questions.is(object, "array");
    return container && object.members().keySet().stream().noneMatch(SAYING::contains);
  }
}

package dev.gatewarden.controls.rules.inventory;

import dev.gatewarden.controls.rules.Mend;
import dev.gatewarden.controls.rules.Questions;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Responses;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Exposure;
import dev.gatewarden.core.finding.Remedy;
import dev.gatewarden.core.finding.Remedy.Change;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Tree;
import java.util.ArrayList;
import java.util.List;

/// Finds contracts whose operations promise errors, none of which has a body with a schema, and
/// those that promise no error at all where callers can be wrong: by a credential, a body or an id.
@Rule(
    id = "error-undescribed",
    title = "no error has a described body",
    severity = Severity.LOW,
    threat = Threat.API8_MISCONFIGURATION,
    cwe = 209,
    why =
        "Where nothing says what an error holds, it holds what the framework prints: versions,"
            + " queries, paths, stack traces",
    remedy = "describe errors once, as `application/problem+json` (RFC 9457), and refer to it")
public final class ErrorUndescribed implements AuditRule {
  private static final String PROBLEM =
      "{\"type\": \"object\", \"properties\": {\"type\": {\"type\": \"string\"}, \"title\":"
          + " {\"type\": \"string\"}, \"status\": {\"type\": \"integer\"}, \"detail\": {\"type\":"
          + " \"string\"}, \"instance\": {\"type\": \"string\"}}}";

  /// What schemas of errors are usually called.
  private static final List<String> NAMES =
      List.of("Problem", "ProblemDetails", "Error", "ApiError", "ErrorResponse");

  @Override
  public void judge(Audited contract, Report report) {
    List<Operation> promising = new ArrayList<>();
    List<Operation> failing = new ArrayList<>();
    for (Operation operation : contract.operations()) {
      for (Responses.Promised each : operation.responses().byStatus().values()) {
        if (error(each.status())) {
          if (each.content().types().values().stream().anyMatch(type -> type.schema() != null)) {
            return;
          }
          if (!promising.contains(operation)) {
            promising.add(operation);
          }
        }
      }
      if (!operation.responses().byStatus().isEmpty() && fails(contract, operation)) {
        failing.add(operation);
      }
    }
    Report.Cause cause = report.cause("", "no error has a described body");
    (promising.isEmpty() ? failing : promising).forEach(cause::at);
    for (Operation each : promising) {
      described(contract, each).forEach(cause::remedy);
    }
  }

  private static boolean error(String status) {
    return status.startsWith("4") || status.startsWith("5") || status.equals("default");
  }

  private static boolean fails(Audited contract, Operation operation) {
    return operation.body() != null
        || contract.exposure(operation) != Exposure.ANYBODY
        || !Questions.ids(operation).isEmpty();
  }

  /// Each of its errors with the one schema of errors, which is made where there is none.
  private static List<Remedy> described(Audited contract, Operation operation) {
    List<Remedy> edits = new ArrayList<>();
    Node.Obj responses = Tree.object(operation.source(), "responses");
    String known =
        NAMES.stream()
            .filter(each -> Mend.known(contract, "schemas", each) != null)
            .findFirst()
            .orElse(null);
    String reference = Mend.reference(contract, "schemas", known == null ? "Problem" : known);
    String type = known == null ? "application/problem+json" : "application/json";
    for (Node.Member each : responses == null ? List.<Node.Member>of() : responses.entries()) {
      Node.Obj answer = error(each.name()) ? contract.object(each.value()) : null;
      if (answer != null && answer.get("content") == null) {
        List<Change> changes = new ArrayList<>();
        changes.add(
            Mend.converted(contract)
                ? new Change.Add(answer.place(), "schema", reference)
                : new Change.Add(
                    answer.place(),
                    "content",
                    "{" + Json.quoted(type) + ": {\"schema\": " + reference + "}}"));
        if (known == null) {
          changes.add(Mend.component(contract, "schemas", "Problem", PROBLEM));
        }
        edits.add(new Remedy.Edit("describe the error", changes, false));
      }
    }
    return edits;
  }
}

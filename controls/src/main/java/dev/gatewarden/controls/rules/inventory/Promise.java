package dev.gatewarden.controls.rules.inventory;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Remedy;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Tree;
import java.util.List;

/// An edit that promises a status: as other operations of the contract promise it, where they do.
final class Promise {
  private Promise() {}

  /// Adds the operation, and the edit where its answers stand in the operation itself.
  static void missing(
      Audited contract, Operation operation, String status, String meaning, Report.Cause cause) {
    cause.at(operation);
    Node.Obj responses = Tree.object(operation.source(), "responses");
    if (responses != null && responses.get("$ref") == null) {
      cause.remedy(
          new Remedy.Edit(
              "promise " + status,
              List.of(
                  new Remedy.Change.Add(
                      responses.place(), status, value(contract, status, meaning))),
              true));
    }
  }

  private static String value(Audited contract, String status, String meaning) {
    if (!converted(contract)) {
      for (Operation each : contract.operations()) {
        Node.Obj responses = Tree.object(each.source(), "responses");
        Node.Obj known = Tree.object(responses, status);
        String reference = Tree.text(known, "$ref");
        if (reference != null && reference.matches("#/components/responses/[A-Za-z0-9._-]+")) {
          return "{\"$ref\": \"" + reference + "\"}";
        }
      }
    }
    return "{\"description\": \"" + meaning + "\"}";
  }

  /// Whether it is Swagger 2.0, whose references are not those of its text: what the conversion
  /// adds
  /// stands where the document begins.
  private static boolean converted(Audited contract) {
    Node version = contract.source().get("openapi");
    return version == null || version.place().equals(contract.source().place());
  }
}

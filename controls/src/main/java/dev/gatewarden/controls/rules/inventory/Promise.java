package dev.gatewarden.controls.rules.inventory;

import dev.gatewarden.controls.rules.Mend;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Remedy;
import dev.gatewarden.core.finding.Remedy.Change;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An edit that promises a status: as other operations of the contract promise it, else by one
/// answer that several operations share.
///
/// @param name of the answer that operations share
/// @param meaning what it is described by
/// @param safe whether the contract says already that it is so
public record Promise(String status, String name, String meaning, boolean safe) {
  private static final Pattern SHARED = Pattern.compile("#/components/responses/([A-Za-z0-9._-]+)");

  static final Promise BAD_REQUEST =
      new Promise("400", "BadRequest", "the request is malformed", true);
  static final Promise UNAUTHORIZED =
      new Promise("401", "Unauthorized", "the caller proved nothing", true);
  static final Promise FORBIDDEN =
      new Promise("403", "Forbidden", "the caller has no right to this", true);
  static final Promise NOT_FOUND =
      new Promise("404", "NotFound", "there is no such object, or it is not the caller's", true);

  /// Whether a service has a limit no contract tells, so that a person has to know.
  public static final Promise TOO_MANY =
      new Promise("429", "TooManyRequests", "the caller asks too often", false);

  /// Adds the operations to a cause, and the edits where their answers stand in themselves.
  static void missing(
      Audited contract, List<Operation> operations, Report.Cause cause, Promise promise) {
    operations.forEach(cause::at);
    promise.edits(contract, operations).forEach(cause::remedy);
  }

  /// The edits by which operations promise it, for those whose answers stand in themselves.
  public List<Remedy> edits(Audited contract, List<Operation> operations) {
    List<Remedy> edits = new ArrayList<>();
    String known = known(contract);
    boolean shared = known != null || operations.size() > 1;
    String component = known == null ? name : known;
    String value = shared ? Mend.reference(contract, "responses", component) : described(contract);
    for (Operation each : operations) {
      Node.Obj responses = Tree.object(each.source(), "responses");
      if (responses != null && responses.get("$ref") == null && responses.get(status) == null) {
        List<Change> changes = new ArrayList<>();
        changes.add(new Change.Add(responses.place(), status, value));
        if (shared && known == null) {
          changes.add(Mend.component(contract, "responses", name, described(contract)));
        }
        edits.add(new Remedy.Edit("promise " + status, changes, safe));
      }
    }
    return edits;
  }

  /// The name under which it is shared already, or null.
  private @Nullable String known(Audited contract) {
    for (Operation each : contract.operations()) {
      Node.Obj responses = Tree.object(each.source(), "responses");
      String reference = Tree.text(Tree.object(responses, status), "$ref");
      Matcher shared = SHARED.matcher(reference == null ? "" : reference);
      if (shared.matches()) {
        return shared.group(1);
      }
    }
    return Mend.known(contract, "responses", name) == null ? null : name;
  }

  private String described(Audited contract) {
    String said = "{\"description\": " + Json.quoted(meaning);
    return status.equals("429")
        ? said
            + ", \"headers\": {\"Retry-After\": "
            + Mend.header(
                contract, "seconds until it may be tried again", "{\"type\": \"integer\"}")
            + "}}"
        : said + "}";
  }
}

package dev.gatewarden.controls.rules.inventory;

import dev.gatewarden.controls.rules.Questions;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import java.util.List;
import java.util.Set;

/// Finds GET operations whose name begins with `create`, `delete`, `update`, `send` or the like,
/// or whose path ends in such a word.
///
/// Silent where the name is that of a read, as in `getUpdates` or `listDeleted`.
@Rule(
    id = "get-changes",
    title = "a read changes something",
    severity = Severity.MEDIUM,
    threat = Threat.API8_MISCONFIGURATION,
    cwe = 650,
    why =
        "Browsers, crawlers and link previews call addresses unasked, and no page needs a token to"
            + " make a visitor call one",
    remedy = "make it a POST, PUT or DELETE")
public final class GetChanges implements AuditRule {
  private static final Set<String> CHANGING =
      Set.of(
          "create",
          "delete",
          "remove",
          "update",
          "insert",
          "drop",
          "reset",
          "purge",
          "destroy",
          "set",
          "add",
          "send",
          "cancel",
          "disable",
          "enable",
          "populate",
          "createdb",
          "seed",
          "approve",
          "reject",
          "unsubscribe",
          "logout",
          "revoke",
          "restart",
          "shutdown",
          "clear",
          "register",
          "unlock",
          "activate",
          "deactivate");
  private static final Set<String> LAST =
      Set.of(
          "create",
          "delete",
          "remove",
          "update",
          "insert",
          "drop",
          "purge",
          "destroy",
          "createdb",
          "populate",
          "restart",
          "shutdown");

  @Override
  public void judge(Audited contract, Report report) {
    for (Operation operation : contract.operations()) {
      if (operation.method().equals("GET") && changes(operation)) {
        report.cause("", "a read changes something").at(operation);
      }
    }
  }

  private static boolean changes(Operation operation) {
    List<String> id = Questions.idWords(operation);
    List<String> path = Questions.pathWords(operation);
    boolean named = !id.isEmpty() && CHANGING.contains(id.getFirst());
    boolean ends =
        !path.isEmpty()
            && operation.path().segments().getLast().literal()
            && LAST.contains(path.getLast());
    return named
            && (id.size() > 1 || path.isEmpty() || path.getLast().equals(id.getFirst()))
            && !reads(id)
        || ends && !reads(id);
  }

  private static boolean reads(List<String> id) {
    return !id.isEmpty()
        && Set.of(
                "get",
                "list",
                "find",
                "show",
                "read",
                "check",
                "search",
                "describe",
                "fetch",
                "view",
                "is",
                "preview",
                "retrieve")
            .contains(id.getFirst());
  }
}

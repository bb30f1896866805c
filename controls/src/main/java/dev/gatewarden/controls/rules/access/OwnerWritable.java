package dev.gatewarden.controls.rules.access;

import dev.gatewarden.controls.rules.Mend;
import dev.gatewarden.controls.rules.Questions;
import dev.gatewarden.core.contract.NameWords;
import dev.gatewarden.core.contract.ObjectBindings;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Exposure;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Shapes.Shape;
import dev.gatewarden.core.finding.Shapes.Way;
import dev.gatewarden.core.finding.Subject;
import java.util.List;
import java.util.Set;

/// Finds properties of request bodies that are called after the caller: `userId`, `ownerId`,
/// `tenantId`, `accountId`.
///
/// Silent where they are read-only, where `x-gatewarden-write` or a binding of the operation says
/// more, at operations with a scope or role, and at operations of administrators by their path.
@Rule(
    id = "owner-writable",
    title = "callers may say whose an object is",
    severity = Severity.MEDIUM,
    threat = Threat.API3_PROPERTY_AUTHORIZATION,
    cwe = 639,
    why =
        "An order that names its own buyer is ordered for somebody else; a profile that names its"
            + " tenant moves into another",
    remedy =
        "take the owner from the credential; write `readOnly: true`, or bind the object with"
            + " `x-gatewarden-object`")
public final class OwnerWritable implements AuditRule {
  private static final Set<String> OWNERS =
      Set.of("user", "owner", "tenant", "author", "creator", "organization", "organisation", "org");
  private static final Set<String> ADMIN =
      Set.of(
          "admin",
          "admins",
          "internal",
          "member",
          "members",
          "invite",
          "invites",
          "invitations",
          "transfer",
          "share",
          "shares",
          "assign",
          "collaborators");

  @Override
  public void judge(Audited contract, Report report) {
    for (Shape shape : contract.shapes().all(Way.REQUEST)) {
      String property = shape.property();
      if (property == null
          || shape.name().endsWith("[]")
          || !owner(NameWords.of(property))
          || Questions.says(shape, "readOnly", "x-gatewarden-write", "const")) {
        continue;
      }
      List<Operation> open =
          contract.shapes().operations(shape, Way.REQUEST).stream()
              .filter(each -> !each.safe() && !Questions.names(each, ADMIN))
              .filter(
                  each ->
                      !(each.objects() instanceof ObjectBindings.Bound) && each.tenant() == null)
              .filter(each -> contract.exposure(each) == Exposure.CALLER)
              .toList();
      if (!open.isEmpty()) {
        Report.Cause cause =
            report
                .cause(property, "callers may set `" + property + "`")
                .at(Subject.schema(shape.name()), shape.place(), open);
        Mend.suggest(contract, cause, shape, "readOnly", Json.of(true));
      }
    }
  }

  private static boolean owner(List<String> words) {
    return words.size() == 2
            && OWNERS.contains(words.getFirst())
            && (words.getLast().equals("id") || words.getLast().equals("uuid"))
        || words.size() == 1 && words.getFirst().equals("owner");
  }
}

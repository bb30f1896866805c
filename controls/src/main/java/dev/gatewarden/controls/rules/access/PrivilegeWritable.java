package dev.gatewarden.controls.rules.access;

import dev.gatewarden.controls.rules.Mend;
import dev.gatewarden.controls.rules.Questions;
import dev.gatewarden.core.contract.NameWords;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
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

/// Finds properties of request bodies that are called like a right: `role`, `isAdmin`,
/// `permissions`, `verified`, `balance`.
///
/// Only where the operation or the schema is about people, by their names.
///
/// Silent where they are read-only or `x-gatewarden-write` says who may write them, at operations
/// of administrators by their path or scope, and where rights are what the operation is about.
@Rule(
    id = "privilege-writable",
    title = "callers may set their own rights",
    severity = Severity.HIGH,
    threat = Threat.API3_PROPERTY_AUTHORIZATION,
    cwe = 915,
    why =
        "Whoever adds `\"role\": \"admin\"` to a registration or a profile is an administrator,"
            + " unless the service happens to look",
    remedy =
        "take it out of what requests carry, write `readOnly: true`, or say who may write it with"
            + " `x-gatewarden-write`")
public final class PrivilegeWritable implements AuditRule {
  private static final Set<String> LAST =
      Set.of("role", "roles", "permission", "permissions", "superuser", "privileges", "privilege");
  private static final Set<String> FLAGS =
      Set.of("admin", "administrator", "superuser", "staff", "verified", "approved", "root");
  private static final Set<String> MONEY = Set.of("balance", "credits");
  private static final Set<String> PEOPLE =
      Set.of(
          "user",
          "users",
          "account",
          "accounts",
          "profile",
          "profiles",
          "me",
          "register",
          "registration",
          "signup",
          "customer",
          "customers",
          "person",
          "people",
          "employee",
          "employees",
          "student",
          "students",
          "patient",
          "patients",
          "wallet",
          "wallets");
  private static final Set<String> ABOUT =
      Set.of(
          "admin",
          "admins",
          "administration",
          "role",
          "roles",
          "permission",
          "permissions",
          "policy",
          "policies",
          "grant",
          "grants",
          "member",
          "members",
          "membership",
          "memberships",
          "invitation",
          "invitations",
          "invite",
          "invites",
          "collaborator",
          "collaborators",
          "team",
          "teams",
          "acl",
          "access",
          "accesses",
          "internal");

  @Override
  public void judge(Audited contract, Report report) {
    for (Shape shape : contract.shapes().all(Way.REQUEST)) {
      String property = shape.property();
      Node.Obj schema = shape.schema();
      if (property == null
          || shape.name().endsWith("[]")
          || !right(NameWords.of(property), schema)
          || Questions.says(shape, "readOnly", "x-gatewarden-write", "const")) {
        continue;
      }
      List<Operation> open =
          contract.shapes().operations(shape, Way.REQUEST).stream()
              .filter(each -> !each.safe() && !Questions.names(each, ABOUT))
              .filter(each -> Questions.names(each, PEOPLE) || people(shape))
              .filter(each -> contract.exposure(each) != Exposure.ROLE)
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

  private static boolean people(Shape shape) {
    return NameWords.of(shape.name()).stream().anyMatch(PEOPLE::contains);
  }

  private static boolean right(List<String> words, Node.Obj schema) {
    if (words.isEmpty() || words.size() > 3 || Questions.is(schema, "object")) {
      return false;
    }
    String last = words.getLast();
    boolean flag = Questions.is(schema, "boolean");
    boolean number = Questions.is(schema, "number") || Questions.is(schema, "integer");
    return words.size() < 3
            && LAST.contains(last)
            && (words.size() == 1 || words.getFirst().equals("user"))
        || flag && FLAGS.contains(last)
        || number && MONEY.contains(last);
  }
}

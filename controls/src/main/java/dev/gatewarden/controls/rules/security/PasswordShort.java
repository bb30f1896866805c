package dev.gatewarden.controls.rules.security;

import dev.gatewarden.controls.rules.Mend;
import dev.gatewarden.controls.rules.Questions;
import dev.gatewarden.core.contract.NameWords;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Shapes.Shape;
import dev.gatewarden.core.finding.Shapes.Way;
import dev.gatewarden.core.finding.Subject;
import dev.gatewarden.core.finding.Tree;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

/// Finds passwords in requests that set one, by the operation's name, without `minLength` or with
/// one below eight.
///
/// Silent at logins, where old passwords must still pass.
@Rule(
    id = "password-short",
    title = "passwords may be of one letter",
    severity = Severity.LOW,
    threat = Threat.API2_AUTHENTICATION,
    cwe = 521,
    why = "Short passwords are in every list that is tried",
    remedy =
        "give passwords that are set a `minLength` of eight at least, and a `maxLength` of"
            + " sixty-four or more")
public final class PasswordShort implements AuditRule {
  private static final BigDecimal LEAST = BigDecimal.valueOf(8);
  private static final Set<String> SETS =
      Set.of(
          "register",
          "signup",
          "registration",
          "users",
          "user",
          "password",
          "passwords",
          "accounts",
          "account",
          "reset");

  @Override
  public void judge(Audited contract, Report report) {
    for (Shape shape : contract.shapes().all(Way.REQUEST)) {
      String property = shape.property();
      List<String> words = property == null ? List.of() : NameWords.of(property);
      boolean password =
          !words.isEmpty() && words.getLast().equals("password") && words.size() <= 2;
      boolean old =
          words.contains("old") || words.contains("current") || words.contains("previous");
      BigDecimal least = Tree.number(shape.schema().get("minLength"));
      if (password
          && !old
          && Questions.is(shape.schema(), "string")
          && (least == null || least.compareTo(LEAST) < 0)
          && !Questions.says(shape, "pattern", "readOnly")) {
        List<Operation> setting =
            contract.shapes().operations(shape, Way.REQUEST).stream()
                .filter(each -> !Questions.entrance(each) && Questions.names(each, SETS))
                .toList();
        if (!setting.isEmpty()) {
          Report.Cause cause =
              report
                  .cause("", "passwords may be of any length")
                  .at(Subject.schema(shape.name()), shape.place(), setting);
          BigDecimal most = Tree.number(shape.schema().get("maxLength"));
          if (most == null || most.compareTo(LEAST) >= 0) {
            Mend.suggest(contract, cause, shape, "minLength", Json.of(LEAST.longValue()));
          }
        }
      }
    }
  }
}

package dev.gatewarden.controls.rules.inventory;

import dev.gatewarden.controls.rules.Mend;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Remedy.Change;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Subject;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds addresses of mail in `example`, `examples` and `default` at hosts that people have mail
/// at: gmail.com, outlook.com and the like.
@Rule(
    id = "person-written",
    title = "an example names somebody",
    severity = Severity.LOW,
    threat = Threat.API9_INVENTORY,
    cwe = 200,
    why =
        "Examples come from real answers: whoever's address it is did not agree to be published"
            + " with the API",
    remedy = "write addresses below `example.com` (RFC 2606)")
public final class PersonWritten implements AuditRule {
  private static final Pattern MAIL =
      Pattern.compile(
          "(?i)[a-z0-9._+-]{3,64}@(?:gmail|googlemail|outlook|hotmail|yahoo|icloud|protonmail|gmx|qq|live|aol)\\.[a-z]{2,3}");
  private static final Set<String> NOBODY =
      Set.of(
          "example",
          "user",
          "test",
          "john.doe",
          "johndoe",
          "john",
          "jane.doe",
          "foo",
          "foobar",
          "someone",
          "name",
          "email",
          "your",
          "username",
          "mail",
          "demo",
          "sample",
          "abc",
          "xyz",
          "jdoe",
          "jane",
          "doe",
          "john.smith",
          "johnsmith");

  @Override
  public void judge(Audited contract, Report report) {
    look(contract.source(), false, report);
  }

  private static void look(Node node, boolean example, Report report) {
    switch (node) {
      case Node.Obj object -> {
        for (Node.Member each : object.entries()) {
          String name = each.name();
          boolean shown =
              name.equals("example") || name.equals("examples") || name.equals("default");
          look(each.value(), example || shown, report);
        }
      }
      case Node.Arr(var _, List<Node> items) -> items.forEach(each -> look(each, example, report));
      case Node.Text text -> {
        if (example && text.value().indexOf('@') > 0 && somebody(text.value())) {
          String nobody = MAIL.matcher(text.value()).replaceAll("somebody@example.com");
          report
              .cause("", "an example names somebody")
              .at(Subject.CONTRACT, text.place(), List.of())
              .remedy(
                  Mend.suggested(
                      "write an address that is nobody's",
                      new Change.Replace(text.place(), Json.quoted(nobody))));
        }
      }
      case Node.Num _, Node.Bool _, Node.Null _ -> {}
    }
  }

  private static boolean somebody(String text) {
    Matcher found = MAIL.matcher(text);
    while (found.find()) {
      String name = found.group().substring(0, found.group().indexOf('@')).toLowerCase(Locale.ROOT);
      String letters = name.replaceAll("[0-9_+-]+", "");
      if (!NOBODY.contains(letters) && !letters.contains("example") && !letters.contains("test")) {
        return true;
      }
    }
    return false;
  }
}

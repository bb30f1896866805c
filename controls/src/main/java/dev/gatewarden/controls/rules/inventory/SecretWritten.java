package dev.gatewarden.controls.rules.inventory;

import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Subject;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds private keys and credentials of known issuers anywhere in the document: AWS, GitHub,
/// GitLab, Slack, Stripe, Google, SendGrid, npm.
///
/// Silent about the examples that issuers print themselves.
@Rule(
    id = "secret-written",
    title = "a secret stands in the contract",
    severity = Severity.HIGH,
    threat = Threat.API8_MISCONFIGURATION,
    cwe = 798,
    why =
        "Contracts are published, mirrored and searched for exactly this: what was pasted in as an"
            + " example opens the real thing",
    remedy = "take it back where it was issued, and write an example that nobody issued")
public final class SecretWritten implements AuditRule {
  private static final Pattern SECRET =
      Pattern.compile(
          "-----BEGIN (?:RSA |EC |OPENSSH |DSA )?PRIVATE KEY-----\\s*[A-Za-z0-9+/]{20}"
              + "|\\bAKIA(?![A-Z0-9]*EXAMPLE)[A-Z0-9]{16}\\b"
              + "|\\bgh[pousr]_[A-Za-z0-9]{36,}\\b"
              + "|\\bgithub_pat_[A-Za-z0-9_]{60,}"
              + "|\\bglpat-[A-Za-z0-9_-]{20}\\b"
              + "|\\bxox[bpars]-[0-9]{8,}-[A-Za-z0-9-]{10,}"
              + "|\\bsk_live_[A-Za-z0-9]{20,}"
              + "|\\bAIza[A-Za-z0-9_-]{35}\\b"
              + "|\\bSG\\.[A-Za-z0-9_-]{20,}\\.[A-Za-z0-9_-]{30,}"
              + "|\\bnpm_[A-Za-z0-9]{36}\\b");

  @Override
  public void judge(Audited contract, Report report) {
    look(contract.source(), report);
  }

  private static void look(Node node, Report report) {
    switch (node) {
      case Node.Obj object -> object.entries().forEach(each -> look(each.value(), report));
      case Node.Arr(var _, List<Node> items) -> items.forEach(each -> look(each, report));
      case Node.Text text -> {
        if (text.value().length() >= 20 && real(text.value())) {
          report
              .cause("", "a secret stands in the contract")
              .at(Subject.CONTRACT, text.place(), List.of());
        }
      }
      case Node.Num _, Node.Bool _, Node.Null _ -> {}
    }
  }

  private static boolean real(String text) {
    Matcher found = SECRET.matcher(text);
    // what repeats one letter was issued by nobody; the other is the one GitHub prints
    return found.find()
        && !found.group().contains("16C7e42F292c6912")
        && found.group().chars().distinct().count() > 12;
  }
}

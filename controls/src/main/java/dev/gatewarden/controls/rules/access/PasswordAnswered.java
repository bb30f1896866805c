package dev.gatewarden.controls.rules.access;

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
import java.util.List;

/// Finds properties of answers that are called like a password, a private key or a secret.
///
/// Silent where they are `writeOnly`, where `x-gatewarden-read` says who may see them, and at the
/// operation that makes a secret and shows it once.
@Rule(
    id = "password-answered",
    title = "an answer holds a password or a private key",
    severity = Severity.HIGH,
    threat = Threat.API3_PROPERTY_AUTHORIZATION,
    cwe = 200,
    why =
        "It is in every cache, log and screenshot of the answer; a hash is guessed at leisure, a"
            + " password opens other doors too",
    remedy =
        "take it out of the answer; where a schema is shared with requests, write `writeOnly:"
            + " true`")
public final class PasswordAnswered implements AuditRule {
  private static final List<String> SECRETS =
      List.of(
          "password",
          "passwd",
          "pwd",
          "passphrase",
          "private key",
          "password hash",
          "hashed password",
          "client secret",
          "secret key",
          "totp secret",
          "pin code");

  @Override
  public void judge(Audited contract, Report report) {
    for (Shape shape : contract.shapes().all(Way.RESPONSE)) {
      String property = shape.property();
      if (property == null
          || Questions.is(shape.schema(), "boolean")
          || Questions.is(shape.schema(), "object")
          || Questions.says(shape, "writeOnly", "x-gatewarden-read", "const", "enum")
          || SECRETS.stream().noneMatch(each -> NameWords.endIn(NameWords.of(property), each))) {
        continue;
      }
      boolean shown =
          NameWords.of(property).contains("secret") || NameWords.of(property).contains("key");
      List<Operation> answering =
          contract.shapes().operations(shape, Way.RESPONSE).stream()
              .filter(each -> each.safe() || !shown)
              .toList();
      if (!answering.isEmpty()) {
        boolean shared = !contract.shapes().operations(shape, Way.REQUEST).isEmpty();
        Report.Cause cause =
            shared
                ? report
                    .cause(
                        "shared",
                        "answers hold the secrets of the requests they share schemas with")
                    .weighs(Severity.MEDIUM)
                : report.cause(property, "the answer holds `" + property + "`");
        cause.at(Subject.schema(shape.name()), shape.place(), answering);
        Mend.suggest(contract, cause, shape, "writeOnly", Json.of(true));
      }
    }
  }
}

package dev.gatewarden.controls.rules.security;

import dev.gatewarden.controls.rules.Questions;
import dev.gatewarden.core.contract.NameWords;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Classifier;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Sensitivity;
import dev.gatewarden.core.finding.Severity;
import java.util.List;
import java.util.Set;

/// Finds query and path parameters that are called like a credential: passwords, tokens, keys,
/// codes sent by message.
///
/// Silent about tokens that page through a list, about tokens that only confirm something once in
/// a path, and where the parameter is a declared security scheme, which has a rule of its own.
@Rule(
    id = "secret-in-url",
    title = "a secret stands in the address",
    severity = Severity.HIGH,
    threat = Threat.API2_AUTHENTICATION,
    cwe = 598,
    why =
        "Addresses are kept by proxies, logs, browser histories and referrers, and each of them"
            + " then has the secret",
    remedy = "take it in the body or in a header")
public final class SecretInUrl implements AuditRule {
  private static final Set<String> NOT_SECRET =
      Set.of(
          "page",
          "next",
          "continuation",
          "pagination",
          "cursor",
          "sync",
          "change",
          "public",
          "idempotency",
          "client",
          "request",
          "skip",
          "delta",
          "resume",
          "start",
          "starting",
          "marker",
          "list");
  private static final Set<String> ONCE =
      Set.of(
          "confirm",
          "confirmation",
          "verify",
          "verification",
          "unsubscribe",
          "invitation",
          "invitations",
          "invite",
          "invites",
          "activate",
          "activation",
          "reset");

  @Override
  public void judge(Audited contract, Report report) {
    for (Operation operation : contract.operations()) {
      for (Parameter parameter : operation.parameters()) {
        boolean query = parameter.in() == Parameter.In.QUERY;
        boolean path = parameter.in() == Parameter.In.PATH && !Questions.names(operation, ONCE);
        if ((query || path) && secret(parameter, contract)) {
          report
              .cause(parameter.name(), "`" + parameter.name() + "` stands in the address")
              .at(operation, parameter);
        }
      }
    }
  }

  private static boolean secret(Parameter parameter, Audited contract) {
    Node.Obj schema = contract.object(parameter.schema().schema());
    if (schema != null && (Questions.is(schema, "boolean") || Questions.is(schema, "integer"))) {
      return false;
    }
    List<String> words = NameWords.of(parameter.name());
    if (words.isEmpty() || words.stream().anyMatch(NOT_SECRET::contains)) {
      return false;
    }
    boolean token = parameter.in() == Parameter.In.QUERY && words.getLast().equals("token");
    return token || Classifier.named(parameter.name()) == Sensitivity.CREDENTIAL;
  }
}

package dev.gatewarden.controls.rules.security;

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
import org.jspecify.annotations.Nullable;

/// Finds query and path parameters that are called like personal or financial data, such as
/// `email`, `phone` or `iban`.
///
/// Silent about user names, which are made to be shown.
@Rule(
    id = "personal-data-in-url",
    title = "personal data stands in the address",
    severity = Severity.LOW,
    threat = Threat.API8_MISCONFIGURATION,
    cwe = 598,
    why =
        "Addresses are kept by proxies, logs, browser histories and referrers, where nobody looks"
            + " for personal data and nobody deletes it",
    remedy = "name the object by an id of its own, or take the value in a body")
public final class PersonalDataInUrl implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    for (Operation operation : contract.operations()) {
      for (Parameter parameter : operation.parameters()) {
        boolean address =
            parameter.in() == Parameter.In.QUERY || parameter.in() == Parameter.In.PATH;
        Sensitivity found = address ? found(contract, parameter) : null;
        if (found == Sensitivity.PERSONAL || found == Sensitivity.FINANCIAL) {
          report
              .cause(found.word(), found.word() + " data stands in the address")
              .weighs(found == Sensitivity.FINANCIAL ? Severity.MEDIUM : Severity.LOW)
              .at(operation, parameter);
        }
      }
    }
  }

  private static @Nullable Sensitivity found(Audited contract, Parameter parameter) {
    List<String> words = NameWords.of(parameter.name());
    boolean name =
        !words.isEmpty()
            && (words.getLast().equals("username") || NameWords.endIn(words, "user name"));
    Node.Obj schema = contract.object(parameter.schema().schema());
    return name || schema == null ? null : Classifier.of(parameter.name(), schema);
  }
}

package dev.gatewarden.controls.rules.security;

import dev.gatewarden.core.contract.SecurityScheme;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Subject;
import dev.gatewarden.core.finding.Tree;
import org.jspecify.annotations.Nullable;

/// Finds `scheme: bearer` without `bearerFormat` and without a description.
@Rule(
    id = "scheme-bearer-unexplained",
    title = "nothing says what the bearer token is",
    severity = Severity.LOW,
    threat = Threat.API2_AUTHENTICATION,
    cwe = 1059,
    why =
        "Whoever puts a gate or a test in front cannot tell a token that has to be verified from"
            + " one that has to be asked about",
    remedy = "write `bearerFormat: JWT`, or describe the token in `description`")
public final class SchemeFormat implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    for (SecurityScheme scheme : contract.contract().schemes().values()) {
      if (scheme.kind() instanceof SecurityScheme.Http(String word, String format)
          && word.equals("bearer")
          && format.isBlank()
          && !described(Schemes.source(contract, scheme))) {
        report
            .cause(
                scheme.name(), "nothing says what the bearer token of `" + scheme.name() + "` is")
            .at(Subject.scheme(scheme.name()), scheme.place(), Schemes.users(contract, scheme));
      }
    }
  }

  private static boolean described(Node.@Nullable Obj source) {
    String description = Tree.text(source, "description");
    return description != null && description.length() > 20;
  }
}

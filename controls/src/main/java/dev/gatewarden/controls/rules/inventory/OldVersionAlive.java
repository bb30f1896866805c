package dev.gatewarden.controls.rules.inventory;

import dev.gatewarden.core.contract.Lifecycle;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Tree;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds operations below `/v1` that exist below `/v2` too, with the same method and rest of the
/// path, and are not deprecated.
@Rule(
    id = "old-version-alive",
    title = "an old version is served beside the new one",
    severity = Severity.LOW,
    threat = Threat.API9_INVENTORY,
    cwe = 1059,
    why = "What was mended in the new version still works in the old one, and nobody watches it",
    remedy =
        "mark the old operations `deprecated: true` and name the day of their end with"
            + " `x-gatewarden-lifecycle`")
public final class OldVersionAlive implements AuditRule {
  private static final Pattern VERSION = Pattern.compile("/v(\\d{1,3})(/|$)");

  @Override
  public void judge(Audited contract, Report report) {
    Map<String, Integer> newest = new LinkedHashMap<>();
    for (Operation operation : contract.operations()) {
      Matcher version = VERSION.matcher(operation.path().text());
      if (version.find()) {
        newest.merge(key(operation), Integer.parseInt(version.group(1)), Math::max);
      }
    }
    for (Operation operation : contract.operations()) {
      Matcher version = VERSION.matcher(operation.path().text());
      if (version.find()
          && Integer.parseInt(version.group(1)) < newest.getOrDefault(key(operation), 0)
          && !Tree.isTrue(operation.source().get("deprecated"))
          && Lifecycle.in(operation.extensions()) == null) {
        report
            .cause(
                "v" + version.group(1),
                "`v" + version.group(1) + "` is served beside a newer version")
            .at(operation);
      }
    }
  }

  private static String key(Operation operation) {
    return operation.method() + VERSION.matcher(operation.path().text()).replaceFirst("/v/");
  }
}

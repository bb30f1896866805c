package dev.gatewarden.controls.rules.schema;

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
import dev.gatewarden.core.finding.Shapes.Shape;
import dev.gatewarden.core.finding.Shapes.Way;
import dev.gatewarden.core.finding.Subject;
import dev.gatewarden.core.finding.Tree;
import java.util.List;
import java.util.regex.Pattern;

/// Finds patterns in parameters and request bodies that are not anchored at both ends, where they
/// list the characters that may stand there.
///
/// Silent about patterns that look for something on purpose: those that begin or end with `.*`, or
/// hold only literal text.
@Rule(
    id = "pattern-unanchored",
    title = "a pattern holds for any text that contains it",
    severity = Severity.LOW,
    threat = Threat.API8_MISCONFIGURATION,
    cwe = 777,
    why =
        "What was meant to keep everything else out lets it in: `[a-z]+` holds for `a; drop table`",
    remedy = "begin the pattern with `^` and end it with `$`")
public final class PatternUnanchored implements AuditRule {
  private static final Pattern LISTING = Pattern.compile("\\[[^\\]]+]|\\\\[dwsDWS]");

  @Override
  public void judge(Audited contract, Report report) {
    for (Way way : List.of(Way.PATH, Way.PARAMETER, Way.REQUEST)) {
      for (Shape shape : contract.shapes().all(way)) {
        Node node = shape.schema().get("pattern");
        String pattern = Tree.text(node);
        if (node != null && pattern != null && open(pattern) && !Tree.has(shape.schema(), "enum")) {
          report
              .cause("", "patterns hold for any text that contains what they describe")
              .at(
                  Subject.schema(shape.name()),
                  node.place(),
                  contract.shapes().operations(shape, way))
              .remedy(
                  Mend.suggested(
                      "anchor the pattern",
                      new Change.Replace(node.place(), Json.quoted(anchored(pattern)))));
        }
      }
    }
  }

  private static String anchored(String pattern) {
    if (pattern.indexOf('|') >= 0) {
      return "^(?:" + pattern + ")$";
    }
    return (pattern.startsWith("^") ? "" : "^")
        + pattern
        + (pattern.endsWith("$") && !pattern.endsWith("\\$") ? "" : "$");
  }

  private static boolean open(String pattern) {
    boolean anchored =
        (pattern.startsWith("^")
                || pattern.startsWith("\\A")
                || pattern.startsWith("(^")
                || pattern.startsWith("(?"))
            && (pattern.endsWith("$")
                || pattern.endsWith("\\z")
                || pattern.endsWith("\\Z")
                || pattern.endsWith("$)"));
    boolean searching =
        pattern.startsWith(".*") || pattern.endsWith(".*") || pattern.contains("|^");
    return !anchored && !searching && LISTING.matcher(pattern).find();
  }
}

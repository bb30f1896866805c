package dev.gatewarden.controls.rules.schema;

import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Shapes.Shape;
import dev.gatewarden.core.finding.Shapes.Way;
import dev.gatewarden.core.finding.Subject;
import dev.gatewarden.core.finding.Tree;
import java.util.regex.Pattern;

/// Finds patterns in which a repetition without an end stands in a group that is repeated without
/// an end itself, and the two can share their text.
@Rule(
    id = "pattern-catastrophic",
    title = "a pattern may run for hours",
    severity = Severity.MEDIUM,
    threat = Threat.API4_RESOURCE_CONSUMPTION,
    cwe = 1333,
    why =
        "A text of forty characters that nearly fits keeps a backtracking engine, such as those of"
            + " Java, Python and JavaScript, busy for good",
    remedy = "repeat a group or what is in it, not both: `^(a+)+$` is `^a+$`")
public final class PatternCatastrophic implements AuditRule {
  private static final Pattern NESTED =
      Pattern.compile("\\((?:\\?:)?(\\[[^\\]]*]|\\\\?[\\w.])[*+]\\)[*+]");
  private static final Pattern WITH_LETTERS =
      Pattern.compile(
          "\\((?:\\?:)?(?:\\[[^\\]]*]|\\\\?[\\w.])[*+](\\[[^\\]]*]|\\\\?[\\w.])[*?]\\)[*+]");

  @Override
  public void judge(Audited contract, Report report) {
    for (Way way : Way.values()) {
      for (Shape shape : contract.shapes().all(way)) {
        Node node = shape.schema().get("pattern");
        String pattern = Tree.text(node);
        if (node != null && pattern != null && nested(pattern)) {
          report
              .cause(pattern, "`" + shown(pattern) + "` repeats what is repeated")
              .at(
                  Subject.schema(shape.name()),
                  node.place(),
                  contract.shapes().operations(shape, way));
        }
      }
    }
  }

  private static boolean nested(String pattern) {
    return pattern.length() < 2000
        && (NESTED.matcher(pattern).find() || WITH_LETTERS.matcher(pattern).find());
  }

  private static String shown(String pattern) {
    return pattern.length() > 60 ? pattern.substring(0, 60) + "…" : pattern;
  }
}

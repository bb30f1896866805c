package dev.gatewarden.controls.rules.schema;

import dev.gatewarden.core.contract.NameWords;
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
import java.util.List;
import java.util.Set;

/// Finds properties and parameters that default to `true` and are called `public`, `admin`,
/// `debug`, `insecure` or the like, and defaults of passwords.
@Rule(
    id = "default-unsafe",
    title = "what is left out is taken for consent",
    severity = Severity.MEDIUM,
    threat = Threat.API8_MISCONFIGURATION,
    cwe = 1188,
    why =
        "Callers who do not know the property get what is dangerous: visible to all, not verified,"
            + " with rights",
    remedy = "default to what is safe, and let callers ask for the rest")
public final class DefaultUnsafe implements AuditRule {
  private static final Set<String> DANGEROUS =
      Set.of(
          "public", "admin", "superuser", "debug", "insecure", "root", "privileged", "anonymous");

  @Override
  public void judge(Audited contract, Report report) {
    for (Way way : List.of(Way.PARAMETER, Way.REQUEST)) {
      for (Shape shape : contract.shapes().all(way)) {
        Node fallback = shape.schema().get("default");
        String property = shape.property();
        if (fallback != null && property != null && unsafe(property, fallback, shape.schema())) {
          report
              .cause(shape.name(), "`" + shape.name() + "` is dangerous where it is left out")
              .at(
                  Subject.schema(shape.name()),
                  fallback.place(),
                  contract.shapes().operations(shape, way));
        }
      }
    }
  }

  private static boolean unsafe(String property, Node fallback, Node.Obj schema) {
    List<String> words = NameWords.of(property);
    if (Tree.isTrue(fallback)) {
      return !words.isEmpty() && words.size() < 3 && DANGEROUS.contains(words.getLast());
    }
    String text = Tree.text(fallback);
    return text != null
        && !text.isBlank()
        && !words.isEmpty()
        && (words.getLast().equals("password") || "password".equals(Tree.text(schema, "format")));
  }
}

package dev.gatewarden.controls.rules.schema;

import dev.gatewarden.controls.rules.Mend;
import dev.gatewarden.controls.rules.Questions;
import dev.gatewarden.core.contract.NameWords;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Shapes.Shape;
import dev.gatewarden.core.finding.Tree;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

/// Finds texts in parameters and request bodies without `maxLength`.
///
/// Silent where something else bounds them: `enum`, `const`, a format of known length, a pattern
/// without repetition.
///
/// It is one finding for the whole contract, with each text among its places.
@Rule(
    id = "string-unbounded",
    title = "callers may send texts of any length",
    severity = Severity.LOW,
    threat = Threat.API4_RESOURCE_CONSUMPTION,
    cwe = 770,
    why = "Each is parsed, checked, logged and stored at whatever length somebody chooses",
    remedy = "give texts a `maxLength`; where the gate stands in front, `limits` bounds the rest")
public final class StringUnbounded implements AuditRule {
  private static final Set<String> PROSE =
      Set.of(
          "description",
          "note",
          "notes",
          "comment",
          "comments",
          "message",
          "text",
          "body",
          "content",
          "bio",
          "summary",
          "html",
          "markdown",
          "query");

  @Override
  public void judge(Audited contract, Report report) {
    Sent.each(
        contract,
        report,
        "texts may be of any length",
        shape ->
            Questions.is(shape.schema(), "string")
                && !binary(shape.schema())
                && !Sent.bounded(shape),
        (cause, shape) -> Mend.suggest(contract, cause, shape, "maxLength", Json.of(most(shape))));
  }

  /// What is usual for a text of that name, or twice what the contract itself shows.
  private static long most(Shape shape) {
    List<String> words =
        shape.property() == null ? List.of() : NameWords.of(String.valueOf(shape.property()));
    String format = Tree.text(shape.schema(), "format");
    boolean prose = !words.isEmpty() && PROSE.contains(words.getLast());
    boolean address = format != null && format.startsWith("ur");
    int usual = prose ? 4000 : address ? 2048 : 255;
    BigDecimal least = Tree.number(shape.schema().get("minLength"));
    long shown = 2L * Mend.longest(shape.schema());
    return Math.max(Math.max(usual, shown), least == null ? 0 : least.longValue());
  }

  /// Files have a rule of their own.
  private static boolean binary(Node.Obj schema) {
    String format = Tree.text(schema, "format");
    return "binary".equals(format)
        || "byte".equals(format)
        || schema.get("contentEncoding") != null;
  }
}

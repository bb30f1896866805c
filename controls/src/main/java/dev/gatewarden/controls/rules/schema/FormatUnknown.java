package dev.gatewarden.controls.rules.schema;

import dev.gatewarden.controls.rules.Questions;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Remedy;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Shapes.Shape;
import dev.gatewarden.core.finding.Shapes.Way;
import dev.gatewarden.core.finding.Subject;
import dev.gatewarden.core.finding.Tree;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds formats of texts in parameters and request bodies that are nearly those of JSON Schema or
/// OpenAPI.
///
/// Silent about formats of the author's own.
@Rule(
    id = "format-unknown",
    title = "a format is misspelt, and nobody checks it",
    severity = Severity.LOW,
    threat = Threat.API8_MISCONFIGURATION,
    cwe = 20,
    why =
        "Validators pass over formats that they do not know, without a word: what looks checked is"
            + " not",
    remedy = "write the name that JSON Schema and OpenAPI know")
public final class FormatUnknown implements AuditRule {
  private static final Map<String, String> MEANT =
      Map.ofEntries(
          Map.entry("datetime", "date-time"),
          Map.entry("date_time", "date-time"),
          Map.entry("dateTime", "date-time"),
          Map.entry("DateTime", "date-time"),
          Map.entry("iso8601", "date-time"),
          Map.entry("e-mail", "email"),
          Map.entry("mail", "email"),
          Map.entry("url", "uri"),
          Map.entry("URL", "uri"),
          Map.entry("guid", "uuid"),
          Map.entry("UUID", "uuid"),
          Map.entry("uuid4", "uuid"),
          Map.entry("ip", "ipv4"),
          Map.entry("ip-address", "ipv4"),
          Map.entry("host", "hostname"),
          Map.entry("host-name", "hostname"),
          Map.entry("base64", "byte"));

  /// Those that nobody can mean otherwise: the name itself, written otherwise. Formats are
  /// asserted,
  /// so any other name may have let in more than the known one does: `ip` IPv6, `datetime` a space.
  private static final Set<String> SPELLINGS =
      Set.of("dateTime", "DateTime", "date_time", "e-mail", "url", "URL", "UUID", "host-name");

  @Override
  public void judge(Audited contract, Report report) {
    for (Way way : List.of(Way.PATH, Way.PARAMETER, Way.REQUEST)) {
      for (Shape shape : contract.shapes().all(way)) {
        Node node = shape.schema().get("format");
        String format = Tree.text(node);
        String meant = format == null ? null : MEANT.get(format);
        if (node != null
            && format != null
            && meant != null
            && Questions.is(shape.schema(), "string")) {
          report
              .cause(
                  format,
                  "no validator knows the format `" + format + "`; `" + meant + "` is known")
              .at(
                  Subject.schema(shape.name()),
                  node.place(),
                  contract.shapes().operations(shape, way))
              .remedy(
                  new Remedy.Edit(
                      "write `" + meant + "`",
                      List.of(new Remedy.Change.Replace(node.place(), "\"" + meant + "\"")),
                      SPELLINGS.contains(format)));
        }
      }
    }
  }
}

package dev.gatewarden.controls.rules.schema;

import dev.gatewarden.controls.rules.Questions;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Shapes.Shape;
import dev.gatewarden.core.finding.Shapes.Way;
import dev.gatewarden.core.finding.Tree;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// What callers send, looked at schema by schema.
final class Sent {
  private static final Set<String> SHORT =
      Set.of(
          "uuid",
          "date",
          "date-time",
          "time",
          "duration",
          "ipv4",
          "ipv6",
          "int32",
          "int64",
          "email",
          "idn-email",
          "hostname",
          "byte-array",
          "objectid",
          "ulid");
  private static final Pattern ENDLESS = Pattern.compile("[*+]|\\{\\d*,}");

  private Sent() {}

  /// Adds each schema of parameters and requests for which something holds.
  ///
  /// @param suggests what would end it at one of them
  static void each(
      Audited contract,
      Report report,
      String message,
      Predicate<Shape> wrong,
      BiConsumer<Report.Cause, Shape> suggests) {
    for (Way way : List.of(Way.PARAMETER, Way.REQUEST)) {
      for (Shape shape : contract.shapes().all(way)) {
        if (!shape.reference() && wrong.test(shape)) {
          suggests.accept(report.cause("", message).at(contract, shape, way), shape);
        }
      }
    }
  }

  /// Whether a text has an end: by its length, its choices, a format that has one, or a pattern
  /// without repetition.
  static boolean bounded(Shape shape) {
    for (Node.Obj each : Questions.around(shape)) {
      if (Tree.has(each, "maxLength")
          || Tree.has(each, "enum")
          || Tree.has(each, "const")
          || Tree.has(each, "contentSchema")) {
        return true;
      }
      String format = Tree.text(each, "format");
      String pattern = Tree.text(each, "pattern");
      if (format != null && SHORT.contains(format)
          || pattern != null
              && pattern.startsWith("^")
              && pattern.endsWith("$")
              && !ENDLESS.matcher(pattern).find()) {
        return true;
      }
    }
    return false;
  }
}

package dev.gatewarden.app.command.audit;

import dev.gatewarden.app.text.Xml;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.finding.Finding;
import dev.gatewarden.platform.auditing.Ranked;
import java.util.ArrayList;
import java.util.List;

/// An audit as JUnit XML: one test a rule, which fails where the rule found what fails the audit.
///
/// A rule that found less passes, and says in its output what it found.
public final class JunitReport {
  private JunitReport() {}

  /// The document.
  ///
  /// @param rules the ids of those that were run
  public static String of(Outcome outcome, List<String> rules) {
    StringBuilder cases = new StringBuilder();
    int failures = 0;
    for (String rule : rules) {
      List<Ranked> found = new ArrayList<>();
      for (Ranked each : outcome.audit().findings()) {
        if (each.finding().control().equals(rule)) {
          found.add(each);
        }
      }
      boolean fails = found.stream().anyMatch(outcome::stops);
      failures += fails ? 1 : 0;
      test(rule, found, fails, cases);
    }
    if (outcome.least() > 0) {
      failures += outcome.tooLow() ? 1 : 0;
      score(outcome, cases);
    }
    int tests = rules.size() + (outcome.least() > 0 ? 1 : 0);
    String counts = "tests=\"" + tests + "\" failures=\"" + failures + "\"";
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites "
        + counts
        + ">\n<testsuite name=\"gatewarden audit\" "
        + counts
        + ">\n"
        + cases
        + "</testsuite>\n</testsuites>\n";
  }

  private static void test(String rule, List<Ranked> found, boolean fails, StringBuilder to) {
    to.append("<testcase classname=\"gatewarden.audit\" name=\"")
        .append(Xml.escaped(rule))
        .append('"');
    if (found.isEmpty()) {
      to.append("/>\n");
      return;
    }
    to.append(">\n");
    StringBuilder said = new StringBuilder();
    found.forEach(each -> said.append(told(each.finding())));
    if (fails) {
      to.append("<failure message=\"")
          .append(Xml.escaped(found.getFirst().finding().message()))
          .append("\">")
          .append(Xml.escaped(said.toString()))
          .append("</failure>\n");
    } else {
      to.append("<system-out>").append(Xml.escaped(said.toString())).append("</system-out>\n");
    }
    to.append("</testcase>\n");
  }

  private static String told(Finding finding) {
    Place place = finding.first().place();
    return (place == null ? "" : place + ": ")
        + finding.message()
        + (finding.operations().isEmpty() ? "" : " in " + String.join(", ", finding.operations()))
        + "; "
        + finding.remedies().getFirst().words()
        + " ("
        + finding.id()
        + ")\n";
  }

  private static void score(Outcome outcome, StringBuilder to) {
    to.append("<testcase classname=\"gatewarden.audit\" name=\"score\"");
    if (outcome.tooLow()) {
      String message =
          "the score is " + outcome.audit().score().value() + ", below " + outcome.least();
      to.append("><failure message=\"").append(message).append("\"/></testcase>\n");
    } else {
      to.append("/>\n");
    }
  }
}

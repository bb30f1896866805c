package dev.gatewarden.app.command.audit;

import dev.gatewarden.app.command.Problems;
import dev.gatewarden.app.command.Terminal;
import dev.gatewarden.controls.Catalog;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Finding;
import dev.gatewarden.core.finding.Remedy;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Subject;
import dev.gatewarden.core.finding.Subject.Kind;
import dev.gatewarden.platform.auditing.Audit;
import dev.gatewarden.platform.auditing.Ranked;
import dev.gatewarden.platform.auditing.Score.PartScore;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An audit for people: what matters most first, each finding with the line of the document, why it
/// matters here and what to do.
public final class HumanReport {
  private static final int SHOWN = 3;

  private final Terminal terminal;
  private final Excerpts excerpts = new Excerpts();
  private final Map<String, String> calls = new HashMap<>();
  private final StringBuilder text = new StringBuilder();

  private HumanReport(Terminal terminal) {
    this.terminal = terminal;
  }

  /// The text; it ends in the score and a line that counts.
  public static String of(Outcome outcome, Terminal terminal) {
    HumanReport report = new HumanReport(terminal);
    Audit audit = outcome.audit();
    audit
        .contract()
        .operations()
        .forEach(each -> report.calls.put(each.id().name(), each.method() + " " + each.path()));
    audit.findings().forEach(report::finding);
    report.score(audit);
    report.summary(outcome);
    return report.text.toString();
  }

  private void finding(Ranked ranked) {
    Finding finding = ranked.finding();
    Severity severity = finding.severity();
    String word = severity.word();
    text.append(severity.compareTo(Severity.HIGH) >= 0 ? terminal.bad(word) : terminal.strong(word))
        .append("  ")
        .append(terminal.strong(finding.message()))
        .append('\n');
    Place place = finding.first().place();
    if (place != null) {
      place(place);
    }
    String where = where(finding);
    if (!where.isEmpty()) {
      line("in", where);
    }
    AuditRule rule = Catalog.rule(finding.control());
    String why = rule == null ? "" : rule.rule().why();
    String here = ranked.risk().words();
    boolean told = here.isEmpty() || here.equals(finding.message()) || !finding.weakens();
    line("why", told ? why : why + "; here " + here);
    line("do", todo(finding));
    text.append("    ")
        .append(
            terminal.faint(
                finding.id()
                    + (finding.weakens()
                        ? "  "
                            + finding.threat().label()
                            + ":2023 "
                            + finding.threat().title()
                            + "  CWE-"
                            + finding.cwe()
                        : "")))
        .append("\n\n");
  }

  /// What the rule says, unless something is said for this very finding; edits of many places are
  /// told by how they are made.
  private static String todo(Finding finding) {
    boolean safe = false;
    boolean suggested = false;
    for (Remedy each : finding.remedies()) {
      safe |= each instanceof Remedy.Edit edit && edit.safe();
      suggested |= each instanceof Remedy.Edit edit && !edit.safe();
    }
    String words =
        finding.remedies().stream()
            .filter(each -> !(each instanceof Remedy.Edit))
            .findFirst()
            .map(Remedy::words)
            .orElse("");
    String by = safe ? " (`--fix` does)" : suggested ? " (`--fix --suggested` does)" : "";
    return words + by;
  }

  private void place(Place place) {
    text.append("    ").append(place).append('\n');
    Excerpts.Excerpt excerpt = excerpts.of(place);
    if (excerpt != null) {
      String number = Integer.toString(place.line());
      String indent = "";
      Excerpts.Above above = excerpts.above(place);
      if (above != null) {
        String first = Integer.toString(above.number());
        String gap = " ".repeat(number.length() - first.length());
        text.append(terminal.faint("    " + gap + first + " | ")).append(above.line()).append('\n');
        indent = "  ";
      }
      text.append(terminal.faint("    " + number + " | "))
          .append(indent)
          .append(excerpt.line())
          .append('\n');
      text.append(terminal.faint("    " + " ".repeat(number.length()) + " | "))
          .append(indent)
          .append(" ".repeat(excerpt.column()))
          .append(terminal.bad("^"))
          .append('\n');
    }
  }

  private void line(String word, String said) {
    if (!said.isEmpty()) {
      text.append("    ").append(terminal.faint(word + ": ")).append(said).append('\n');
    }
  }

  /// The first of the places by name, and how many there are.
  private String where(Finding finding) {
    List<String> operations = finding.operations();
    List<String> names =
        finding.spots().size() > 1
            ? finding.spots().stream().map(spot -> shown(spot.subject())).distinct().toList()
            : operations.stream().map(this::called).toList();
    if (names.isEmpty()) {
      return "";
    }
    int shown = Math.min(SHOWN, names.size());
    StringBuilder said = new StringBuilder(String.join(", ", names.subList(0, shown)));
    if (names.size() > shown) {
      said.append(" and ").append(names.size() - shown).append(" more");
    }
    boolean same =
        finding.spots().stream().allMatch(each -> each.subject().kind() == Kind.OPERATION);
    if (!same && finding.spots().size() > 1 && operations.size() > 1) {
      said.append(", in ").append(operations.size()).append(" operations");
    }
    return said.toString();
  }

  private String shown(Subject subject) {
    return subject.kind() == Kind.OPERATION ? called(subject.name()) : subject.toString();
  }

  private String called(String operation) {
    return calls.getOrDefault(operation, operation);
  }

  private void score(Audit audit) {
    for (PartScore part : audit.score().parts()) {
      String left =
          part.left() > part.part().share() - 0.05 ? "" : String.format("%.0f", part.left());
      text.append("  ")
          .append(left.isEmpty() ? Integer.toString(part.part().share()) : left)
          .append(" of ")
          .append(part.part().share())
          .append("  ")
          .append(part.part().title())
          .append('\n');
    }
  }

  private void summary(Outcome outcome) {
    Audit audit = outcome.audit();
    Map<Severity, Integer> counts = new EnumMap<>(Severity.class);
    audit.findings().forEach(each -> counts.merge(each.finding().severity(), 1, Integer::sum));
    List<String> said = new ArrayList<>();
    for (Severity severity : List.of(Severity.values()).reversed()) {
      @Nullable Integer count = counts.get(severity);
      if (count != null) {
        said.add(count + " " + severity.word());
      }
    }
    String score = "score " + audit.score().value() + " of 100";
    text.append(
            outcome.tooLow()
                ? terminal.bad(score + ", below " + outcome.least())
                : terminal.strong(score))
        .append("; ")
        .append(Problems.count(audit.contract().operations().size(), "operation"))
        .append("; ")
        .append(
            said.isEmpty()
                ? terminal.good("nothing found")
                : Problems.count(audit.findings().size(), "finding")
                    + ": "
                    + String.join(", ", said))
        .append(
            outcome.suppressed().isEmpty()
                ? ""
                : "; " + outcome.suppressed().size() + " suppressed")
        .append(outcome.known().isEmpty() ? "" : "; " + outcome.known().size() + " known before")
        .append('\n');
  }
}

package dev.gatewarden.app.command.policy;

import dev.gatewarden.app.command.Problems;
import dev.gatewarden.app.command.Terminal;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.policy.model.ApiModel;
import dev.gatewarden.core.policy.model.Assumption;
import dev.gatewarden.core.policy.model.Finding;
import dev.gatewarden.core.policy.model.Finding.Kind;
import dev.gatewarden.core.policy.model.OperationModel;
import dev.gatewarden.core.policy.model.Reaching;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A proof for people: what was found, who reaches what, what is only assumed, and a line that
/// counts.
public final class TextReport {
  private final Outcome outcome;
  private final Terminal terminal;
  private final StringBuilder text = new StringBuilder();

  private TextReport(Outcome outcome, Terminal terminal) {
    this.outcome = outcome;
    this.terminal = terminal;
  }

  /// The text.
  public static String of(Outcome outcome, Terminal terminal) {
    return new TextReport(outcome, terminal).text();
  }

  private String text() {
    Map<Kind, List<Finding>> byKind = new TreeMap<>();
    outcome
        .findings()
        .forEach(each -> byKind.computeIfAbsent(each.kind(), _ -> new ArrayList<>()).add(each));
    byKind.forEach(
        (kind, findings) -> {
          text.append(terminal.strong(kind.word())).append(": ").append(kind.why()).append('\n');
          findings.forEach(this::finding);
          text.append('\n');
        });
    reach();
    assumed();
    counts(byKind);
    return text.toString();
  }

  private void finding(Finding finding) {
    text.append(outcome.stops(finding) ? terminal.bad("  x ") : "  - ")
        .append(finding.operation())
        .append(": ")
        .append(finding.sentence())
        .append("\n      ")
        .append(terminal.faint(places(finding)))
        .append('\n');
  }

  private static String places(Finding finding) {
    Place before = finding.before();
    return before == null || before.equals(finding.place())
        ? finding.place().toString()
        : finding.place() + ", before " + before;
  }

  private void reach() {
    text.append(terminal.strong("who reaches what")).append('\n');
    for (ApiModel api : outcome.models().byApi().values()) {
      for (OperationModel model : api.operations()) {
        text.append("  ").append(model.operation().id()).append('\n');
        List<Reaching> all = ApiModel.reaching(model);
        if (all.isEmpty()) {
          text.append("      nobody\n");
        }
        for (Reaching each : all) {
          List<String> objects = each.reach().text(model.uses());
          String reached = objects.isEmpty() ? "" : ": " + String.join("; ", objects);
          each.least()
              .forEach(
                  caller ->
                      text.append("      ").append(caller.text()).append(reached).append('\n'));
        }
      }
    }
    text.append('\n');
  }

  private void assumed() {
    if (outcome.assumed().isEmpty()) {
      return;
    }
    text.append(terminal.strong("assumed, not proved")).append('\n');
    for (Assumption each : outcome.assumed()) {
      text.append("  - ")
          .append(each.operation())
          .append(": ")
          .append(each.sentence())
          .append("\n      ")
          .append(terminal.faint(each.place().toString()))
          .append('\n');
    }
    text.append('\n');
  }

  private void counts(Map<Kind, List<Finding>> byKind) {
    List<String> words = new ArrayList<>();
    byKind.forEach((kind, findings) -> words.add(findings.size() + " " + kind.word()));
    if (!outcome.assumed().isEmpty()) {
      words.add(outcome.assumed().size() + " assumed");
    }
    if (outcome.accepted() > 0) {
      words.add(outcome.accepted() + " agreed to");
    }
    String line =
        Problems.count(outcome.models().count(), "operation")
            + ", "
            + outcome.cells()
            + " cells: "
            + (words.isEmpty() ? "nothing found" : String.join(", ", words));
    text.append(outcome.failed() ? terminal.bad(line) : terminal.good(line)).append('\n');
  }
}

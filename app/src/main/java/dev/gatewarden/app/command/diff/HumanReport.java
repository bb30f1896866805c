package dev.gatewarden.app.command.diff;

import dev.gatewarden.app.command.Terminal;
import dev.gatewarden.core.change.Change;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A comparison for people: the weightiest changes first, each with what it means and where it is.
public final class HumanReport {
  private static final int SHOWN = 3;

  private final Terminal terminal;
  private final StringBuilder text = new StringBuilder();

  private HumanReport(Terminal terminal) {
    this.terminal = terminal;
  }

  /// The text; it ends in a line that counts.
  public static String of(Outcome outcome, Terminal terminal) {
    return new HumanReport(terminal).text(outcome);
  }

  private String text(Outcome outcome) {
    Map<String, List<Change>> groups = new LinkedHashMap<>();
    for (Change change : outcome.changes()) {
      groups
          .computeIfAbsent(
              String.join(", ", Outcome.classes(change.kind())), _ -> new ArrayList<>())
          .add(change);
    }
    groups.forEach(
        (name, changes) -> {
          text.append(terminal.strong(name)).append('\n');
          changes.forEach(each -> change(each, outcome.stops(each)));
          text.append('\n');
        });
    summary(outcome, groups);
    return text.toString();
  }

  private void change(Change change, boolean stops) {
    text.append(stops ? terminal.bad("  x ") : "  - ").append(change.sentence()).append('\n');
    Threat threat = change.kind().threat();
    text.append("      ").append(change.kind().why());
    if (threat != null) {
      text.append(" (").append(threat.label()).append(": ").append(threat.title()).append(')');
    }
    text.append('\n');
    String operations = operations(change.operations());
    if (!operations.isEmpty()) {
      text.append("      at ").append(operations).append('\n');
    }
    text.append("      ")
        .append(terminal.faint(places(change.before(), change.after()) + "  " + change.id()))
        .append('\n');
  }

  private static String operations(List<String> names) {
    int shown = Math.min(SHOWN, names.size());
    String first = String.join(", ", names.subList(0, shown));
    return names.size() > shown ? first + " and " + (names.size() - shown) + " more" : first;
  }

  private static String places(@Nullable Place before, @Nullable Place after) {
    if (before == null || after == null) {
      Place place = after == null ? before : after;
      return place == null ? "" : place.toString();
    }
    return before + " -> " + after;
  }

  private void summary(Outcome outcome, Map<String, List<Change>> groups) {
    if (outcome.changes().isEmpty()) {
      text.append(terminal.good("the contracts promise the same"));
    } else {
      List<String> counts = new ArrayList<>();
      groups.forEach((name, changes) -> counts.add(changes.size() + " " + name));
      String said = String.join("; ", counts);
      text.append(outcome.failed() ? terminal.bad(said) : said);
    }
    if (outcome.accepted() > 0) {
      text.append("; ").append(outcome.accepted()).append(" accepted");
    }
    text.append('\n');
  }
}

package dev.gatewarden.app.command.coverage;

import dev.gatewarden.app.command.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The page for a terminal: a line for each operation, and a sentence for each cell that is not as
/// it should be.
public final class CoverageText {
  private CoverageText() {}

  public static String of(Coverage coverage, Terminal terminal) {
    StringBuilder text = new StringBuilder();
    int wide = 9;
    for (Coverage.Row row : coverage.rows()) {
      wide = Math.max(wide, row.operation().id().name().length());
    }
    text.append(terminal.strong(coverage.api())).append('\n');
    StringBuilder heading = new StringBuilder("  " + padded("operation", wide));
    for (Column column : Column.values()) {
      heading.append("  ").append(padded(column.word(), 9));
    }
    text.append(terminal.faint(heading.toString().stripTrailing())).append('\n');
    for (Coverage.Row row : coverage.rows()) {
      text.append("  ").append(padded(row.operation().id().name(), wide));
      for (Column column : Column.values()) {
        Cell cell = row.at(column);
        text.append("  ").append(coloured(padded(cell.state().word(), 9), cell, terminal));
      }
      trim(text).append('\n');
    }
    List<String> lines = lines(coverage, terminal);
    if (!lines.isEmpty()) {
      text.append('\n');
      lines.forEach(line -> text.append("  ").append(line).append('\n'));
    }
    return text.append('\n').append(summary(coverage)).append('\n').toString();
  }

  private static StringBuilder trim(StringBuilder text) {
    while (text.charAt(text.length() - 1) == ' ') {
      text.setLength(text.length() - 1);
    }
    return text;
  }

  private static List<String> lines(Coverage coverage, Terminal terminal) {
    List<String> lines = new ArrayList<>();
    for (Coverage.Row row : coverage.rows()) {
      for (Column column : Column.values()) {
        Cell cell = row.at(column);
        if (cell.state() != State.ENFORCED) {
          lines.add(
              terminal.strong(row.operation().id().name())
                  + " "
                  + column.word()
                  + ": "
                  + coloured(cell.text(), cell, terminal)
                  + (cell.guards().isEmpty() ? "" : ", " + String.join(", ", cell.guards()))
                  + (cell.reason().isEmpty() ? "" : " - " + cell.reason()));
        }
      }
    }
    return lines;
  }

  static String summary(Coverage coverage) {
    List<String> counts = new ArrayList<>();
    for (State state : State.values()) {
      counts.add(coverage.count(state) + " " + state.word());
    }
    int operations = coverage.rows().size();
    return String.format(
        Locale.ROOT,
        "%d %s: %s%s",
        operations,
        operations == 1 ? "operation" : "operations",
        String.join(", ", counts),
        coverage.withstood() == 0 ? "" : "; " + coverage.withstood() + " withstood a probe");
  }

  private static String coloured(String text, Cell cell, Terminal terminal) {
    return switch (cell.state()) {
      case ENFORCED -> terminal.good(text);
      case OPEN -> terminal.faint(text);
      case OBSERVED, EXCUSED -> terminal.strong(text);
      case UNGUARDED -> terminal.bad(text);
    };
  }

  private static String padded(String text, int wide) {
    return text + " ".repeat(Math.max(0, wide - text.length()));
  }
}

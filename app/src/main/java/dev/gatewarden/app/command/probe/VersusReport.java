package dev.gatewarden.app.command.probe;

import dev.gatewarden.app.command.Terminal;
import dev.gatewarden.app.text.Xml;
import dev.gatewarden.platform.probing.Versus;
import dev.gatewarden.platform.probing.Versus.Row;
import dev.gatewarden.platform.probing.Versus.Stopped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Who stopped which attack, as a table.
public final class VersusReport {
  private VersusReport() {}

  public static String human(Versus versus, Terminal terminal) {
    StringBuilder text = new StringBuilder();
    text.append(terminal.strong("who stopped it")).append('\n');
    for (Stopped stopped : ORDER) {
      for (Row row : versus.rows()) {
        if (row.stopped() == stopped) {
          String who = padded(who(stopped), 16);
          text.append("  ").append(stopped == Stopped.BY_NOBODY ? terminal.bad(who) : who);
          text.append(padded(where(row), 22)).append(padded(row.probe(), 20)).append(row.how());
          text.append('\n');
        }
      }
    }
    return text.append("  ").append(summary(versus)).append("\n\n").toString();
  }

  /// As the rows of an array.
  static List<Object> json(Versus versus) {
    List<Object> rows = new ArrayList<>();
    for (Row row : versus.rows()) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("probe", row.probe());
      map.put("operation", row.operation().isEmpty() ? null : row.operation());
      map.put("stopped", row.stopped().name().toLowerCase(Locale.ROOT).replace('_', '-'));
      map.put("how", row.how().isEmpty() ? null : row.how());
      map.put("decisions", row.decisions());
      rows.add(map);
    }
    return rows;
  }

  static void html(Versus versus, StringBuilder page) {
    page.append("<h2>Who stopped it</h2>\n<p>").append(Xml.escaped(summary(versus)));
    page.append(
        "</p>\n"
            + "<table>\n"
            + "<thead><tr><th>who</th><th>where</th><th>probe</th><th>how</th></tr></thead>\n"
            + "<tbody>\n");
    for (Stopped stopped : ORDER) {
      for (Row row : versus.rows()) {
        if (row.stopped() == stopped) {
          page.append("<tr><td>").append(who(stopped)).append("</td><td>");
          page.append(Xml.escaped(where(row))).append("</td><td>").append(Xml.escaped(row.probe()));
          page.append("</td><td>").append(Xml.escaped(row.how())).append("</td></tr>\n");
        }
      }
    }
    page.append("</tbody>\n</table>\n");
  }

  private static final List<Stopped> ORDER =
      List.of(Stopped.BY_NOBODY, Stopped.UNTRIED, Stopped.BY_GATE, Stopped.BY_SERVICE);

  private static String summary(Versus versus) {
    return versus.count(Stopped.BY_NOBODY)
        + " found behind the gate, "
        + versus.count(Stopped.BY_GATE)
        + " stopped by the gate, "
        + versus.count(Stopped.BY_SERVICE)
        + " by the service itself, "
        + versus.count(Stopped.UNTRIED)
        + " not tried behind the gate";
  }

  private static String who(Stopped stopped) {
    return switch (stopped) {
      case BY_NOBODY -> "nobody";
      case UNTRIED -> "not tried";
      case BY_GATE -> "the gate";
      case BY_SERVICE -> "the service";
    };
  }

  private static String where(Row row) {
    return row.operation().isEmpty() ? "the API" : row.operation();
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(1, width - text.length()));
  }
}

package dev.gatewarden.app.command.coverage;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// The page for a browser: one file that needs nothing else, and runs no script.
public final class CoverageHtml {
  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <title>Coverage</title>
      <style>
      :root { color-scheme: light dark; --line: #8884; --soft: #8882; }
      body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 76rem; padding: 0 1rem; }
      h1 { font-size: 1.5rem; margin: 0 0 .25rem } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem }
      p { margin: .25rem 0 1rem } .scroll { overflow-x: auto }
      table { border-collapse: collapse; width: 100% }
      th, td { border: 1px solid var(--line); padding: .4rem .6rem; text-align: left; vertical-align: top }
      thead th { background: var(--soft); position: sticky; top: 0 }
      tbody th { font-weight: 600; white-space: nowrap } tbody th small { display: block; font-weight: 400; opacity: .75 }
      td small { display: block; opacity: .8 }
      .enforced { background: #2a94; } .open { background: none; } .observed { background: #39f3; }
      .excused { background: #fb34; } .unguarded { background: #e335; font-weight: 600 }
      </style>
      </head>
      <body>
      """;

  private CoverageHtml() {}

  public static String of(List<Coverage> all, Instant now) {
    StringBuilder page = new StringBuilder(HEAD);
    page.append("<h1>What is guarded</h1>\n<p>Read on ")
        .append(now.truncatedTo(ChronoUnit.SECONDS))
        .append(" from the plan by which requests are judged.</p>\n");
    all.forEach(each -> api(page, each));
    return page.append("</body>\n</html>\n").toString();
  }

  private static void api(StringBuilder page, Coverage coverage) {
    page.append("<h2>").append(escaped(coverage.api())).append("</h2>\n<p>");
    page.append(escaped(CoverageText.summary(coverage))).append("</p>\n");
    page.append("<div class=\"scroll\"><table>\n<thead><tr><th scope=\"col\">operation</th>");
    for (Column column : Column.values()) {
      page.append("<th scope=\"col\">").append(column.word()).append("</th>");
    }
    page.append("</tr></thead>\n<tbody>\n");
    for (Coverage.Row row : coverage.rows()) {
      page.append("<tr><th scope=\"row\">").append(escaped(row.operation().id().name()));
      page.append("<small>").append(escaped(row.operation().method())).append(' ');
      page.append(escaped(row.operation().path().text())).append("</small></th>");
      for (Column column : Column.values()) {
        cell(page, row.at(column));
      }
      page.append("</tr>\n");
    }
    page.append("</tbody>\n</table></div>\n");
  }

  private static void cell(StringBuilder page, Cell cell) {
    page.append("<td class=\"").append(cell.state().word()).append("\">");
    page.append(escaped(cell.text()));
    if (!cell.reason().isEmpty()) {
      page.append("<small>").append(escaped(cell.reason())).append("</small>");
    }
    if (!cell.guards().isEmpty()) {
      page.append("<small>").append(escaped(String.join(", ", cell.guards()))).append("</small>");
    }
    if (!cell.withstood().isEmpty()) {
      page.append("<small>withstood ")
          .append(escaped(String.join(", ", cell.withstood())))
          .append("</small>");
    }
    page.append("</td>");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}

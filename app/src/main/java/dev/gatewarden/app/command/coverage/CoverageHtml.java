package dev.gatewarden.app.command.coverage;

import dev.gatewarden.app.command.page.HtmlPage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// The page for a browser: one file that needs nothing else, and runs no script.
public final class CoverageHtml {
  private CoverageHtml() {}

  public static String of(List<Coverage> all, Instant now) {
    StringBuilder page = new StringBuilder(HtmlPage.head("Coverage"));
    page.append("<h1>What is guarded</h1>\n<p>Read on ")
        .append(now.truncatedTo(ChronoUnit.SECONDS))
        .append(" from the plan by which requests are judged.</p>\n");
    all.forEach(each -> api(page, each));
    return page.append(HtmlPage.END).toString();
  }

  private static void api(StringBuilder page, Coverage coverage) {
    page.append("<h2>").append(HtmlPage.escaped(coverage.api())).append("</h2>\n<p>");
    page.append(HtmlPage.escaped(CoverageText.summary(coverage))).append("</p>\n");
    page.append("<div class=\"scroll\"><table>\n<thead><tr><th scope=\"col\">operation</th>");
    for (Column column : Column.values()) {
      page.append("<th scope=\"col\">").append(column.word()).append("</th>");
    }
    page.append("</tr></thead>\n<tbody>\n");
    for (Coverage.Row row : coverage.rows()) {
      page.append("<tr><th scope=\"row\">").append(HtmlPage.escaped(row.operation().id().name()));
      page.append("<small>").append(HtmlPage.escaped(row.operation().method())).append(' ');
      page.append(HtmlPage.escaped(row.operation().path().text())).append("</small></th>");
      for (Column column : Column.values()) {
        cell(page, row.at(column));
      }
      page.append("</tr>\n");
    }
    page.append("</tbody>\n</table></div>\n");
  }

  private static void cell(StringBuilder page, Cell cell) {
    page.append("<td class=\"").append(cell.state().word()).append("\">");
    page.append(HtmlPage.escaped(cell.text()));
    if (!cell.reason().isEmpty()) {
      page.append("<small>").append(HtmlPage.escaped(cell.reason())).append("</small>");
    }
    if (!cell.guards().isEmpty()) {
      page.append("<small>")
          .append(HtmlPage.escaped(String.join(", ", cell.guards())))
          .append("</small>");
    }
    if (!cell.withstood().isEmpty()) {
      page.append("<small>withstood ")
          .append(HtmlPage.escaped(String.join(", ", cell.withstood())))
          .append("</small>");
    }
    page.append("</td>");
  }
}

package dev.gatewarden.app.command.probe;

import dev.gatewarden.app.command.probe.Told.Item;
import dev.gatewarden.app.text.Xml;
import dev.gatewarden.core.finding.Finding;
import dev.gatewarden.core.finding.Remedy;
import dev.gatewarden.core.probe.Confidence;
import dev.gatewarden.platform.probing.Attempt;
import dev.gatewarden.platform.probing.Versus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A run as a page for a browser: one file that needs nothing else, and runs no script.
public final class HtmlReport {
  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <title>Probe</title>
      <style>
      :root { color-scheme: light dark; --line: #8884; --soft: #8882; }
      body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
      h1 { font-size: 1.5rem; margin: 0 0 .25rem } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem }
      h3 { font-size: 1rem; margin: 0 } p { margin: .25rem 0 }
      table { border-collapse: collapse; width: 100% }
      th, td { border: 1px solid var(--line); padding: .4rem .6rem; text-align: left; vertical-align: top }
      thead th { background: var(--soft) }
      section { border: 1px solid var(--line); border-left: .4rem solid #8888; margin: 1rem 0; padding: .6rem 1rem }
      section.critical, section.high { border-left-color: #e33 } section.medium { border-left-color: #fb3 }
      pre { background: var(--soft); overflow-x: auto; padding: .4rem .6rem; margin: .4rem 0 }
      small { opacity: .75 }
      </style>
      </head>
      <body>
      """;

  private HtmlReport() {}

  /// @param versus who stopped what, where the run was through the gate; else null
  /// @param now when it was run
  public static String of(Told told, @Nullable Versus versus, Instant now) {
    StringBuilder page = new StringBuilder(HEAD);
    page.append("<h1>").append(Xml.escaped(told.contract().title())).append("</h1>\n<p>Probed on ");
    page.append(now.truncatedTo(ChronoUnit.SECONDS)).append(". ");
    String counts = told.counts();
    page.append("<strong>").append(counts.isEmpty() ? "Nothing was found" : counts);
    page.append("</strong>; ").append(Xml.escaped(told.effort())).append(".</p>\n");
    overview(told.findings(), page);
    told.findings().forEach(each -> finding(each, page));
    if (versus != null) {
      VersusReport.html(versus, page);
    }
    gaps(told, page);
    left(told.report().left(), page);
    return page.append("</body>\n</html>\n").toString();
  }

  private static void overview(List<Item> findings, StringBuilder page) {
    if (findings.isEmpty()) {
      return;
    }
    page.append("<table>\n<thead><tr><th>severity</th><th>where</th><th>what</th></tr></thead>\n");
    page.append("<tbody>\n");
    for (Item each : findings) {
      Finding finding = each.finding();
      page.append("<tr><td>").append(finding.severity().word()).append("</td><td>");
      page.append(Xml.escaped(finding.first().subject().toString())).append("</td><td><a href=\"#");
      page.append(Xml.escaped(finding.id())).append("\">").append(Xml.escaped(each.title()));
      page.append("</a></td></tr>\n");
    }
    page.append("</tbody>\n</table>\n");
  }

  private static void finding(Item item, StringBuilder page) {
    Finding finding = item.finding();
    page.append("<section class=\"").append(finding.severity().word()).append("\" id=\"");
    page.append(Xml.escaped(finding.id())).append("\">\n<h3>");
    page.append(finding.severity().word()).append(": ");
    page.append(Xml.escaped(finding.first().subject().toString())).append(", ");
    page.append(Xml.escaped(item.title()))
        .append("</h3>\n<p>")
        .append(Xml.escaped(finding.message()));
    page.append(item.confidence() == Confidence.LIKELY ? " (likely: not read back)" : "");
    page.append("</p>\n<pre>");
    for (Attempt attempt : item.attempts()) {
      page.append(attempt.status() == 0 ? "---" : attempt.status()).append("  ");
      page.append(Xml.escaped(attempt.curl())).append('\n');
    }
    page.append("</pre>\n");
    for (Remedy each : finding.remedies()) {
      page.append("<p>").append(Xml.escaped(each.words())).append("</p>\n");
      String whole = Cure.whole(each);
      if (!whole.isEmpty()) {
        page.append("<pre>").append(Xml.escaped(whole)).append("</pre>\n");
      }
    }
    page.append("<small>").append(Xml.escaped(finding.threat().label())).append(", CWE-");
    page.append(finding.cwe()).append(", ").append(Xml.escaped(finding.id()));
    page.append("</small>\n</section>\n");
  }

  private static void gaps(Told told, StringBuilder page) {
    if (told.report().untested().isEmpty()) {
      return;
    }
    page.append(
        "<h2>Not tested</h2>\n"
            + "<table>\n"
            + "<thead><tr><th>why</th><th>operations</th></tr></thead>\n"
            + "<tbody>\n");
    told.gaps()
        .forEach(
            (why, operations) ->
                page.append("<tr><td>")
                    .append(Xml.escaped(why))
                    .append("</td><td>")
                    .append(Xml.escaped(String.join(", ", operations)))
                    .append("</td></tr>\n"));
    page.append("</tbody>\n</table>\n");
  }

  private static void left(List<String> left, StringBuilder page) {
    if (left.isEmpty()) {
      return;
    }
    page.append("<h2>Left behind</h2>\n<ul>\n");
    left.forEach(each -> page.append("<li>").append(Xml.escaped(each)).append("</li>\n"));
    page.append("</ul>\n");
  }
}

package dev.gatewarden.app.reference;

import dev.gatewarden.app.source.Comments;
import dev.gatewarden.app.source.Sources;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Rule;

/// The reference page of one rule of the audit, made from what it says of itself and from its
/// cases.
final class RulePage {
  private final AuditRule rule;
  private final Sources sources;
  private final Comments comments;

  RulePage(AuditRule rule, Sources sources) {
    this.rule = rule;
    this.sources = sources;
    this.comments = sources.comments(rule.getClass());
  }

  /// The page in Markdown.
  String text() {
    Rule said = rule.rule();
    Comments.Comment about = comments.type(rule.getClass().getSimpleName());
    StringBuilder page = new StringBuilder("# ").append(said.id()).append("\n\n");
    page.append(sentence(said.title())).append("\n\n");
    page.append(sentence(said.why())).append("\n\n");
    page.append("**What to do:** ").append(sentence(said.remedy())).append("\n\n");
    page.append(about.sentence()).append("\n\n");
    if (!about.rest().isEmpty()) {
      page.append(about.rest()).append("\n\n");
    }
    page.append("| | |\n| --- | --- |\n");
    row(page, "Severity", said.severity().word());
    row(page, "Against", said.threat().label() + ":2023 " + said.threat().title());
    row(page, "Weakness", "CWE-" + said.cwe());
    String source = sources.path(rule.getClass());
    String name = rule.getClass().getSimpleName();
    row(page, "Source", "[" + name + ".java](../../../" + source + ")");
    cases(page, source);
    return page.toString();
  }

  private void cases(StringBuilder page, String source) {
    String cases = sources.files().get(source.substring(0, source.length() - 5) + ".cases.yaml");
    if (cases != null) {
      page.append("\n## Cases\n\nThese are its examples, and its tests.\n\n```yaml\n")
          .append(cases.strip())
          .append("\n```\n");
    }
  }

  private static String sentence(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
  }

  private static void row(StringBuilder page, String name, String value) {
    page.append("| ").append(name).append(" | ").append(value).append(" |\n");
  }
}

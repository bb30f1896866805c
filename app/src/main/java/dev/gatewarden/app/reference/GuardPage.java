package dev.gatewarden.app.reference;

import dev.gatewarden.app.configuration.Field;
import dev.gatewarden.app.source.Comments;
import dev.gatewarden.app.source.Sources;
import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.core.decision.Mode;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Threat;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The reference page of one guard, made from its source, its settings, its reasons and its cases.
public final class GuardPage {
  private final GuardEntry<?> guard;
  private final Sources sources;
  private final Comments comments;

  public GuardPage(GuardEntry<?> guard, Sources sources) {
    this.guard = guard;
    this.sources = sources;
    this.comments = sources.comments(guard.guard());
  }

  /// Where the page of a guard stands in the tree.
  public static String path(GuardEntry<?> guard) {
    return "docs/reference/guards/" + guard.id() + ".md";
  }

  /// What the guard does, in one sentence.
  public String sentence() {
    return comments.type(guard.guard().getSimpleName()).sentence();
  }

  /// The page in Markdown.
  public String text() {
    StringBuilder page = new StringBuilder();
    Comments.Comment about = comments.type(guard.guard().getSimpleName());
    page.append("# ").append(guard.id()).append("\n\n");
    page.append(about.sentence()).append("\n\n");
    if (!about.rest().isEmpty()) {
      page.append(about.rest()).append("\n\n");
    }
    page.append("| | |\n| --- | --- |\n");
    row(page, "Stage", guard.stage().name());
    row(page, "Cost", guard.cost().name().toLowerCase(Locale.ROOT));
    row(page, "Reads", guard.reads().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    row(page, "Mode", guard.mode() == Mode.ENFORCE ? "enforce" : "observe, until it is set");
    row(page, "Against", threats());
    row(page, "Source", "[" + guard.guard().getSimpleName() + ".java](../../../" + source() + ")");
    page.append('\n');
    settings(page);
    reasons(page);
    cases(page);
    return page.toString();
  }

  private void settings(StringBuilder page) {
    List<Field> fields = Field.of(guard.defaults());
    page.append("## Settings\n\n");
    if (fields.isEmpty()) {
      page.append("It has none: everything it needs stands in the contract.\n\n");
      return;
    }
    Comments.Comment config = comments.type(guard.configType().getSimpleName());
    page.append("Below `guards`, for an API or an operation:\n\n```yaml\nguards:\n  ")
        .append(guard.id())
        .append(
            """
            : {…}
            ```

            """);
    table(page, fields, config);
    below(page, fields, "", new HashSet<>());
  }

  /// What stands below single keys; what several keys hold alike is told once.
  private void below(
      StringBuilder page, List<Field> fields, String path, Set<Class<? extends Record>> told) {
    for (Field field : fields) {
      Class<? extends Record> below = field.below();
      if (below != null && told.add(below)) {
        String key = path.isEmpty() ? field.key() : path + "." + field.key();
        page.append(field.type().startsWith("name: ") ? "Each of `" : "Below `")
            .append(key)
            .append("`:\n\n");
        table(page, Field.of(below), sources.comments(below).type(below.getSimpleName()));
        below(page, Field.of(below), key, told);
      }
    }
  }

  private static void table(StringBuilder page, List<Field> fields, Comments.Comment about) {
    page.append(
        """
        | key | what stands there | default | meaning |
        | --- | --- | --- | --- |
        """);
    for (Field field : fields) {
      page.append("| `")
          .append(field.key())
          .append("` | ")
          .append(cell(field.type()))
          .append(" | ");
      page.append(field.fallback().isEmpty() ? "" : "`" + field.fallback() + "`").append(" | ");
      page.append(cell(about.params().getOrDefault(field.component(), ""))).append(" |\n");
    }
    page.append('\n');
  }

  private void reasons(StringBuilder page) {
    page.append(
        """
        ## Reasons

        | code | status | told to the caller | meaning |
        | --- | --- | --- | --- |
        """);
    for (Reason reason : guard.why()) {
      page.append("| `").append(reason.code()).append("` | ").append(reason.status()).append(" | ");
      page.append(cell(reason.summary())).append(" | ");
      page.append(cell(comments.constant(reason.name()).text())).append(" |\n");
    }
    page.append('\n');
  }

  private void cases(StringBuilder page) {
    String source = source();
    String cases = sources.files().get(source.substring(0, source.length() - 5) + ".cases.yaml");
    if (cases != null) {
      page.append("## Cases\n\nThese are its examples, and its tests.\n\n```yaml\n")
          .append(cases.strip())
          .append("\n```\n");
    }
  }

  private String threats() {
    StringBuilder text = new StringBuilder();
    for (Threat threat : guard.threats()) {
      text.append(text.isEmpty() ? "" : ", ");
      text.append(threat.label()).append(":2023 ").append(threat.title());
    }
    return text.toString();
  }

  private String source() {
    return sources.path(guard.guard());
  }

  private static void row(StringBuilder page, String name, String value) {
    page.append("| ").append(name).append(" | ").append(value).append(" |\n");
  }

  /// A text as it may stand in a table.
  static String cell(String text) {
    return text.replace("|", "\\|").replace("\n\n", "<br>").replace('\n', ' ');
  }
}

package dev.gatewarden.app.reference;

import dev.gatewarden.app.configuration.Configuration;
import dev.gatewarden.app.configuration.ConfigurationSchema;
import dev.gatewarden.app.configuration.Field;
import dev.gatewarden.app.configuration.TunableGuards;
import dev.gatewarden.app.source.Comments;
import dev.gatewarden.app.source.Sources;
import dev.gatewarden.app.text.Json;
import dev.gatewarden.controls.Catalog;
import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.platform.probing.fuzz.FuzzProbe;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The generated reference: every page by its path below `docs/reference`.
public final class Reference {
  private static final String MADE = "<!-- made by `gatewarden docs` from the sources -->\n";

  private final Sources sources;

  public Reference(Sources sources) {
    this.sources = sources;
  }

  /// All pages.
  ///
  /// @param cli the page of the command line, which the command line knows best
  public Map<String, String> pages(String cli) {
    Map<String, String> pages = new TreeMap<>();
    pages.put("gatewarden.schema.json", schema(sources));
    pages.put("configuration.md", MADE + configuration());
    pages.put("reasons.md", MADE + reasons());
    pages.put("owasp.md", MADE + owasp());
    pages.put("cli.md", MADE + cli);
    pages.put("guards/README.md", MADE + guards());
    for (GuardEntry<?> guard : Catalog.GUARDS) {
      pages.put("guards/" + guard.id() + ".md", MADE + new GuardPage(guard, sources).text());
    }
    pages.put("rules/README.md", MADE + rules());
    for (AuditRule rule : Catalog.RULES) {
      pages.put("rules/" + rule.rule().id() + ".md", MADE + new RulePage(rule, sources).text());
    }
    pages.put("probes/README.md", MADE + probes());
    for (ProbePage probe : probePages()) {
      pages.put("probes/" + probe.attack().id() + ".md", MADE + probe.text());
    }
    return pages;
  }

  /// Those of the catalog in the order of their names, and what fuzzes.
  private List<ProbePage> probePages() {
    List<ProbePage> pages = new ArrayList<>();
    Catalog.PROBES.forEach(each -> pages.add(new ProbePage(each.getClass(), sources)));
    pages.add(new ProbePage(FuzzProbe.class, sources));
    pages.sort(Comparator.comparing(each -> each.attack().id()));
    return pages;
  }

  private String probes() {
    StringBuilder page = new StringBuilder("# Probes of `gatewarden probe`\n\n");
    page.append("| probe | the fault | sends | stopped by | OWASP | CWE |\n");
    page.append("| --- | --- | --- | --- | --- | --- |\n");
    for (ProbePage each : probePages()) {
      Attack attack = each.attack();
      page.append("| [").append(attack.id()).append("](").append(attack.id()).append(".md) | ");
      page.append(GuardPage.cell(attack.title())).append(" | ");
      page.append(attack.changes() ? "changes" : "reads").append(" | ");
      page.append(each.guards()).append(" | ").append(attack.threat().label()).append(" | ");
      page.append(attack.cwe()).append(" |\n");
    }
    return page.toString();
  }

  private static String rules() {
    StringBuilder page = new StringBuilder("# Rules of `gatewarden audit`\n\n");
    page.append(
        "| rule | what is wrong | severity | OWASP | CWE |\n| --- | --- | --- | --- | --- |\n");
    for (AuditRule each : Catalog.RULES) {
      Rule rule = each.rule();
      page.append("| [").append(rule.id()).append("](").append(rule.id()).append(".md) | ");
      page.append(GuardPage.cell(rule.title())).append(" | ").append(rule.severity().word());
      page.append(" | ")
          .append(rule.threat().label())
          .append(" | ")
          .append(rule.cwe())
          .append(" |\n");
    }
    return page.toString();
  }

  /// The JSON Schema of the configuration.
  public static String schema(Sources sources) {
    return Json.text(new ConfigurationSchema(TunableGuards.all(), sources).schema());
  }

  private String guards() {
    StringBuilder page =
        new StringBuilder("# Guards\n\n| guard | stage | what it does |\n| --- | --- | --- |\n");
    for (GuardEntry<?> guard : Catalog.GUARDS) {
      page.append("| [").append(guard.id()).append("](").append(guard.id()).append(".md) | ");
      page.append(guard.stage()).append(" | ");
      page.append(GuardPage.cell(new GuardPage(guard, sources).sentence())).append(" |\n");
    }
    return page.toString();
  }

  private String reasons() {
    StringBuilder page = new StringBuilder("# Reasons\n\n");
    page.append("Every decision line and every problem document names one of these.\n\n");
    page.append("| code | status | told to the caller | meaning |\n| --- | --- | --- | --- |\n");
    for (Reasons.Told told : Reasons.in(sources).all()) {
      String code = "`" + told.reason().code() + "`";
      GuardEntry<?> guard = Catalog.guard(told.reason().control());
      page.append("| ")
          .append(guard == null ? code : "[" + code + "](guards/" + guard.id() + ".md)");
      page.append(" | ").append(told.reason().status()).append(" | ");
      page.append(GuardPage.cell(told.reason().summary())).append(" | ");
      page.append(GuardPage.cell(told.comment())).append(" |\n");
    }
    return page.toString();
  }

  private String owasp() {
    StringBuilder page =
        new StringBuilder(
            "# OWASP API Security Top 10 (2023)\n\n"
                + "| risk | guards | rules | probes |\n"
                + "| --- | --- | --- | --- |\n");
    for (Threat threat : Threat.values()) {
      page.append("| ").append(threat.label()).append(' ').append(threat.title()).append(" | ");
      String before = "";
      for (GuardEntry<?> guard : Catalog.GUARDS) {
        if (guard.threats().contains(threat)) {
          page.append(before).append('[').append(guard.id()).append("](guards/");
          page.append(guard.id()).append(".md)");
          before = ", ";
        }
      }
      page.append(" | ");
      before = "";
      for (AuditRule rule : Catalog.RULES) {
        if (rule.rule().threat() == threat) {
          String id = rule.rule().id();
          page.append(before).append('[').append(id).append("](rules/").append(id).append(".md)");
          before = ", ";
        }
      }
      page.append(" | ");
      before = "";
      for (ProbePage probe : probePages()) {
        if (probe.attack().threat() == threat) {
          String id = probe.attack().id();
          page.append(before).append('[').append(id).append("](probes/").append(id).append(".md)");
          before = ", ";
        }
      }
      page.append(" |\n");
    }
    return page.toString();
  }

  private String configuration() {
    StringBuilder page = new StringBuilder("# gatewarden.yaml\n\n");
    page.append(
        "Begin the file with `# yaml-language-server: $schema=…` and the path of [the"
            + " schema](gatewarden.schema.json),\n");
    page.append(
        "and an editor completes and checks it. Unknown keys, and keys that can have no effect, are"
            + " errors.\n\n");
    Set<Class<? extends Record>> told = new LinkedHashSet<>();
    Deque<Class<? extends Record>> open = new ArrayDeque<>();
    open.add(Configuration.class);
    while (!open.isEmpty()) {
      Class<? extends Record> type = open.poll();
      if (told.add(type)) {
        section(page, type, open);
      }
    }
    return page.toString();
  }

  private void section(
      StringBuilder page, Class<? extends Record> type, Deque<Class<? extends Record>> open) {
    Comments.Comment about = sources.comments(type).type(type.getSimpleName());
    page.append("## ").append(title(type)).append("\n\n").append(about.text()).append("\n\n");
    page.append("| key | what stands there | default | meaning |\n| --- | --- | --- | --- |\n");
    for (Field field : Field.of(type)) {
      Class<? extends Record> below = field.below();
      String kind =
          below == null ? field.type() : "[" + field.type() + "](#" + anchor(title(below)) + ")";
      page.append("| `")
          .append(field.key())
          .append("` | ")
          .append(GuardPage.cell(kind))
          .append(" | ");
      page.append(
          field.required()
              ? "required"
              : field.fallback().isEmpty() ? "" : "`" + field.fallback() + "`");
      page.append(" | ").append(GuardPage.cell(about.params().getOrDefault(field.component(), "")));
      page.append(" |\n");
      if (below != null) {
        open.add(below);
      }
    }
    page.append('\n');
  }

  private static String title(Class<?> type) {
    String name = type.getSimpleName();
    StringBuilder title = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      title.append(i > 0 && Character.isUpperCase(c) ? " " : "");
      title.append(i > 0 ? Character.toLowerCase(c) : c);
    }
    return title.toString();
  }

  private static String anchor(String title) {
    return title.toLowerCase(java.util.Locale.ROOT).replace(' ', '-');
  }
}

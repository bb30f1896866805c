package dev.gatewarden.app.reference;

import dev.gatewarden.app.source.Comments;
import dev.gatewarden.app.source.Sources;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.platform.probing.Prober;
import java.util.ArrayList;
import java.util.List;

/// The reference page of one probe, made from what it says of itself.
final class ProbePage {
  private final Class<? extends Probe> probe;
  private final Attack attack;
  private final Sources sources;

  ProbePage(Class<? extends Probe> probe, Sources sources) {
    this.probe = probe;
    this.attack = Prober.attack(probe);
    this.sources = sources;
  }

  Attack attack() {
    return attack;
  }

  /// The page in Markdown.
  String text() {
    Comments.Comment about = sources.comments(probe).type(probe.getSimpleName());
    StringBuilder page = new StringBuilder("# ").append(attack.id()).append("\n\n");
    page.append(sentence(attack.title())).append("\n\n");
    page.append(about.sentence()).append("\n\n");
    if (!about.rest().isEmpty()) {
      page.append(about.rest()).append("\n\n");
    }
    page.append("**What to do:** ").append(sentence(attack.remedy())).append("\n\n");
    page.append("| | |\n| --- | --- |\n");
    row(page, "Against", attack.threat().label() + ":2023 " + attack.threat().title());
    row(page, "Weakness", "CWE-" + attack.cwe());
    row(page, "Sends", sends());
    row(page, "Stopped by", guards().isEmpty() ? "the service alone" : guards());
    String name = probe.getSimpleName();
    row(page, "Source", "[" + name + ".java](../../../" + sources.path(probe) + ")");
    return page.toString();
  }

  /// What its requests may do.
  String sends() {
    return attack.changes()
        ? "what may change something: of what was made for it, unless `--may` permits more"
        : "what only reads";
  }

  /// Links to the guards of the gate that stop it.
  String guards() {
    List<String> links = new ArrayList<>();
    for (String each : attack.guards()) {
      links.add("[" + each + "](../guards/" + each + ".md)");
    }
    return String.join(", ", links);
  }

  private static String sentence(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
  }

  private static void row(StringBuilder page, String name, String value) {
    page.append("| ").append(name).append(" | ").append(value).append(" |\n");
  }
}

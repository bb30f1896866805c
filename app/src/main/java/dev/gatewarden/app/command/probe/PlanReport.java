package dev.gatewarden.app.command.probe;

import dev.gatewarden.app.command.Terminal;
import dev.gatewarden.app.text.Json;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.platform.probing.Dependencies;
import dev.gatewarden.platform.probing.Dependencies.Need;
import dev.gatewarden.platform.probing.Oracle;
import dev.gatewarden.platform.probing.Prober;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What would be tried, and which operation makes what another one needs.
public final class PlanReport {
  private PlanReport() {}

  /// The tree of operations: each below the one that makes what it needs.
  static String human(Dependencies dependencies, Terminal terminal) {
    StringBuilder text = new StringBuilder(terminal.strong("dependencies")).append('\n');
    for (Dependencies.Line line : dependencies.tree()) {
      Dependencies.Node node = line.node();
      text.append("  ".repeat(line.depth() + 1)).append(node.operation().id().name());
      List<String> said = new ArrayList<>();
      for (Need need : node.needs()) {
        said.add("needs " + need.what() + (need.source() == null ? " (of `owns`)" : ""));
      }
      node.makes().forEach(each -> said.add("makes " + each));
      node.finds().forEach(each -> said.add("finds " + each));
      text.append(said.isEmpty() ? "" : "  " + terminal.faint(String.join(", ", said)));
      text.append('\n');
    }
    return text.toString();
  }

  /// For machines.
  public static String json(
      Dependencies dependencies, List<Oracle.Expected> expected, List<Probe> probes) {
    Map<String, Object> all = new LinkedHashMap<>();
    List<Object> attacks = new ArrayList<>();
    for (Probe each : probes) {
      Attack attack = Prober.attack(each);
      Map<String, Object> told = new LinkedHashMap<>();
      told.put("id", attack.id());
      told.put("title", attack.title());
      attacks.add(told);
    }
    all.put("probes", attacks);
    List<Object> operations = new ArrayList<>();
    for (Dependencies.Node node : dependencies.each().values()) {
      Map<String, Object> told = new LinkedHashMap<>();
      told.put("operation", node.operation().id().name());
      told.put("method", node.operation().method());
      told.put("path", node.operation().path().text());
      List<Object> needs = new ArrayList<>();
      for (Need need : node.needs()) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("what", need.what());
        one.put("made-by", need.makers());
        one.put("found-by", need.finders());
        needs.add(one);
      }
      told.put("needs", needs);
      told.put("makes", node.makes());
      told.put("finds", node.finds());
      operations.add(told);
    }
    all.put("operations", operations);
    List<Object> answers = new ArrayList<>();
    for (Oracle.Expected each : expected) {
      Map<String, Object> told = new LinkedHashMap<>();
      told.put("operation", each.operation().id().name());
      told.put("identity", each.identity().name());
      told.put("object", each.whose().word());
      told.put("answer", each.answer());
      answers.add(told);
    }
    all.put("expected", answers);
    return Json.text(all);
  }

  /// For Graphviz.
  public static String dot(Dependencies dependencies) {
    StringBuilder text =
        new StringBuilder("digraph probing {\n  rankdir=LR;\n  node [shape=box];\n");
    dependencies
        .each()
        .keySet()
        .forEach(each -> text.append("  ").append(quoted(each)).append(";\n"));
    edges(
        dependencies,
        (from, to, what) ->
            text.append("  ")
                .append(quoted(from))
                .append(" -> ")
                .append(quoted(to))
                .append(" [label=")
                .append(quoted(what))
                .append("];\n"));
    return text.append("}\n").toString();
  }

  /// For Mermaid, which code hosts draw in Markdown.
  public static String mermaid(Dependencies dependencies) {
    List<String> names = new ArrayList<>(dependencies.each().keySet());
    StringBuilder text = new StringBuilder("flowchart LR\n");
    for (int i = 0; i < names.size(); i++) {
      text.append("  n").append(i).append('[').append(quoted(names.get(i))).append("]\n");
    }
    edges(
        dependencies,
        (from, to, what) ->
            text.append("  n")
                .append(names.indexOf(from))
                .append(" -->|")
                .append(quoted(what))
                .append("| n")
                .append(names.indexOf(to))
                .append('\n'));
    return text.toString();
  }

  private interface Edge {
    void of(String from, String to, String what);
  }

  private static void edges(Dependencies dependencies, Edge edge) {
    dependencies
        .each()
        .forEach(
            (name, node) ->
                node.needs()
                    .forEach(
                        need -> {
                          String source = need.source();
                          if (source != null) {
                            edge.of(source, name, need.what());
                          }
                        }));
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "'") + "\"";
  }
}

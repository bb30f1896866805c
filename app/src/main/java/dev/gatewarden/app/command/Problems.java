package dev.gatewarden.app.command;

import dev.gatewarden.core.document.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Problems as people and machines read them.
public final class Problems {
  private Problems() {}

  /// One line for each problem, and what to do about it below.
  static String text(List<Problem> problems, Terminal terminal) {
    StringBuilder text = new StringBuilder();
    for (Problem problem : problems) {
      text.append(terminal.strong(problem.place().toString()))
          .append(": ")
          .append(problem.message())
          .append('\n');
      if (!problem.advice().isEmpty()) {
        text.append("    ").append(terminal.faint(problem.advice())).append('\n');
      }
    }
    return text.toString();
  }

  /// The same for machines.
  static List<Object> json(List<Problem> problems) {
    List<Object> all = new ArrayList<>();
    for (Problem problem : problems) {
      Map<String, Object> each = new LinkedHashMap<>();
      each.put("file", problem.place().origin().name());
      each.put("line", problem.place().line());
      each.put("column", problem.place().column());
      each.put("pointer", problem.place().pointer());
      each.put("message", problem.message());
      each.put("advice", problem.advice());
      all.add(each);
    }
    return all;
  }

  /// `1 problem`, `2 problems`.
  public static String count(int number, String word) {
    return number + " " + word + (number == 1 ? "" : "s");
  }
}

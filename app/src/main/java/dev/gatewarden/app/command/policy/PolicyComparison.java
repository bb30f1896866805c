package dev.gatewarden.app.command.policy;

import dev.gatewarden.app.command.Problems;
import dev.gatewarden.app.command.Terminal;
import dev.gatewarden.app.command.policy.Replayed.Missing;
import dev.gatewarden.app.serving.PolicyReplay;
import dev.gatewarden.app.text.Json;
import dev.gatewarden.core.decision.Grounds;
import dev.gatewarden.core.policy.DecisionPoint.Answer;
import dev.gatewarden.core.policy.Question;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What two versions of policies answer to recorded questions: the same, something else, or nobody
/// can tell.
public final class PolicyComparison {

  /// Lines that came to the same.
  private static final class Group {
    private long lines;
    private String first = "";
  }

  private final PolicyReplay replay;
  private final Set<Missing> asked = EnumSet.noneOf(Missing.class);
  private final Map<String, Group> differences = new LinkedHashMap<>();
  private final Map<String, Group> unknown = new LinkedHashMap<>();
  private long same;
  private long different;
  private long untold;
  private long unread;

  private PolicyComparison(PolicyReplay replay) {
    this.replay = replay;
    List<String> texts = replay.texts();
    for (Missing each : Missing.values()) {
      boolean seen = each != Missing.CLAIMS || replay.readsClaims();
      if (seen && each.asked(texts)) {
        asked.add(each);
      }
    }
  }

  /// Asks both versions everything that the files say.
  public static PolicyComparison of(PolicyReplay replay, List<Path> files) throws IOException {
    PolicyComparison comparison = new PolicyComparison(replay);
    for (Path file : files) {
      int number = 0;
      try (BufferedReader reader = Files.newBufferedReader(file)) {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          number++;
          if (!line.isBlank()) {
            comparison.line(line, file.getFileName() + ":" + number);
          }
        }
      }
    }
    return comparison;
  }

  private void line(String line, String where) {
    Replayed replayed = Replayed.of(line, replay.contracts(), replay.zones());
    if (replayed == null) {
      unread++;
      return;
    }
    if (replayed.because() != null) {
      unknown(replayed, replayed.because(), where);
      return;
    }
    List<String> differing = new ArrayList<>();
    String failure = null;
    for (Map.Entry<String, Question> each : replayed.questions().entrySet()) {
      Answer answer = replay.ask(each.getValue());
      Grounds.Other next = answer.grounds().next();
      if (answer instanceof Answer.Failed(var _, String why)) {
        failure = "the policies in force: " + why;
      } else if (next != null && next.says().equals("failed")) {
        failure = "the policies compared cannot be evaluated";
      } else if (next != null) {
        String about = each.getKey().isEmpty() ? "" : ", object " + each.getKey();
        differing.add(
            (answer instanceof Answer.Permit ? "permit" : "forbid")
                + " becomes "
                + next.says()
                + about
                + (next.policies().isEmpty()
                    ? ""
                    : " (" + String.join(", ", next.policies()) + ")"));
      }
    }
    weigh(replayed, differing, failure, where);
  }

  private void weigh(
      Replayed replayed, List<String> differing, @Nullable String failure, String where) {
    List<String> lacking = new ArrayList<>();
    for (Missing each : asked) {
      if (replayed.missing().contains(each.name())) {
        lacking.add(each.name().toLowerCase(java.util.Locale.ROOT));
      }
    }
    if (failure != null) {
      unknown(replayed, failure, where);
    } else if (!lacking.isEmpty()) {
      unknown(
          replayed,
          "policies ask for what the line does not say: " + String.join(", ", lacking),
          where);
    } else if (differing.isEmpty()) {
      same++;
    } else if (differing.size() < replayed.questions().size()) {
      unknown(replayed, "it depends on the object: " + String.join("; ", differing), where);
    } else {
      different++;
      add(differences, replayed.operation() + ": " + String.join("; ", differing), replayed, where);
    }
  }

  private void unknown(Replayed replayed, String why, String where) {
    untold++;
    String operation = replayed.operation().isEmpty() ? "" : replayed.operation() + ": ";
    add(unknown, operation + why, replayed, where);
  }

  private static void add(Map<String, Group> to, String what, Replayed replayed, String where) {
    Group group = to.computeIfAbsent(what, _ -> new Group());
    if (group.lines++ == 0) {
      group.first = replayed.caller().isEmpty() ? where : replayed.caller() + ", " + where;
    }
  }

  /// How many lines asked something.
  public long lines() {
    return same + different + untold;
  }

  /// How many lines were none.
  public long unread() {
    return unread;
  }

  /// Whether the versions answered alike, as far as can be told; what cannot be told counts against
  /// that.
  ///
  /// @param most how many may be unknown
  public boolean holds(long most) {
    return different == 0 && untold <= most;
  }

  /// For people.
  public String text(Terminal terminal, long most) {
    StringBuilder text = new StringBuilder();
    section(text, terminal.strong("differs"), differences);
    section(text, terminal.strong("unknown"), unknown);
    String counts =
        Problems.count((int) lines(), "question")
            + ": "
            + same
            + " the same, "
            + different
            + " differ, "
            + untold
            + " unknown";
    return text.append(holds(most) ? terminal.good(counts) : terminal.bad(counts))
        .append('\n')
        .toString();
  }

  private static void section(StringBuilder text, String title, Map<String, Group> groups) {
    if (groups.isEmpty()) {
      return;
    }
    text.append(title).append('\n');
    groups.forEach(
        (what, group) ->
            text.append("  ")
                .append(group.lines)
                .append(" × ")
                .append(what)
                .append("\n      first by ")
                .append(group.first)
                .append('\n'));
    text.append('\n');
  }

  /// For machines.
  public String json(long most) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("holds", holds(most));
    tree.put("questions", lines());
    tree.put("same", same);
    tree.put("different", different);
    tree.put("unknown", untold);
    tree.put("differences", groups(differences));
    tree.put("unknowns", groups(unknown));
    return Json.text(tree);
  }

  private static List<Object> groups(Map<String, Group> groups) {
    List<Object> all = new ArrayList<>();
    groups.forEach(
        (what, group) -> {
          Map<String, Object> one = new LinkedHashMap<>();
          one.put("what", what);
          one.put("lines", group.lines);
          one.put("first", group.first);
          all.add(one);
        });
    return all;
  }
}

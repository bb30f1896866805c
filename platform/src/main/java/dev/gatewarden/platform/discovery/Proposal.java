package dev.gatewarden.platform.discovery;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Object types and bindings for a contract that has none: an overlay to be reviewed, with the
/// evidence of each line.
///
/// @param types by name
/// @param operations by the name of the operation
/// @param questions what only a person knows
public record Proposal(
    Map<String, Entry> types, Map<String, Entry> operations, List<String> questions) {

  public Proposal {
    types = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(types));
    operations = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(operations));
    questions = List.copyOf(questions);
  }

  /// One type or one binding.
  ///
  /// @param comment why it is believed
  /// @param lines as the overlay has them, below its name
  public record Entry(String comment, List<String> lines) {
    public Entry {
      lines = List.copyOf(lines);
    }
  }

  /// The overlay, and which entry each of its lines belongs to.
  ///
  /// @param owners by the first line (from 1) of each entry: its name, with `objects.` or
  ///     `operations.` before it
  public record Written(String text, NavigableMap<Integer, String> owners) {

    /// The entry that a line belongs to; empty where it belongs to none.
    public String at(int line) {
      Map.Entry<Integer, String> entry = owners.floorEntry(line);
      return entry == null ? "" : entry.getValue();
    }
  }

  /// The short overlay file.
  ///
  /// @param heading lines of comment at its top
  public Written written(List<String> heading) {
    StringBuilder text = new StringBuilder();
    NavigableMap<Integer, String> owners = new TreeMap<>();
    int[] line = {1};
    heading.forEach(each -> add(text, line, each.isEmpty() ? "#" : "# " + each));
    section(text, line, owners, "objects", types);
    section(text, line, owners, "operations", operations);
    if (!questions.isEmpty()) {
      add(text, line, "");
      add(text, line, "# What only you can say:");
      owners.put(line[0], "");
      for (String question : questions) {
        add(text, line, "# - " + question.replaceAll("\\R", " "));
      }
    }
    return new Written(text.toString(), owners);
  }

  private static void section(
      StringBuilder text,
      int[] line,
      NavigableMap<Integer, String> owners,
      String name,
      Map<String, Entry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    add(text, line, "");
    add(text, line, name + ":");
    entries.forEach(
        (key, entry) -> {
          owners.put(line[0], name + "." + key);
          if (!entry.comment().isEmpty()) {
            add(text, line, "  # " + entry.comment().replaceAll("\\R", " "));
          }
          if (entry.lines().size() == 1) {
            add(text, line, "  " + quoted(key) + ": " + entry.lines().getFirst());
          } else {
            add(text, line, "  " + quoted(key) + ":");
            entry.lines().forEach(each -> add(text, line, "    " + each));
          }
        });
  }

  private static void add(StringBuilder text, int[] line, String written) {
    text.append(written).append('\n');
    line[0]++;
  }

  /// A text as YAML reads it back whatever it holds, also within braces.
  static String quoted(String text) {
    boolean plain = !text.isEmpty() && Character.isLetter(text.charAt(0));
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      plain &= (c < 128 && Character.isLetterOrDigit(c)) || "./_-".indexOf(c) >= 0;
    }
    plain &= !text.matches("(?i)true|false|null|yes|no|on|off|y|n");
    return plain ? text : "'" + text.replace("'", "''") + "'";
  }
}

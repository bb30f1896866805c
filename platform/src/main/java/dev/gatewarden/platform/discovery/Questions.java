package dev.gatewarden.platform.discovery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What only a person knows: the same question about several names is asked once.
final class Questions {
  /// So many operations are named; the rest are counted.
  private static final int MOST_NAMED = 6;

  private final Map<String, Set<String>> types = new LinkedHashMap<>();
  private final Map<String, Set<String>> operations = new LinkedHashMap<>();

  /// Asks about a type; all of the same question are named, since each wants an answer.
  void type(String name, String question) {
    types.computeIfAbsent(question, _ -> new LinkedHashSet<>()).add(name);
  }

  /// Asks what several operations have in common.
  void operation(String name, String question) {
    operations.computeIfAbsent(question, _ -> new LinkedHashSet<>()).add(name);
  }

  List<String> all() {
    List<String> all = new ArrayList<>();
    types.forEach((question, names) -> all.add(named(names, names.size()) + ": " + question));
    operations.forEach((question, names) -> all.add(named(names, MOST_NAMED) + ": " + question));
    return List.copyOf(all);
  }

  private static String named(Set<String> names, int most) {
    StringBuilder text = new StringBuilder();
    int count = 0;
    for (String name : names) {
      if (count == most) {
        return text + " and " + (names.size() - most) + " more";
      }
      text.append(count++ == 0 ? "`" : ", `").append(name).append('`');
    }
    return text.toString();
  }
}

package dev.gatewarden.platform.auditing.spectral;

import dev.gatewarden.core.document.Nearest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Names for paths, and the paths they stand for in documents of one format.
final class Aliases {
  private static final int MOST = 1_000;
  private static final int DEEPEST = 32;

  private final Map<String, List<String>> paths;
  private int looked;

  Aliases(Map<String, List<String>> paths) {
    this.paths = new HashMap<>(paths);
  }

  Map<String, List<String>> paths() {
    return paths;
  }

  /// The paths that a text stands for: itself, or those of the name at its beginning, with the rest
  /// behind each.
  ///
  /// @throws Malformed when a name is unknown, leads back to itself or to too many paths
  List<String> expanded(String text) {
    looked = 0;
    List<String> found = new ArrayList<>();
    expand(text.strip(), 0, found);
    return found;
  }

  private void expand(String text, int depth, List<String> to) {
    if (++looked > MOST) {
      throw new Malformed("the aliases stand for more than " + MOST + " paths");
    }
    if (!text.startsWith("#")) {
      to.add(text);
      return;
    }
    int end = 1;
    while (end < text.length()
        && (Character.isLetterOrDigit(text.charAt(end)) || "_-".indexOf(text.charAt(end)) >= 0)) {
      end++;
    }
    String name = text.substring(1, end);
    List<String> stand = paths.get(name);
    if (stand == null) {
      String near = Nearest.advice(name, paths.keySet());
      throw new Malformed(
          "there is no alias `#" + name + "`" + (near.isEmpty() ? "" : "; " + near));
    }
    if (depth > DEEPEST) {
      throw new Malformed("the alias `#" + name + "` leads back to itself");
    }
    for (String each : stand) {
      expand(each.strip() + text.substring(end), depth + 1, to);
    }
  }
}

package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Nearest;
import dev.gatewarden.core.document.Node;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How long an operation goes on being served while there is too much to do, as
/// `x-gatewarden-priority` says: the least is refused first.
public enum Priority {
  /// Searches, reports and the like: whoever asks can ask again.
  LOW,
  NORMAL,
  /// Payments and the like.
  HIGH,
  /// Never refused for the load: health above all.
  CRITICAL;

  static final String WORD = "priority";

  /// As users write it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// What a checked contract says of an operation.
  public static Priority of(Operation operation) {
    Node node = operation.extensions().get(WORD);
    Priority said = node == null ? null : read(node, new Notes());
    return said == null ? NORMAL : said;
  }

  static @Nullable Priority read(Node node, Notes notes) {
    String word = Nodes.scalar(node);
    List<String> words = Arrays.stream(values()).map(Priority::word).toList();
    int at = word == null ? -1 : words.indexOf(word);
    if (at < 0) {
      notes.problem(
          node.place(),
          "`x-gatewarden-priority` should be one of " + String.join(", ", words),
          word == null ? "" : Nearest.advice(word, words));
      return null;
    }
    return values()[at];
  }
}

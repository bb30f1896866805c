package dev.gatewarden.platform.auditing.spectral;

import dev.gatewarden.core.document.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a rule of the user says of a fault.
final class Wording {
  private static final int LONGEST_MESSAGE = 1_000;

  private Wording() {}

  /// The rule's own message, its description or what is wrong, with its placeholders filled.
  ///
  /// @param path of what is wrong
  /// @param value that is wrong, or null where nothing is there
  static String message(SpectralRule rule, List<String> path, String error, @Nullable Node value) {
    String template = rule.message() != null ? rule.message() : rule.description();
    if (template == null) {
      return bounded("`" + last(path) + "`: " + error);
    }
    StringBuilder pointer = new StringBuilder("#");
    for (String each : path) {
      pointer.append('/').append(each.replace("~", "~0").replace("/", "~1"));
    }
    String description = rule.description() == null ? "" : rule.description();
    StringBuilder message = new StringBuilder();
    int from = 0;
    while (from < template.length() && message.length() <= LONGEST_MESSAGE) {
      int open = template.indexOf("{{", from);
      int close = open < 0 ? -1 : template.indexOf("}}", open);
      if (close < 0) {
        break;
      }
      message.append(template, from, open);
      switch (template.substring(open + 2, close).strip()) {
        case "error" -> message.append(error);
        case "description" -> message.append(description);
        case "path" -> message.append(pointer);
        case "property" -> message.append(last(path));
        case "value" -> message.append(Values.shown(value));
        default -> message.append(template, open, close + 2);
      }
      from = close + 2;
    }
    return bounded(message.append(template.substring(from)).toString().strip());
  }

  private static String bounded(String message) {
    return message.length() > LONGEST_MESSAGE
        ? message.substring(0, LONGEST_MESSAGE) + "…"
        : message;
  }

  /// What to do: whatever the rule asks, and where it stands.
  static String todo(SpectralRule rule, String message) {
    String description = rule.description();
    StringBuilder words = new StringBuilder();
    if (description != null && !description.equals(message)) {
      words.append(description).append("; ");
    }
    words.append("as the rule asks at ").append(rule.place());
    return rule.link() == null ? words.toString() : words + ", see " + rule.link();
  }

  private static String last(List<String> path) {
    return path.isEmpty() ? "" : path.getLast();
  }
}

package dev.gatewarden.app.command.show;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a contract says of a property: who may read it, who may write it, and what it is.
///
/// @param words `read`, `write` and `class` as far as they are said
record PropertyRule(Place place, Map<String, String> words) {
  private static final List<String> WORDS = List.of("read", "write", "class");
  private static final Set<String> VALUES =
      Set.of("example", "examples", "default", "enum", "const", "value");

  /// All of a contract, in the order of its text.
  static List<PropertyRule> of(Contract contract) {
    List<PropertyRule> rules = new ArrayList<>();
    walk(contract.source(), rules);
    return rules;
  }

  private static void walk(Node node, List<PropertyRule> rules) {
    if (node instanceof Obj object) {
      Map<String, String> words = new LinkedHashMap<>();
      for (String word : WORDS) {
        Node said = object.get("x-gatewarden-" + word);
        if (said instanceof Node.Text text) {
          words.put(word, text.value());
        } else if (said instanceof Node.Arr list) {
          words.put(
              word,
              String.join(
                  ", ",
                  list.items().stream()
                      .map(each -> each instanceof Node.Text text ? text.value() : "")
                      .toList()));
        }
      }
      if (!words.isEmpty()) {
        rules.add(new PropertyRule(object.place(), words));
      }
      for (Node.Member member : object.entries()) {
        if (!VALUES.contains(member.name())) {
          walk(member.value(), rules);
        }
      }
    } else if (node instanceof Node.Arr array) {
      array.items().forEach(item -> walk(item, rules));
    }
  }

  String said() {
    List<String> said = new ArrayList<>();
    words.forEach((word, value) -> said.add(word + " " + value));
    return String.join("; ", said);
  }
}

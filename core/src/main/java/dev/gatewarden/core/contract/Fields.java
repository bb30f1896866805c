package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Nearest;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.Place;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The members of one map whose words are ours: a name or a kind we do not know is a problem.
final class Fields {
  private final Obj object;
  private final Notes notes;

  Fields(Obj object, Notes notes, String... known) {
    this.object = object;
    this.notes = notes;
    List<String> names = List.of(known);
    for (Node.Member member : object.entries()) {
      if (!names.contains(member.name())) {
        String advice = Nearest.advice(member.name(), names);
        notes.problem(
            member.namePlace(),
            "`" + Nodes.shown(member.name()) + "` is not known here",
            advice.isEmpty() ? "known are " + String.join(", ", names) : advice);
      }
    }
  }

  Place place() {
    return object.place();
  }

  boolean has(String name) {
    return object.get(name) != null;
  }

  @Nullable Node node(String name) {
    return object.get(name);
  }

  /// Where the member stands, or the map when there is none.
  Place place(String name) {
    Node node = object.get(name);
    return node == null ? object.place() : node.place();
  }

  Node.@Nullable Text text(String name) {
    Node node = object.get(name);
    if (node == null) {
      return null;
    }
    if (node instanceof Node.Text text) {
      return text;
    }
    notes.problem(node.place(), "`" + name + "` should be a text, not " + Nodes.kind(node));
    return null;
  }

  @Nullable Obj map(String name) {
    Node node = object.get(name);
    if (node == null) {
      return null;
    }
    if (node instanceof Obj map) {
      return map;
    }
    notes.problem(node.place(), "`" + name + "` should be a map, not " + Nodes.kind(node));
    return null;
  }

  @Nullable List<Node> list(String name) {
    Node node = object.get(name);
    if (node == null) {
      return null;
    }
    if (node instanceof Node.Arr list) {
      return list.items();
    }
    notes.problem(node.place(), "`" + name + "` should be a list, not " + Nodes.kind(node));
    return null;
  }

  /// One of the words of a choice, `look-up` for `LOOK_UP`; null when it is absent or a problem
  /// says why.
  <E extends Enum<E>> @Nullable E choice(String name, Class<E> choices) {
    Node node = object.get(name);
    return node == null ? null : choice(node, name, choices, notes);
  }

  static <E extends Enum<E>> @Nullable E choice(
      Node node, String name, Class<E> choices, Notes notes) {
    List<String> words = Arrays.stream(choices.getEnumConstants()).map(Fields::word).toList();
    String word = Nodes.scalar(node);
    int at = word == null ? -1 : words.indexOf(word);
    if (at >= 0) {
      return choices.getEnumConstants()[at];
    }
    String advice = word == null ? "" : Nearest.advice(word, words);
    notes.problem(
        node.place(),
        "`"
            + name
            + "` should be one of "
            + String.join(", ", words)
            + (word == null ? ", not " + Nodes.kind(node) : ", not `" + Nodes.shown(word) + "`"),
        advice);
    return null;
  }

  static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

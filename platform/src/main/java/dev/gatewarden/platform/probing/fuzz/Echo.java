package dev.gatewarden.platform.probing.fuzz;

import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Arr;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.probe.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an answer repeats of the request that it answers: so a service shows how it read it.
final class Echo {
  private Echo() {}

  /// The first place where the answer to the plain request repeats a text of it and the other has
  /// something else; null where both say the same, or say nothing.
  static @Nullable String other(@Nullable Node sent, Answer plain, Answer other) {
    Map<List<String>, String> texts = new LinkedHashMap<>();
    texts(sent, new ArrayList<>(), texts);
    Map<List<String>, String> told = new LinkedHashMap<>();
    texts(plain.json(), new ArrayList<>(), told);
    for (Map.Entry<List<String>, String> each : told.entrySet()) {
      List<String> at = each.getKey();
      boolean repeated =
          texts.entrySet().stream()
              .anyMatch(
                  one ->
                      last(one.getKey()).equals(last(at))
                          && one.getValue().equals(each.getValue()));
      String now = Json.scalar(Json.at(other.json(), at));
      if (repeated && now != null && !now.equals(each.getValue())) {
        return Pointers.of(at);
      }
    }
    return null;
  }

  /// Whether an answer has a value under the name at the end of a path.
  static boolean repeats(@Nullable Node answer, List<String> path, Node value) {
    Map<List<String>, String> told = new LinkedHashMap<>();
    texts(answer, new ArrayList<>(), told);
    String text = Json.scalar(value);
    return text != null
        && told.entrySet().stream()
            .anyMatch(
                each -> last(each.getKey()).equals(last(path)) && each.getValue().equals(text));
  }

  private static String last(List<String> path) {
    return path.isEmpty() ? "" : path.getLast();
  }

  private static void texts(@Nullable Node node, List<String> path, Map<List<String>, String> to) {
    switch (node) {
      case Obj object ->
          object.entries().forEach(each -> below(each.value(), each.name(), path, to));
      case Arr(var _, List<Node> items) -> {
        for (int i = 0; i < Math.min(items.size(), 5); i++) {
          below(items.get(i), Integer.toString(i), path, to);
        }
      }
      case null -> {}
      default -> {
        String text = Json.scalar(node);
        if (text != null) {
          to.put(List.copyOf(path), text);
        }
      }
    }
  }

  private static void below(
      Node node, String step, List<String> path, Map<List<String>, String> to) {
    path.add(step);
    texts(node, path, to);
    path.removeLast();
  }
}

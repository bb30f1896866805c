package dev.gatewarden.platform.probing.fuzz;

import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Arr;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.Pointer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Paths of names and indexes as JSON pointers (RFC 6901), and what stands there changed.
final class Pointers {
  private Pointers() {}

  static String of(List<String> path) {
    StringBuilder text = new StringBuilder();
    for (String each : path) {
      text.append('/').append(each.replace("~", "~0").replace("/", "~1"));
    }
    return text.toString();
  }

  static List<String> path(String pointer) {
    List<String> path = new ArrayList<>();
    if (!pointer.isEmpty()) {
      for (String each : pointer.substring(1).split("/", -1)) {
        path.add(each.replace("~1", "/").replace("~0", "~"));
      }
    }
    return path;
  }

  /// Whether what stands at one pointer holds what stands at the other.
  static boolean covers(String outer, String inner) {
    return inner.equals(outer) || inner.startsWith(outer + "/");
  }

  /// A value with another at a path, or without what stands there.
  static @Nullable Node changed(@Nullable Node whole, List<String> path, @Nullable Node value) {
    if (value != null) {
      return Json.with(whole, path, value);
    }
    return path.isEmpty() ? null : whole == null ? null : without(whole, path);
  }

  private static Node without(Node whole, List<String> path) {
    String step = path.getFirst();
    boolean last = path.size() == 1;
    if (whole instanceof Obj object && object.get(step) != null) {
      return last
          ? Json.without(object, step)
          : Json.with(
              object, List.of(step), without(inner(object, step), path.subList(1, path.size())));
    }
    int index = Pointer.index(step);
    if (whole instanceof Arr array && index >= 0 && index < array.items().size()) {
      List<Node> items = new ArrayList<>(array.items());
      if (last) {
        items.remove(index);
      } else {
        items.set(index, without(items.get(index), path.subList(1, path.size())));
      }
      return Json.of(items);
    }
    return whole;
  }

  private static Node inner(Obj object, String step) {
    Node inner = object.get(step);
    return inner == null ? Json.NULL : inner;
  }
}

package dev.gatewarden.gateway.binder.body.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// What a service makes of a JSON patch: RFC 6902 to the letter, for tests.
final class AppliedPatch {
  private JsonNode root;

  private AppliedPatch(JsonNode root) {
    this.root = root;
  }

  /// Why a patch cannot be applied.
  static final class Failed extends Exception {
    private static final long serialVersionUID = 1;
  }

  static JsonNode of(JsonNode patch, JsonNode document) throws Failed {
    AppliedPatch applied = new AppliedPatch(document.deepCopy());
    for (JsonNode each : patch) {
      applied.operation(each);
    }
    return applied.root;
  }

  private void operation(JsonNode each) throws Failed {
    String path = each.get("path").asText();
    switch (each.get("op").asText()) {
      case "add" -> add(path, each.get("value").deepCopy());
      case "remove" -> remove(path);
      case "replace" -> {
        at(path);
        if (!path.isEmpty()) {
          remove(path);
        }
        add(path, each.get("value").deepCopy());
      }
      case "move" -> {
        String from = each.get("from").asText();
        if (path.startsWith(from + "/")) {
          throw new Failed();
        }
        JsonNode value = at(from).deepCopy();
        remove(from);
        add(path, value);
      }
      case "copy" -> add(path, at(each.get("from").asText()).deepCopy());
      case "test" -> {
        if (!at(path).equals(each.get("value"))) {
          throw new Failed();
        }
      }
      default -> throw new Failed();
    }
  }

  private JsonNode at(String path) throws Failed {
    JsonNode found = path.isEmpty() ? root : root.at(path);
    if (found.isMissingNode()) {
      throw new Failed();
    }
    return found;
  }

  private JsonNode parent(String path) throws Failed {
    return at(path.substring(0, path.lastIndexOf('/')));
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1).replace("~1", "/").replace("~0", "~");
  }

  private void add(String path, JsonNode value) throws Failed {
    if (path.isEmpty()) {
      root = value;
      return;
    }
    String name = last(path);
    switch (parent(path)) {
      case ObjectNode object -> object.set(name, value);
      case ArrayNode array -> {
        int index = name.equals("-") ? array.size() : index(name);
        if (index > array.size()) {
          throw new Failed();
        }
        array.insert(index, value);
      }
      default -> throw new Failed();
    }
  }

  private void remove(String path) throws Failed {
    at(path);
    if (path.isEmpty()) {
      throw new Failed();
    }
    switch (parent(path)) {
      case ObjectNode object -> object.remove(last(path));
      case ArrayNode array -> array.remove(index(last(path)));
      default -> throw new Failed();
    }
  }

  private static int index(String name) throws Failed {
    if (!name.matches("0|[1-9][0-9]*")) {
      throw new Failed();
    }
    return Integer.parseInt(name);
  }
}

package dev.gatewarden.acceptance.probing;

import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.DocumentReader;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// YAML documents, changed as a person would change them.
final class Documents {
  private static final DocumentReader READER = new DocumentReader(Bounds.DEFAULT);

  private Documents() {}

  static Node read(String text) {
    return READER.read(
        new Place.Origin(URI.create("file:///document.yaml"), "document.yaml"),
        text.getBytes(StandardCharsets.UTF_8));
  }

  /// A contract as strangers have it: without any word of ours.
  static String stripped(String contract) {
    return Json.text(stripped(read(contract)));
  }

  private static Node stripped(Node node) {
    return switch (node) {
      case Node.Obj object -> {
        Map<String, Node> members = new LinkedHashMap<>();
        for (Node.Member each : object.entries()) {
          if (!each.name().startsWith("x-gatewarden")) {
            members.put(each.name(), stripped(each.value()));
          }
        }
        yield Json.of(members);
      }
      case Node.Arr array -> {
        List<Node> items = new ArrayList<>();
        array.items().forEach(each -> items.add(stripped(each)));
        yield Json.of(items);
      }
      case Node.Text _, Node.Num _, Node.Bool _, Node.Null _ -> node;
    };
  }

  /// A document with the lines of another one in it.
  static String merged(String document, String lines) {
    return Json.text(merged(read(document), read(lines)));
  }

  private static Node merged(Node one, Node other) {
    if (!(one instanceof Node.Obj before) || !(other instanceof Node.Obj after)) {
      return other;
    }
    Map<String, Node> members = new LinkedHashMap<>();
    before.entries().forEach(each -> members.put(each.name(), each.value()));
    for (Node.Member each : after.entries()) {
      members.merge(each.name(), each.value(), Documents::merged);
    }
    return Json.of(members);
  }
}

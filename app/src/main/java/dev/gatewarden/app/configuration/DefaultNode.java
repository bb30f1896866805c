package dev.gatewarden.app.configuration;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import java.lang.reflect.Type;
import java.net.URI;
import java.util.List;
import java.util.Map;

/// A default as the node the file would have had in its place.
final class DefaultNode {
  static final Place.Origin ORIGIN = new Place.Origin(URI.create("gatewarden:default"), "default");
  private static final Place PLACE = new Place(ORIGIN, 1, 1, Place.Path.ROOT);

  private DefaultNode() {}

  static Node of(String text, Type type) {
    if (text.equals("{}")) {
      return new Node.Obj(PLACE, Map.of());
    }
    if (text.equals("[]")) {
      return new Node.Arr(PLACE, List.of());
    }
    if (type == int.class || type == long.class) {
      return new Node.Num(PLACE, text);
    }
    return type == boolean.class
        ? new Node.Bool(PLACE, text.equals("true"))
        : new Node.Text(PLACE, text);
  }
}

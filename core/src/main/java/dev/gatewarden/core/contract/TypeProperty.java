package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import java.util.ArrayList;
import java.util.List;

/// What a type says of those of its properties that a pointer leads to from the object.
///
/// @param at `*` stands for each item of an array and each member of a map
/// @param words `read`, `write`, `class` and `mask`, as written
record TypeProperty(PointerPattern at, Node.Obj words, Place place) {

  /// Whether it takes the object to tell who may see one of the properties.
  static boolean asksForOwner(List<TypeProperty> properties) {
    for (TypeProperty property : properties) {
      Node read = property.words().get("read");
      if (read != null && PropertyWords.asksForOwner(read)) {
        return true;
      }
    }
    return false;
  }

  /// The data classes that properties name.
  static List<Node.Text> classes(List<TypeProperty> properties) {
    List<Node.Text> classes = new ArrayList<>();
    for (TypeProperty property : properties) {
      if (property.words().get("class") instanceof Node.Text name) {
        classes.add(name);
      }
    }
    return classes;
  }
}

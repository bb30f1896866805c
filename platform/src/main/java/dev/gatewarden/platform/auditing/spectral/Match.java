package dev.gatewarden.platform.auditing.spectral;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A value of a document, and the way it was reached.
///
/// @param value with references followed, where they are
/// @param parent null for the whole document
/// @param property the name or index in the parent; the empty text for the whole document
/// @param place where to look: of the value, or of the name where the match is a name
/// @param named whether the match is the name itself, and not what stands under it
record Match(Node value, @Nullable Match parent, String property, Place place, boolean named) {

  static Match whole(Node document) {
    return new Match(document, null, "", document.place(), false);
  }

  Match child(String property, Node value) {
    return new Match(value, this, property, value.place(), false);
  }

  /// The name under which it stands.
  Match name(Node text) {
    Match above = parent;
    Place at = place;
    if (above != null && above.value instanceof Node.Obj object) {
      Node.Member member = object.members().get(property);
      at = member == null ? place : member.namePlace();
    }
    return new Match(text, above, property, at, true);
  }

  /// Names and indexes from the top of the document.
  List<String> path() {
    List<String> path = new ArrayList<>();
    for (Match at = this; at.parent != null; at = at.parent) {
      path.add(at.property);
    }
    Collections.reverse(path);
    return path;
  }
}

package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the places within an object that a type names: JSON pointers.
final class PlaceReader {
  private final Notes notes;

  PlaceReader(Notes notes) {
    this.notes = notes;
  }

  @Nullable PointerPattern pointer(Fields fields, String name, boolean many) {
    Node.Text text = fields.text(name);
    if (text == null) {
      if (!fields.has(name)) {
        notes.problem(fields.place(), "`" + name + "` is missing", "write `" + name + ": /id`");
      }
      return null;
    }
    return pointer(text, many);
  }

  @Nullable PointerPattern pointer(Node.Text text, boolean many) {
    PointerPattern pattern = PointerPattern.parse(text.value());
    if (pattern == null) {
      notes.problem(
          text.place(),
          "`" + Nodes.shown(text.value()) + "` is no JSON pointer",
          text.value().startsWith("/") ? "" : "did you mean `/" + Nodes.shown(text.value()) + "`?");
      return null;
    }
    if (!many && pattern.many()) {
      notes.problem(text.place(), "`" + pattern + "` selects several values where one decides");
      return null;
    }
    return pattern;
  }

  Map<String, PointerPattern> parents(Fields fields) {
    Map<String, PointerPattern> pointers = new LinkedHashMap<>();
    Obj object = fields.map("parent");
    if (object == null) {
      return pointers;
    }
    for (Node.Member member : object.entries()) {
      PointerPattern pattern =
          member.value() instanceof Node.Text text ? pointer(text, false) : null;
      if (pattern != null) {
        pointers.put(member.name(), pattern);
      } else if (!(member.value() instanceof Node.Text)) {
        notes.problem(
            member.value().place(),
            "`"
                + Nodes.shown(member.name())
                + "` should be a JSON pointer, not "
                + Nodes.kind(member.value()));
      }
    }
    return pointers;
  }

  /// `refs: {address: /shipTo}`, or a list of places where there are several of one type.
  List<ObjectType.Reference> references(Fields fields) {
    List<ObjectType.Reference> references = new ArrayList<>();
    Obj object = fields.map("refs");
    if (object == null) {
      return references;
    }
    for (Node.Member member : object.entries()) {
      List<Node> places =
          member.value() instanceof Node.Arr list ? list.items() : List.of(member.value());
      for (Node place : places) {
        PointerPattern at = place instanceof Node.Text text ? pointer(text, true) : null;
        if (at != null) {
          references.add(new ObjectType.Reference(member.name(), at));
        } else if (!(place instanceof Node.Text)) {
          notes.problem(
              place.place(),
              "`"
                  + Nodes.shown(member.name())
                  + "` should be a JSON pointer, not "
                  + Nodes.kind(place));
        }
      }
    }
    return references;
  }

  static Map<String, PointerPattern> first(List<ObjectType.Reference> references) {
    Map<String, PointerPattern> first = new LinkedHashMap<>();
    references.forEach(each -> first.putIfAbsent(each.type(), each.at()));
    return first;
  }
}

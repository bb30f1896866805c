package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads what types say of their properties and which schemas describe their objects.
final class TypePropertyReader {
  private final PlaceReader places;
  private final Notes notes;
  private final Map<String, List<TypeProperty>> properties = new LinkedHashMap<>();
  private final Map<String, List<Node.Text>> schemas = new LinkedHashMap<>();

  TypePropertyReader(PlaceReader places, Notes notes) {
    this.places = places;
    this.notes = notes;
  }

  /// What types say of their properties, by the type's name.
  Map<String, List<TypeProperty>> properties() {
    return properties;
  }

  /// The schemas that describe objects of a type beside those that its operations tell of.
  Map<String, List<Node.Text>> schemas() {
    return schemas;
  }

  void schemas(String type, Fields fields) {
    List<Node.Text> names = new ArrayList<>();
    List<Node> list = fields.list("schemas");
    for (Node each : list == null ? List.<Node>of() : list) {
      if (each instanceof Node.Text name) {
        names.add(name);
      } else {
        notes.problem(each.place(), "`schemas` should name schemas, not hold " + Nodes.kind(each));
      }
    }
    schemas.put(type, names);
  }

  /// `/lines/*/cost: {read: [role:finance], mask: last-four}`.
  void properties(String type, Fields fields) {
    List<TypeProperty> all = new ArrayList<>();
    Obj object = fields.map("properties");
    for (Node.Member member : object == null ? List.<Node.Member>of() : object.entries()) {
      PointerPattern at = places.pointer(new Node.Text(member.namePlace(), member.name()), true);
      if (!(member.value() instanceof Obj words)) {
        notes.problem(
            member.value().place(),
            "what holds for `"
                + Nodes.shown(member.name())
                + "` should be a map, not "
                + Nodes.kind(member.value()),
            "write for example `{read: [owner, 'role:support'], write: []}`");
      } else if (at != null && at.steps().isEmpty()) {
        notes.problem(
            member.namePlace(), "a property is not the whole object", "say it in `access`");
      } else if (at != null) {
        words(words);
        all.add(new TypeProperty(at, words, member.namePlace()));
      }
    }
    properties.put(type, all);
  }

  private void words(Obj words) {
    Fields inner = new Fields(words, notes, PropertyWords.ALL.toArray(new String[0]));
    for (Node.Member word : words.entries()) {
      PropertyWords.check(word.name(), word.name(), word.value(), notes);
    }
    if (words.entries().isEmpty()) {
      notes.problem(words.place(), "nothing is said of the property");
    }
    if (inner.has("mask") && !inner.has("read")) {
      notes.problem(
          inner.place("mask"), "`mask` has no effect without `read`: who sees the value itself?");
    }
  }
}

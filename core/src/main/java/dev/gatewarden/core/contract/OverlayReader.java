package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads what is laid over a contract that its owner may not edit: an OpenAPI Overlay, whose
/// actions change the tree, or our own short file of object types and bindings.
final class OverlayReader {
  private final Notes notes;
  private final TypeReader types;
  private final ClassReader classes;
  private final Map<String, Node.Member> bindings = new LinkedHashMap<>();
  private final Map<String, Node.Member> permissions = new LinkedHashMap<>();
  private @Nullable TenantRule tenant;

  OverlayReader(TypeReader types, ClassReader classes, Notes notes) {
    this.types = types;
    this.classes = classes;
    this.notes = notes;
  }

  /// What the short files say of operations, by name.
  Map<String, Node.Member> bindings() {
    return bindings;
  }

  /// What the short files say of who may call, by operation.
  Map<String, Node.Member> permissions() {
    return permissions;
  }

  /// What a short file says of the tenant, or null.
  @Nullable TenantRule tenant() {
    return tenant;
  }

  static boolean actions(Node overlay) {
    return overlay instanceof Obj object && object.get("overlay") != null;
  }

  /// The tree with the actions of an OpenAPI Overlay 1.0 applied in order.
  Obj applied(Obj contract, Obj overlay) {
    String version = Nodes.scalar(overlay.get("overlay"));
    if (version == null || !version.startsWith("1.")) {
      notes.problem(
          overlay.place(), "this version of OpenAPI Overlay is not read", "write `overlay: 1.0.0`");
    }
    Fields fields = new Fields(without(overlay), notes, "overlay", "info", "extends", "actions");
    List<Node> actions = fields.list("actions");
    if (actions == null) {
      if (!fields.has("actions")) {
        notes.problem(overlay.place(), "the overlay has no `actions`");
      }
      return contract;
    }
    Obj tree = contract;
    for (Node each : actions) {
      if (each instanceof Obj action) {
        tree =
            applied(
                tree,
                action,
                new Fields(without(action), notes, "target", "description", "update", "remove"));
      } else {
        notes.problem(each.place(), "an action should be a map, not " + Nodes.kind(each));
      }
    }
    return tree;
  }

  /// The words of others are theirs.
  private static Obj without(Obj object) {
    Map<String, Node.Member> members = new LinkedHashMap<>(object.members());
    members.keySet().removeIf(name -> name.startsWith("x-"));
    return new Obj(object.place(), members);
  }

  private Obj applied(Obj tree, Obj action, Fields fields) {
    Node.Text target = fields.text("target");
    if (target == null) {
      if (!fields.has("target")) {
        notes.problem(
            action.place(), "the action has no `target`", "write `target: $.paths['/orders'].get`");
      }
      return tree;
    }
    JsonPath path = JsonPathReader.read(target, notes);
    if (path == null) {
      return tree;
    }
    List<List<String>> places = path.select(tree);
    boolean remove = Nodes.isTrue(fields.node("remove"));
    if (places.isEmpty()) {
      unmatched(target.place(), target.value(), remove);
    }
    if (remove) {
      return removed(tree, places, target);
    }
    Node update = fields.node("update");
    if (update == null) {
      notes.problem(action.place(), "the action says neither `update` nor `remove: true`");
      return tree;
    }
    return updated(tree, places, update);
  }

  private void unmatched(Place place, String target, boolean remove) {
    String message = "`" + Nodes.shown(target) + "` matches nothing in the contract";
    if (remove) {
      notes.warning(place, message);
    } else {
      notes.problem(place, message, "what it should add would silently be missing");
    }
  }

  private Obj removed(Obj tree, List<List<String>> places, Node.Text target) {
    Obj result = tree;
    // from the last, so that earlier positions in a list stay what they are
    for (List<String> place : places.reversed()) {
      if (Trees.changed(result, place, node -> null) instanceof Obj object) {
        result = object;
      } else {
        notes.problem(target.place(), "the overlay removes the whole contract");
      }
    }
    return result;
  }

  private Obj updated(Obj tree, List<List<String>> places, Node update) {
    Obj result = tree;
    for (List<String> place : places) {
      Node changed = Trees.changed(result, place, node -> laidOver(node, update));
      if (changed instanceof Obj object) {
        result = object;
      }
    }
    return result;
  }

  private Node laidOver(Node node, Node update) {
    switch (node) {
      case Node.Arr list -> {
        List<Node> items = new java.util.ArrayList<>(list.items());
        items.add(update);
        return new Node.Arr(list.place(), items);
      }
      case Obj object when update instanceof Obj -> {
        return Trees.merged(object, update);
      }
      default -> {
        notes.problem(
            update.place(),
            "`update` is " + Nodes.kind(update) + " and its target is " + Nodes.kind(node),
            "target the map around it");
        return node;
      }
    }
  }

  /// Our own short file: `objects`, `classes`, `operations`, `permissions`, `tenant`.
  void bindings(Obj overlay) {
    Fields fields =
        new Fields(
            without(overlay), notes, "objects", "classes", "operations", "permissions", "tenant");
    types.read(fields.node("objects"));
    classes.read(fields.node("classes"));
    Obj operations = fields.map("operations");
    if (operations != null) {
      operations.entries().forEach(member -> bindings.put(member.name(), member));
    }
    Obj roles = fields.map("permissions");
    if (roles != null) {
      for (Node.Member member : roles.entries()) {
        Permission.read(member.value(), notes);
        permissions.put(member.name(), member);
      }
    }
    Node rule = fields.node("tenant");
    if (rule != null) {
      TenantRule read = TenantReader.rule(rule, notes);
      tenant = read == null ? tenant : read;
    }
  }
}

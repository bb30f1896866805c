package dev.gatewarden.gateway.binder.opaque;

import dev.gatewarden.core.contract.PropertyWords;
import dev.gatewarden.core.contract.SchemaSource;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Arr;
import dev.gatewarden.core.document.Node.Member;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.References;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is left of a schema when it promises nothing: where its values stand, and which of them are
/// ids. Every JSON document obeys it.
///
/// Of a choice each branch counts: rather too many places than too few.
public final class Skeleton {
  /// Under which a schema names the type whose ids it describes.
  static final String LABEL = "x-id-of";

  private static final String DEFINITIONS = "$defs";
  private static final List<String> LISTS = List.of("allOf", "anyOf", "oneOf");
  private static final List<String> SINGLE = List.of("then", "else");
  private static final List<String> MAPS = List.of("properties", "patternProperties");
  private static final int DEEPEST = 400;
  private static final int MOST_STEPS = 16;

  private final References references;
  private final Place place;
  private final Map<Node, String> names = new IdentityHashMap<>();
  private final Map<String, Node> definitions = new LinkedHashMap<>();
  private boolean holdsIds;

  private Skeleton(SchemaSource source) {
    this.references = source.references();
    Place at = source.schema().place();
    // a document of its own, so that what it refers to is found in itself
    this.place = new Place(at.origin(), at.line(), at.column(), Place.Path.ROOT);
  }

  /// Whether an id of an opaque type stands below a schema.
  public static boolean holdsIds(@Nullable SchemaSource source) {
    return source != null && of(source) != null;
  }

  /// The members of an object that hold an id each, or a list of them, with the names of their
  /// types; null where one stands deeper.
  public static @Nullable Map<String, String> members(SchemaSource source) {
    Map<String, String> members = new LinkedHashMap<>();
    Node skeleton = of(source);
    return skeleton == null || Members.of(skeleton).in(skeleton, members, 0) ? members : null;
  }

  /// Walks a skeleton.
  ///
  /// @param seen what was looked at already, by depth
  private record Members(Node root, List<Set<Node>> seen) {
    private static final int DEEP = 3;

    static Members of(Node root) {
      List<Set<Node>> seen = new ArrayList<>();
      for (int i = 0; i <= DEEP; i++) {
        seen.add(Collections.newSetFromMap(new IdentityHashMap<>()));
      }
      return new Members(root, seen);
    }

    /// @param depth 0 for the object, 1 for a member, 2 for an item of one
    /// @return whether no id stands deeper
    boolean in(Node node, Map<String, String> found, int depth) {
      if (!(node instanceof Obj object) || !seen.get(depth).add(node)) {
        return true;
      }
      boolean shallow = depth < DEEP || object.get(LABEL) == null;
      if (object.get("allOf") instanceof Arr all) {
        for (Node each : all.items()) {
          shallow &= in(target(each), found, depth);
        }
      }
      if (object.get("properties") instanceof Obj named) {
        for (Member member : named.entries()) {
          String type = depth == 0 ? type(member.value(), 0) : null;
          if (type != null) {
            found.put(member.name(), type);
          }
          shallow &= in(target(member.value()), found, depth == 0 ? 1 : DEEP);
        }
      }
      if (object.get("additionalProperties") instanceof Obj further) {
        shallow &= in(target(further), found, DEEP);
      }
      if (object.get("items") instanceof Obj items) {
        shallow &= in(target(items), found, depth == 1 ? 2 : DEEP);
      }
      return shallow;
    }

    /// The type whose ids a member holds, or a list of them.
    private @Nullable String type(Node value, int steps) {
      if (!(target(value) instanceof Obj object) || steps > MOST_STEPS) {
        return null;
      }
      if (object.get(LABEL) instanceof Node.Text said) {
        return said.value();
      }
      if (object.get("allOf") instanceof Arr all) {
        for (Node each : all.items()) {
          String type = type(each, steps + 1);
          if (type != null) {
            return type;
          }
        }
      }
      Node items = object.get("items");
      return items == null ? null : type(items, steps + 1);
    }

    private Node target(Node node) {
      if (node instanceof Obj object
          && object.get("$ref") instanceof Node.Text reference
          && root instanceof Obj document
          && document.get(DEFINITIONS) instanceof Obj definitions) {
        Node found = definitions.get(reference.value().substring(DEFINITIONS.length() + 3));
        return found == null ? node : found;
      }
      return node;
    }
  }

  /// The skeleton; null where no id stands below the schema.
  static @Nullable Node of(SchemaSource source) {
    Skeleton skeleton = new Skeleton(source);
    Map<String, Member> members = new LinkedHashMap<>();
    put(members, "allOf", skeleton.list(List.of(skeleton.of(source.schema(), 0))));
    if (!skeleton.holdsIds) {
      return null;
    }
    put(members, DEFINITIONS, skeleton.map(skeleton.definitions));
    return new Obj(skeleton.place, members);
  }

  private Node of(Node schema, int depth) {
    if (!(schema instanceof Obj object) || depth > DEEPEST) {
      return new Node.Bool(place, true);
    }
    Map<String, Member> members = new LinkedHashMap<>();
    String type = type(object);
    if (type != null) {
      put(members, LABEL, new Node.Text(place, type));
      holdsIds = true;
    }
    List<Node> all = new ArrayList<>();
    if (object.get("$ref") instanceof Node.Text reference) {
      refer(reference, all, depth);
    }
    for (String word : LISTS) {
      if (object.get(word) instanceof Arr branches) {
        branches.items().forEach(each -> all.add(of(each, depth + 1)));
      }
    }
    for (String word : SINGLE) {
      if (object.get(word) instanceof Obj branch) {
        all.add(of(branch, depth + 1));
      }
    }
    if (object.get("dependentSchemas") instanceof Obj dependent) {
      dependent.entries().forEach(each -> all.add(of(each.value(), depth + 1)));
    }
    kinds(object, all, depth);
    if (!all.isEmpty()) {
      put(members, "allOf", list(all));
    }
    values(object, members, depth);
    return members.isEmpty() ? new Node.Bool(place, true) : new Obj(place, members);
  }

  /// The opaque type whose ids a schema describes.
  public static @Nullable String type(Obj schema) {
    if (schema.get(PropertyWords.ID) instanceof Node.Text said) {
      return said.value();
    }
    return schema.get(PropertyWords.PART) instanceof Node.Text part
            && part.value().startsWith("id ")
        ? part.value().substring(3)
        : null;
  }

  private void kinds(Obj object, List<Node> all, int depth) {
    if (object.get("discriminator") instanceof Obj discriminator
        && discriminator.get("mapping") instanceof Obj mapping) {
      for (Member each : mapping.entries()) {
        if (each.value() instanceof Node.Text target) {
          boolean bare = target.value().indexOf('#') < 0 && target.value().indexOf('.') < 0;
          String reference = bare ? "#/components/schemas/" + target.value() : target.value();
          refer(new Node.Text(target.place(), reference), all, depth);
        }
      }
    }
  }

  private void values(Obj object, Map<String, Member> members, int depth) {
    for (String word : MAPS) {
      if (object.get(word) instanceof Obj named) {
        Map<String, Node> below = new LinkedHashMap<>();
        named.entries().forEach(each -> below.put(each.name(), of(each.value(), depth + 1)));
        put(members, word, map(below));
      }
    }
    Node rest = first(object, "additionalProperties", "unevaluatedProperties");
    if (rest != null) {
      put(members, "additionalProperties", of(rest, depth + 1));
    }
    if (object.get("prefixItems") instanceof Arr items) {
      List<Node> below = new ArrayList<>();
      items.items().forEach(each -> below.add(of(each, depth + 1)));
      put(members, "prefixItems", list(below));
    }
    Node items = first(object, "items", "unevaluatedItems");
    if (items != null) {
      put(members, "items", of(items, depth + 1));
    }
  }

  private static @Nullable Node first(Obj object, String one, String other) {
    if (object.get(one) instanceof Obj found) {
      return found;
    }
    return object.get(other) instanceof Obj found ? found : null;
  }

  private void refer(Node.Text reference, List<Node> all, int depth) {
    if (references.resolve(reference.value(), reference.place())
        instanceof References.Resolution.Found(Node target)) {
      String name = names.get(target);
      if (name == null) {
        name = "d" + names.size();
        names.put(target, name);
        definitions.put(name, of(target, depth + 1));
      }
      Map<String, Member> members = new LinkedHashMap<>();
      put(members, "$ref", new Node.Text(place, "#/" + DEFINITIONS + "/" + name));
      all.add(new Obj(place, members));
    }
  }

  private Node list(List<Node> items) {
    return new Arr(place, items);
  }

  private Node map(Map<String, Node> nodes) {
    Map<String, Member> members = new LinkedHashMap<>();
    nodes.forEach((name, node) -> put(members, name, node));
    return new Obj(place, members);
  }

  private static void put(Map<String, Member> members, String name, Node node) {
    members.put(name, new Member(name, node.place(), node));
  }
}

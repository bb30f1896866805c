package dev.gatewarden.core.schema;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.References;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The schemas that references can lead to: by address, by anchor, by pointer (JSON Schema 2020-12
/// core, section 8.2).
final class Resources {
  private static final Set<String> ONE =
      Set.of(
          "items",
          "additionalItems",
          "contains",
          "additionalProperties",
          "propertyNames",
          "not",
          "if",
          "then",
          "else",
          "unevaluatedItems",
          "unevaluatedProperties");
  private static final Set<String> LISTS =
      Set.of("allOf", "anyOf", "oneOf", "prefixItems", "items");
  private static final Set<String> MAPS =
      Set.of(
          "properties",
          "patternProperties",
          "$defs",
          "definitions",
          "dependentSchemas",
          "dependencies");

  private final Dialect dialect;
  private final References references;
  private final List<Problem> problems;
  private final Map<String, Node> roots = new HashMap<>();
  private final Map<String, Node> anchors = new HashMap<>();
  private final Map<String, Map<String, Node>> dynamicAnchors = new HashMap<>();
  private final IdentityHashMap<Node, URI> bases = new IdentityHashMap<>();

  Resources(Dialect dialect, References references, List<Problem> problems) {
    this.dialect = dialect;
    this.references = references;
    this.problems = problems;
  }

  /// The schema a compilation begins with.
  Part root(Node schema) {
    URI address = schema.place().origin().address();
    if (dialect.openApi()) {
      return new Part(schema, address, Map.of());
    }
    if (schema.place().path().equals(Place.Path.ROOT)) {
      roots.putIfAbsent(plain(address), schema);
    }
    index(schema, address);
    return entering(schema, bases.getOrDefault(schema, address), Map.of());
  }

  /// A schema within another.
  Part child(Part parent, Node schema) {
    URI base = bases.get(schema);
    if (base == null || base.equals(parent.base())) {
      return new Part(schema, parent.base(), parent.dynamic());
    }
    return entering(schema, base, parent.dynamic());
  }

  /// Where a reference leads, or null after noting the problem.
  @Nullable Part target(Part from, String reference) {
    Node target = find(from.base(), reference, from.schema());
    return target == null
        ? null
        : entering(target, baseOf(target, from.base(), reference), from.dynamic());
  }

  /// Where a dynamic reference leads (section 8.2.3.2), or null after noting the problem.
  @Nullable Part dynamicTarget(Part from, String reference) {
    Part target = target(from, reference);
    int hash = reference.indexOf('#');
    if (target == null || hash < 0) {
      return target;
    }
    String anchor = reference.substring(hash + 1);
    Map<String, Node> here = dynamicAnchors.getOrDefault(plain(target.base()), Map.of());
    Node outermost = from.dynamic().get(anchor);
    if (here.get(anchor) != target.schema() || outermost == null) {
      return target;
    }
    return entering(outermost, bases.getOrDefault(outermost, target.base()), from.dynamic());
  }

  /// The named schemas of the contract a schema stands in; none outside of contracts.
  Map<String, Part> components(Part at) {
    Map<String, Part> found = new LinkedHashMap<>();
    if (dialect.openApi()
        && references.resolve("#/components/schemas", at.schema().place())
            instanceof References.Resolution.Found(Node.Obj schemas)) {
      for (Node.Member member : schemas.entries()) {
        found.put(member.name(), new Part(member.value(), at.base(), at.dynamic()));
      }
    }
    return found;
  }

  private Part entering(Node schema, URI base, Map<String, Node> dynamic) {
    Map<String, Node> anchorsHere = dynamicAnchors.get(plain(base));
    if (anchorsHere == null || dynamic.keySet().containsAll(anchorsHere.keySet())) {
      return new Part(schema, base, dynamic);
    }
    Map<String, Node> merged = new HashMap<>(anchorsHere);
    merged.putAll(dynamic);
    return new Part(schema, base, Map.copyOf(merged));
  }

  private URI baseOf(Node target, URI from, String reference) {
    URI base = bases.get(target);
    if (base != null) {
      return base;
    }
    return reference.startsWith("#") ? from : target.place().origin().address();
  }

  private @Nullable Node find(URI base, String reference, Node at) {
    if (dialect.openApi()) {
      return follow(reference, at.place());
    }
    int hash = reference.indexOf('#');
    String address = hash < 0 ? reference : reference.substring(0, hash);
    String fragment = hash < 0 ? "" : reference.substring(hash + 1);
    Node root = document(base, address, reference, at);
    if (root == null) {
      return null;
    }
    Node found;
    fragment = decoded(fragment);
    if (fragment.isEmpty()) {
      found = root;
    } else if (fragment.charAt(0) == '/') {
      found = pointer(root, fragment);
    } else {
      URI place = bases.getOrDefault(root, base);
      found = anchors.get(plain(place) + "#" + fragment);
    }
    return found == null ? unresolved(reference, at) : found;
  }

  /// Percent-decoded (RFC 3986, section 2.1); what is no escape stays.
  private static String decoded(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] raw = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    for (int i = 0; i < raw.length; i++) {
      int high = raw[i] == '%' && i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
      int low = high < 0 ? -1 : Character.digit(raw[i + 2], 16);
      plain.write(low < 0 ? raw[i] : high << 4 | low);
      i += low < 0 ? 0 : 2;
    }
    return plain.toString(StandardCharsets.UTF_8);
  }

  private @Nullable Node document(URI base, String address, String reference, Node at) {
    URI target;
    try {
      target = address.isEmpty() ? base : base.resolve(address);
    } catch (IllegalArgumentException e) {
      return unresolved(reference, at);
    }
    String key = plain(target);
    Node root = roots.get(key);
    if (root == null) {
      root = follow(key, at.place());
      if (root == null) {
        return null;
      }
      roots.put(key, root);
      index(root, target);
    }
    return root;
  }

  private @Nullable Node follow(String reference, Place from) {
    return switch (references.resolve(reference, from)) {
      case References.Resolution.Found(Node node) -> node;
      case References.Resolution.Missing(Problem problem) -> {
        problems.add(problem);
        yield null;
      }
    };
  }

  private @Nullable Node unresolved(String reference, Node at) {
    problems.add(new Problem(at.place(), "the reference `" + reference + "` leads nowhere"));
    return null;
  }

  private static @Nullable Node pointer(Node root, String pointer) {
    Node node = root;
    for (String raw : pointer.substring(1).split("/", -1)) {
      String token = raw.replace("~1", "/").replace("~0", "~");
      Node next =
          switch (node) {
            case Node.Obj object -> object.get(token);
            case Node.Arr(var place, var items) -> item(items, token);
            case Node.Text _, Node.Num _, Node.Bool _, Node.Null _ -> null;
          };
      if (next == null) {
        return null;
      }
      node = next;
    }
    return node;
  }

  private static @Nullable Node item(List<Node> items, String token) {
    if (!token.matches("0|[1-9][0-9]{0,8}")) {
      return null;
    }
    int index = Integer.parseInt(token);
    return index < items.size() ? items.get(index) : null;
  }

  /// Notes every address and anchor within a schema; only places where schemas stand are looked at.
  private void index(Node schema, URI outer) {
    if (!(schema instanceof Node.Obj object) || bases.containsKey(schema)) {
      return;
    }
    URI base = outer;
    String id = text(object, dialect == Dialect.DRAFT_4 ? "id" : "$id");
    boolean silenced = dialect.referenceStandsAlone() && text(object, "$ref") != null;
    if (id != null && !silenced) {
      base = identified(object, id, outer);
    }
    bases.put(object, base);
    String anchor = dialect.modern() ? text(object, "$anchor") : null;
    if (anchor != null) {
      anchors.put(plain(base) + "#" + anchor, object);
    }
    String dynamic = dialect.modern() ? text(object, "$dynamicAnchor") : null;
    if (dynamic != null) {
      anchors.put(plain(base) + "#" + dynamic, object);
      dynamicAnchors.computeIfAbsent(plain(base), key -> new HashMap<>()).put(dynamic, object);
    }
    if (!silenced) {
      indexBelow(object, base);
    } else if (object.get("definitions") instanceof Node.Obj definitions) {
      for (Node.Member entry : definitions.entries()) {
        index(entry.value(), base);
      }
    }
  }

  private URI identified(Node.Obj schema, String id, URI outer) {
    int hash = id.indexOf('#');
    try {
      if (hash == 0) {
        anchors.put(plain(outer) + id, schema);
        return outer;
      }
      URI base = outer.resolve(hash < 0 ? id : id.substring(0, hash));
      roots.put(plain(base), schema);
      if (hash > 0 && hash + 1 < id.length()) {
        anchors.put(plain(base) + id.substring(hash), schema);
      }
      return base;
    } catch (IllegalArgumentException e) {
      problems.add(new Problem(schema.place(), "`" + id + "` is not an address"));
      return outer;
    }
  }

  private void indexBelow(Node.Obj object, URI base) {
    for (Node.Member member : object.entries()) {
      if (ONE.contains(member.name())) {
        index(member.value(), base);
      }
      if (LISTS.contains(member.name())
          && member.value() instanceof Node.Arr(var place, var items)) {
        items.forEach(item -> index(item, base));
      }
      if (MAPS.contains(member.name()) && member.value() instanceof Node.Obj schemas) {
        schemas.entries().forEach(entry -> index(entry.value(), base));
      }
    }
  }

  private static @Nullable String text(Node.Obj schema, String key) {
    return schema.get(key) instanceof Node.Text(var place, String value) ? value : null;
  }

  private static String plain(URI address) {
    String text = address.toString();
    int hash = text.indexOf('#');
    return hash < 0 ? text : text.substring(0, hash);
  }
}

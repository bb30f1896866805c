package dev.gatewarden.core.schema;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.References;
import dev.gatewarden.core.schema.metaschema.Metaschemas;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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

  /// What a schema's place brings along.
  private record Home(URI base, Language language) {}

  private final boolean contract;
  private final Language initial;
  private final Languages languages;
  private final References references;
  private final List<Problem> problems;
  private final Map<String, Node> roots = new HashMap<>();
  private final Map<String, Node> anchors = new HashMap<>();
  private final Map<String, Map<String, Node>> dynamicAnchors = new HashMap<>();
  private final IdentityHashMap<Node, Home> homes = new IdentityHashMap<>();
  private final Map<URI, Language> contracts = new HashMap<>();

  Resources(Options options, List<Problem> problems) {
    contract = options.dialect().openApi();
    initial = Language.of(options.dialect());
    references = options.references();
    languages = new Languages(options.stated(), this::published, problems);
    this.problems = problems;
  }

  /// The schema a compilation begins with.
  Part root(Node schema) {
    URI address = schema.place().origin().address();
    Language language = initial;
    if (contract) {
      language = inContract(schema.place().origin());
    }
    if (schema.place().path().equals(Place.Path.ROOT)) {
      roots.putIfAbsent(plain(address), schema);
    }
    if (initial.dialect() != Dialect.OPENAPI_3_0) {
      index(schema, address, language);
    }
    Home home = homes.get(schema);
    return home == null
        ? new Part(schema, address, Map.of(), language)
        : entering(schema, home.base(), Map.of(), home.language());
  }

  /// A schema within another.
  Part child(Part parent, Node schema) {
    Home home = homes.get(schema);
    if (home == null) {
      return new Part(schema, parent.base(), parent.dynamic(), parent.language());
    }
    return home.base().equals(parent.base())
        ? new Part(schema, parent.base(), parent.dynamic(), home.language())
        : entering(schema, home.base(), parent.dynamic(), home.language());
  }

  /// Where a reference leads, or null after noting the problem.
  @Nullable Part target(Part from, String reference) {
    Node target = find(from.base(), reference, from.schema());
    if (target == null) {
      return null;
    }
    Home home = homes.get(target);
    if (home == null && contract && initial.dialect() != Dialect.OPENAPI_3_0) {
      Language language = inContract(target.place().origin());
      index(target, target.place().origin().address(), language);
      home = homes.get(target);
    }
    if (home != null) {
      return entering(target, home.base(), from.dynamic(), home.language());
    }
    return reference.startsWith("#")
        ? entering(target, from.base(), from.dynamic(), from.language())
        : entering(target, target.place().origin().address(), from.dynamic(), initial);
  }

  /// Where a dynamic reference leads (section 8.2.3.2; 2019-09 core, section 8.2.4.2), or null
  /// after noting the problem.
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
    Home home = homes.get(outermost);
    return home == null
        ? target
        : entering(outermost, home.base(), from.dynamic(), home.language());
  }

  /// The named schemas of the contract a schema stands in; none outside of contracts.
  Map<String, Part> components(Part at) {
    Map<String, Part> found = new LinkedHashMap<>();
    if (contract
        && references.resolve("#/components/schemas", at.schema().place())
            instanceof References.Resolution.Found(Node.Obj schemas)) {
      for (Node.Member member : schemas.entries()) {
        found.put(member.name(), child(at, member.value()));
      }
    }
    return found;
  }

  /// The language of a contract's schemas; the first time, its schemas are searched for addresses
  /// and anchors (OpenAPI 3.1.0, section 4.8.24.5).
  private Language inContract(Place.Origin origin) {
    if (initial.dialect() == Dialect.OPENAPI_3_0) {
      return initial;
    }
    URI address = origin.address();
    Language known = contracts.get(address);
    if (known != null) {
      return known;
    }
    contracts.put(address, initial);
    Place top = new Place(origin, 1, 1, Place.Path.ROOT);
    if (!(references.resolve("#", top) instanceof References.Resolution.Found(Node.Obj document))
        || document.get("openapi") == null) {
      return initial;
    }
    Language language =
        document.get("jsonSchemaDialect") instanceof Node.Text stated
            ? languages.named(stated, initial)
            : initial;
    contracts.put(address, language);
    schemas(document, address, language);
    return language;
  }

  /// Notes the schemas of a contract, wherever they stand in it.
  private void schemas(Node node, URI address, Language language) {
    if (node instanceof Node.Arr(var place, var items)) {
      items.forEach(item -> schemas(item, address, language));
    }
    if (!(node instanceof Node.Obj object)) {
      return;
    }
    for (Node.Member member : object.entries()) {
      if (member.name().equals("schema")) {
        index(member.value(), address, language);
      } else if (member.name().equals("schemas") && member.value() instanceof Node.Obj named) {
        named.entries().forEach(entry -> index(entry.value(), address, language));
      } else if (!member.name().startsWith("example") && !member.name().startsWith("x-")) {
        schemas(member.value(), address, language);
      }
    }
  }

  private Part entering(Node schema, URI base, Map<String, Node> dynamic, Language language) {
    Map<String, Node> anchorsHere = dynamicAnchors.get(plain(base));
    if (anchorsHere == null || dynamic.keySet().containsAll(anchorsHere.keySet())) {
      return new Part(schema, base, dynamic, language);
    }
    Map<String, Node> merged = new HashMap<>(anchorsHere);
    merged.putAll(dynamic);
    return new Part(schema, base, Map.copyOf(merged), language);
  }

  private @Nullable Node find(URI base, String reference, Node at) {
    if (!contract || Metaschemas.has(plain(at.place().origin().address()))) {
      return find(base, reference, at, problems);
    }
    Node known = known(base, reference, at);
    return known != null ? known : follow(reference, at.place());
  }

  /// What a contract's reference leads to by an address or an anchor that a schema gave itself, or
  /// by that of a metaschema.
  private @Nullable Node known(URI base, String reference, Node at) {
    int hash = reference.indexOf('#');
    String address = hash < 0 ? reference : reference.substring(0, hash);
    try {
      String key = plain(address.isEmpty() ? base : base.resolve(address));
      if (roots.containsKey(key) || Metaschemas.has(key)) {
        return find(base, reference, at, new ArrayList<>());
      }
      return hash < 0 ? null : anchors.get(key + reference.substring(hash));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private @Nullable Node find(URI base, String reference, Node at, List<Problem> problems) {
    int hash = reference.indexOf('#');
    String address = hash < 0 ? reference : reference.substring(0, hash);
    String fragment = hash < 0 ? "" : reference.substring(hash + 1);
    Node root = document(base, address, reference, at, problems);
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
      Home home = homes.get(root);
      found = anchors.get(plain(home == null ? base : home.base()) + "#" + fragment);
    }
    return found == null ? unresolved(reference, at, problems) : found;
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

  private @Nullable Node document(
      URI base, String address, String reference, Node at, List<Problem> problems) {
    URI target;
    try {
      target = address.isEmpty() ? base : base.resolve(address);
    } catch (IllegalArgumentException e) {
      return unresolved(reference, at, problems);
    }
    String key = plain(target);
    Node root = roots.get(key);
    if (root == null) {
      root = follow(key, at.place());
      if (root == null) {
        return null;
      }
      roots.put(key, root);
      index(root, target, initial);
    }
    return root;
  }

  private @Nullable Node follow(String reference, Place from) {
    return switch (published(reference, from)) {
      case References.Resolution.Found(Node node) -> node;
      case References.Resolution.Missing(Problem problem) -> {
        problems.add(problem);
        yield null;
      }
    };
  }

  /// A metaschema is the product's own, whatever may be read.
  private References.Resolution published(String reference, Place from) {
    Node metaschema = Metaschemas.at(reference);
    return metaschema == null
        ? references.resolve(reference, from)
        : new References.Resolution.Found(metaschema);
  }

  private static @Nullable Node unresolved(String reference, Node at, List<Problem> problems) {
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
  private void index(Node schema, URI outer, Language around) {
    if (!(schema instanceof Node.Obj object) || homes.containsKey(schema)) {
      return;
    }
    Language language = languages.of(object, around);
    Dialect dialect = language.dialect();
    URI base = outer;
    String id = text(object, dialect == Dialect.DRAFT_4 ? "id" : "$id");
    boolean silenced = dialect.referenceStandsAlone() && text(object, "$ref") != null;
    if (id != null && !silenced) {
      base = identified(object, id, outer);
    }
    homes.put(object, new Home(base, language));
    if (dialect.modern()) {
      anchored(object, base, dialect);
    }
    if (!silenced) {
      indexBelow(object, base, language);
    } else if (object.get("definitions") instanceof Node.Obj definitions) {
      for (Node.Member entry : definitions.entries()) {
        index(entry.value(), base, language);
      }
    }
  }

  private void anchored(Node.Obj object, URI base, Dialect dialect) {
    String anchor = text(object, "$anchor");
    if (anchor != null) {
      anchors.put(plain(base) + "#" + anchor, object);
    }
    boolean recursive =
        dialect == Dialect.DRAFT_2019_09
            && object.get("$recursiveAnchor") instanceof Node.Bool(var place, boolean truth)
            && truth;
    String dynamic = recursive ? "" : dialect.newest() ? text(object, "$dynamicAnchor") : null;
    if (dynamic != null) {
      anchors.put(plain(base) + "#" + dynamic, object);
      dynamicAnchors
          .computeIfAbsent(plain(base), key -> new HashMap<>())
          .putIfAbsent(dynamic, object);
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

  private void indexBelow(Node.Obj object, URI base, Language language) {
    for (Node.Member member : object.entries()) {
      if (ONE.contains(member.name())) {
        index(member.value(), base, language);
      }
      if (LISTS.contains(member.name())
          && member.value() instanceof Node.Arr(var place, var items)) {
        items.forEach(item -> index(item, base, language));
      }
      if (MAPS.contains(member.name()) && member.value() instanceof Node.Obj schemas) {
        schemas.entries().forEach(entry -> index(entry.value(), base, language));
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

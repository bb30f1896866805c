package dev.gatewarden.controls.guards.access;

import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.Grant;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.PointerPattern;
import dev.gatewarden.core.contract.PropertyWords;
import dev.gatewarden.core.contract.Responses;
import dev.gatewarden.core.contract.SchemaSource;
import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.References;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The properties that the answers of one operation promise, by the names a query can give them,
/// and who may read each.
///
/// A name is what leads from the object to the property, parted by points: `total`, `lines.cost`.
/// Gathered when the plan is made, so that judging a name is one look into a table.
final class NamedProperties {
  private static final int DEEPEST = 4;
  private static final int MOST = 2000;
  private static final List<String> BRANCHES = List.of("allOf", "anyOf", "oneOf");
  private static final List<String> SINGLE = List.of("if", "then", "else");

  private final Map<String, List<Grant>> classes;
  private final Map<String, List<List<Grant>>> byName = new HashMap<>();
  private final Map<String, List<List<Grant>>> loosely = new HashMap<>();
  private final Map<String, List<List<Grant>>> open = new HashMap<>();

  private NamedProperties(Map<String, List<Grant>> classes) {
    this.classes = classes;
  }

  /// Those of the successful answers of an operation.
  ///
  /// @param classes who may read the properties of a data class
  static NamedProperties of(Operation operation, Map<String, List<Grant>> classes) {
    NamedProperties named = new NamedProperties(classes);
    boolean any = false;
    for (Responses.Promised promised : operation.responses().byStatus().values()) {
      if (promised.status().startsWith("2")) {
        named.content(operation, promised.content());
        any = true;
      }
    }
    Responses.Promised rest = operation.responses().byStatus().get("default");
    if (!any && rest != null) {
      named.content(operation, rest.content());
    }
    return named;
  }

  /// Who may read the property of that name: one of each list; null where none is promised.
  @Nullable List<List<Grant>> of(String name) {
    List<List<Grant>> exactly = byName.get(name);
    if (exactly != null || open.isEmpty()) {
      return exactly;
    }
    for (String above = name; !above.isEmpty(); ) {
      int point = above.lastIndexOf('.');
      above = point < 0 ? "" : above.substring(0, point);
      List<List<Grant>> further = open.get(above);
      if (further != null) {
        return further;
      }
      if (byName.containsKey(above)) {
        return null;
      }
    }
    return null;
  }

  /// Who may read a restricted property that a word may mean, however it is written; null where
  /// there is none.
  @Nullable List<List<Grant>> like(String word) {
    return loosely.isEmpty() ? null : loosely.get(loose(word));
  }

  /// Whether any property is not for everybody.
  boolean restricts() {
    return !loosely.isEmpty();
  }

  /// Whether nothing is promised at all, so that no name can be told from another.
  boolean isEmpty() {
    return byName.isEmpty();
  }

  /// `order_by`, `orderBy` and `OrderBy` are one word.
  static String loose(String word) {
    StringBuilder plain = new StringBuilder(word.length());
    for (int i = 0; i < word.length(); i++) {
      if (Character.isLetterOrDigit(word.charAt(i))) {
        plain.append(word.charAt(i));
      }
    }
    return plain.toString().toLowerCase(Locale.ROOT);
  }

  private void content(Operation operation, Content content) {
    for (Content.MediaType type : content.types().values()) {
      source(operation, type.schema(), false);
      source(operation, type.items(), true);
    }
  }

  /// @param item whether the schema is already that of an item
  private void source(Operation operation, @Nullable SchemaSource source, boolean item) {
    if (source == null) {
      return;
    }
    References references = source.references();
    List<Node.Obj> body = expanded(List.of(source.schema()), references);
    object(body, references, "", List.of(), 0);
    for (ObjectBinding binding : operation.objects().list()) {
      if (!item && binding.items() instanceof Selector.ResponseBody(PointerPattern at)) {
        List<Node.Obj> there = reached(body, at, references);
        List<Node.Obj> items =
            binding.does() == ObjectBinding.Does.READ ? there : items(there, references);
        object(items, references, "", List.of(), 0);
        resource(items, references);
      }
    }
    if (operation.objects().list().isEmpty()) {
      object(items(body, references), references, "", List.of(), 0);
    }
    resource(body, references);
  }

  /// JSON:API keeps the properties of a resource one level down, and its queries leave that out.
  private void resource(List<Node.Obj> object, References references) {
    for (String word : List.of("attributes", "relationships")) {
      object(member(object, word, references), references, "", List.of(), 0);
    }
  }

  private static List<Node.Obj> reached(
      List<Node.Obj> from, PointerPattern at, References references) {
    List<Node.Obj> here = from;
    for (PointerPattern.Step step : at.steps()) {
      here =
          switch (step) {
            case PointerPattern.Name(String name) -> member(here, name, references);
            case PointerPattern.Each() -> items(here, references);
            case PointerPattern.EachName() -> List.<Node.Obj>of();
          };
    }
    return here;
  }

  private void object(
      List<Node.Obj> schemas,
      References references,
      String above,
      List<List<Grant>> inherited,
      int depth) {
    if (depth > DEEPEST) {
      return;
    }
    Set<String> names = new HashSet<>();
    List<Node> further = new ArrayList<>();
    boolean closed = false;
    for (Node.Obj schema : schemas) {
      Node more = schema.get("additionalProperties");
      boolean may =
          more instanceof Node.Obj || (more instanceof Node.Bool(var _, boolean is) && is);
      if (may) {
        further.add(more);
      }
      if (schema.get("properties") instanceof Node.Obj properties) {
        names.addAll(properties.members().keySet());
        closed |= !may;
      }
    }
    if (!closed && !further.isEmpty()) {
      open.merge(
          above, restricted(expanded(further, references), inherited), NamedProperties::both);
    }
    for (String name : names) {
      if (byName.size() >= MOST) {
        return;
      }
      List<Node.Obj> value = member(schemas, name, references);
      List<List<Grant>> who = restricted(value, inherited);
      String full = above.isEmpty() ? name : above + "." + name;
      byName.merge(full, who, NamedProperties::both);
      if (!who.isEmpty()) {
        loosely.merge(loose(full), who, NamedProperties::both);
        loosely.merge(loose(name), who, NamedProperties::both);
      }
      object(value, references, full, who, depth + 1);
      object(items(value, references), references, full, who, depth + 1);
    }
  }

  /// One of each list of both.
  private static List<List<Grant>> both(List<List<Grant>> one, List<List<Grant>> other) {
    if (one.equals(other) || other.isEmpty()) {
      return one;
    }
    List<List<Grant>> all = new ArrayList<>(one);
    other.stream().filter(each -> !all.contains(each)).forEach(all::add);
    return List.copyOf(all);
  }

  private List<List<Grant>> restricted(List<Node.Obj> value, List<List<Grant>> inherited) {
    List<List<Grant>> all = inherited;
    for (Node.Obj schema : value) {
      if (schema.get(PropertyWords.READ) instanceof Node.Arr(var _, List<Node> words)) {
        all = both(all, List.of(grants(words)));
      }
      List<Grant> may =
          schema.get(PropertyWords.CLASS) instanceof Node.Text(var _, String name)
              ? classes.get(name)
              : null;
      if (may != null) {
        all = both(all, List.of(may));
      }
    }
    return all;
  }

  private static List<Grant> grants(List<Node> words) {
    List<Grant> grants = new ArrayList<>();
    for (Node word : words) {
      Grant grant = word instanceof Node.Text(var _, String text) ? Grant.parse(text) : null;
      if (grant != null) {
        grants.add(grant);
      }
    }
    return List.copyOf(grants);
  }

  private static List<Node.Obj> member(List<Node.Obj> from, String name, References references) {
    List<Node> found = new ArrayList<>();
    for (Node.Obj schema : from) {
      Node value =
          schema.get("properties") instanceof Node.Obj properties ? properties.get(name) : null;
      if (value != null) {
        found.add(value);
      }
    }
    return expanded(found, references);
  }

  private static List<Node.Obj> items(List<Node.Obj> from, References references) {
    List<Node> found = new ArrayList<>();
    for (Node.Obj schema : from) {
      Node items = schema.get("items");
      if (items != null) {
        found.add(items);
      }
      if (schema.get("prefixItems") instanceof Node.Arr(var _, List<Node> each)) {
        found.addAll(each);
      }
      if (schema.get("additionalProperties") instanceof Node.Obj member) {
        found.add(member);
      }
    }
    return expanded(found, references);
  }

  /// The schemas with all their branches, references followed.
  static List<Node.Obj> expanded(List<Node> schemas, References references) {
    Set<Node> visited = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Node.Obj> all = new ArrayList<>();
    schemas.forEach(each -> expand(each, references, visited, all));
    return all;
  }

  private static void expand(
      Node node, References references, Set<Node> visited, List<Node.Obj> all) {
    if (!(node instanceof Node.Obj schema) || !visited.add(node)) {
      return;
    }
    if (schema.get("$ref") instanceof Node.Text(var place, String reference)
        && references.resolve(reference, place)
            instanceof References.Resolution.Found(Node target)) {
      expand(target, references, visited, all);
    }
    all.add(schema);
    for (String word : BRANCHES) {
      if (schema.get(word) instanceof Node.Arr(var _, List<Node> each)) {
        each.forEach(one -> expand(one, references, visited, all));
      }
    }
    for (String word : SINGLE) {
      Node one = schema.get(word);
      if (one != null) {
        expand(one, references, visited, all);
      }
    }
  }
}

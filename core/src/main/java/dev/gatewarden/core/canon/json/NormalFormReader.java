package dev.gatewarden.core.canon.json;

import dev.gatewarden.core.document.Nearest;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.References;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads `x-gatewarden-normalize` out of a schema and all it refers to.
///
/// What is done to a value cannot hang on which alternative of a schema it obeys, for it is done
/// before anybody judges: a word counts where any schema says it that may describe the value.
public final class NormalFormReader {
  public static final String WORD = "x-gatewarden-normalize";

  private static final List<String> WORDS = List.of("trim", "lower-case", "nfc", "unique-items");
  private static final List<String> ALTERNATIVES = List.of("allOf", "anyOf", "oneOf");
  private static final List<String> CONDITIONS = List.of("if", "then", "else");

  private final References references;
  private final List<Problem> problems;
  private final IdentityHashMap<Node, Integer> numbers = new IdentityHashMap<>();
  private final Map<Set<Integer>, NormalForm> known = new HashMap<>();
  private final Map<NormalForm, Node> patterned = new IdentityHashMap<>();
  private final Set<Node> complained = java.util.Collections.newSetFromMap(new IdentityHashMap<>());

  /// @param problems where everything is added that is said and cannot be done
  public NormalFormReader(References references, List<Problem> problems) {
    this.references = references;
    this.problems = problems;
  }

  /// The declared form, or null where nothing is declared anywhere below the schema.
  public @Nullable NormalForm read(Node schema) {
    NormalForm root = form(List.of(schema));
    if (root == null) {
      return null;
    }
    Set<NormalForm> useful = useful();
    patterned.forEach(
        (form, where) -> {
          if (useful.contains(form)) {
            complain(
                where,
                "`" + WORD + "` is not possible where `patternProperties` tells the names",
                "name the properties whose texts are to be normalized");
          }
        });
    known.values().forEach(form -> prune(form, useful));
    return useful.contains(root) ? root : null;
  }

  private @Nullable NormalForm form(List<Node> schemas) {
    Map<Node, Node.Obj> all = new IdentityHashMap<>();
    List<Node.Obj> order = new ArrayList<>();
    schemas.forEach(schema -> gather(schema, all, order));
    if (order.isEmpty()) {
      return null;
    }
    Set<Integer> key = new TreeSet<>();
    order.forEach(schema -> key.add(numbers.computeIfAbsent(schema, _ -> numbers.size())));
    NormalForm before = known.get(key);
    if (before != null) {
      return before;
    }
    NormalForm form = new NormalForm();
    known.put(key, form);
    order.forEach(schema -> words(schema, form));
    members(order, form);
    items(order, form);
    return form;
  }

  /// Every schema object that may describe the same value.
  private void gather(Node schema, Map<Node, Node.Obj> all, List<Node.Obj> order) {
    if (!(schema instanceof Node.Obj object) || all.put(object, object) != null) {
      return;
    }
    order.add(object);
    if (object.get("$ref") instanceof Node.Text(var place, String reference)
        && references.resolve(reference, place)
            instanceof References.Resolution.Found(Node target)) {
      gather(target, all, order);
    }
    for (String word : ALTERNATIVES) {
      if (object.get(word) instanceof Node.Arr(var _, List<Node> each)) {
        each.forEach(one -> gather(one, all, order));
      }
    }
    for (String word : CONDITIONS) {
      Node condition = object.get(word);
      if (condition != null) {
        gather(condition, all, order);
      }
    }
    if (object.get("dependentSchemas") instanceof Node.Obj dependent) {
      dependent.entries().forEach(member -> gather(member.value(), all, order));
    }
  }

  private void words(Node.Obj schema, NormalForm form) {
    Node said = schema.get(WORD);
    if (said == null) {
      return;
    }
    List<Node> words = said instanceof Node.Arr(var _, List<Node> items) ? items : List.of(said);
    for (Node each : words) {
      switch (each instanceof Node.Text(var _, String word) ? word : "") {
        case "trim" -> form.text = form.text.and(new TextForm(false, true, false));
        case "lower-case" -> form.text = form.text.and(new TextForm(false, false, true));
        case "nfc" -> form.text = form.text.and(new TextForm(true, false, false));
        case "unique-items" -> form.uniqueItems = true;
        default -> {
          String wrong = each instanceof Node.Text(var _, String word) ? word : "";
          String advice = Nearest.advice(wrong, WORDS);
          complain(
              each,
              "`" + WORD + "` knows no `" + wrong + "`",
              advice.isEmpty() ? "it takes `trim`, `lower-case`, `nfc`, `unique-items`" : advice);
        }
      }
    }
    fits(schema, said, form);
  }

  private void fits(Node.Obj schema, Node said, NormalForm form) {
    Set<String> types = new HashSet<>();
    if (schema.get("type") instanceof Node.Text(var _, String type)) {
      types.add(type);
    } else if (schema.get("type") instanceof Node.Arr(var _, List<Node> items)) {
      items.forEach(item -> types.add(item instanceof Node.Text(var _, String one) ? one : ""));
    }
    if (!types.isEmpty()
        && !form.text.isEmpty()
        && !types.contains("string")
        && !form.uniqueItems) {
      complain(said, "`" + WORD + "` has no effect on what is no text", "say it of the texts");
    }
    if (!types.isEmpty() && form.uniqueItems && form.text.isEmpty() && !types.contains("array")) {
      complain(said, "`unique-items` has no effect on what is no array", "say it of the array");
    }
  }

  private void members(List<Node.Obj> schemas, NormalForm form) {
    Set<String> names = new LinkedHashSet<>();
    for (Node.Obj schema : schemas) {
      if (schema.get("properties") instanceof Node.Obj properties) {
        names.addAll(properties.members().keySet());
      }
      if (schema.get("patternProperties") instanceof Node.Obj byName) {
        byName.entries().forEach(member -> byPattern(member.value()));
        Node additional = schema.get("additionalProperties");
        if (additional != null) {
          byPattern(additional);
        }
      }
    }
    Map<String, List<Node>> described = new LinkedHashMap<>();
    List<Node> others = new ArrayList<>();
    for (Node.Obj schema : schemas) {
      boolean guessed = schema.get("patternProperties") != null;
      Node rest = guessed ? null : schema.get("additionalProperties");
      Node.Obj properties = schema.get("properties") instanceof Node.Obj object ? object : null;
      for (String name : names) {
        Node own = properties == null ? null : properties.get(name);
        Node one = own == null ? rest : own;
        if (one != null) {
          described.computeIfAbsent(name, _ -> new ArrayList<>()).add(one);
        }
      }
      if (rest != null) {
        others.add(rest);
      }
      Node left = schema.get("unevaluatedProperties");
      if (left != null) {
        others.add(left);
      }
    }
    described.forEach((name, each) -> form.members.put(name, form(each)));
    form.others = others.isEmpty() ? null : form(others);
  }

  private void items(List<Node.Obj> schemas, NormalForm form) {
    int longest = 0;
    for (Node.Obj schema : schemas) {
      if (schema.get("prefixItems") instanceof Node.Arr(var _, List<Node> prefix)) {
        longest = Math.max(longest, Math.min(prefix.size(), 1_000));
      }
    }
    for (int i = 0; i < longest; i++) {
      form.prefix.add(form(itemsAt(schemas, i)));
    }
    form.items = form(itemsAt(schemas, Integer.MAX_VALUE));
  }

  private static List<Node> itemsAt(List<Node.Obj> schemas, int index) {
    List<Node> items = new ArrayList<>();
    for (Node.Obj schema : schemas) {
      Node one =
          schema.get("prefixItems") instanceof Node.Arr(var _, List<Node> prefix)
                  && index < prefix.size()
              ? prefix.get(index)
              : schema.get("items");
      if (one != null) {
        items.add(one);
      }
    }
    return items;
  }

  /// Which names a pattern finds is known only where it is judged.
  private void byPattern(Node schema) {
    NormalForm form = form(List.of(schema));
    if (form != null) {
      patterned.put(form, schema);
    }
  }

  private void complain(Node at, String message, String advice) {
    if (complained.add(at)) {
      problems.add(new Problem(at.place(), message, advice));
    }
  }

  /// The forms that do something, or below which one does.
  private Set<NormalForm> useful() {
    Set<NormalForm> useful = new HashSet<>();
    boolean grown = true;
    while (grown) {
      grown = false;
      for (NormalForm form : known.values()) {
        if (!useful.contains(form) && (form.speaks() || leads(form, useful))) {
          grown |= useful.add(form);
        }
      }
    }
    return useful;
  }

  private static boolean leads(NormalForm form, Set<NormalForm> useful) {
    return kept(form.others, useful) != null
        || kept(form.items, useful) != null
        || form.prefix.stream().anyMatch(child -> kept(child, useful) != null)
        || form.members.values().stream().anyMatch(child -> kept(child, useful) != null);
  }

  private static @Nullable NormalForm kept(@Nullable NormalForm form, Set<NormalForm> useful) {
    return form != null && useful.contains(form) ? form : null;
  }

  /// Leaves nothing that leads nowhere; a name keeps its place, so that it is not taken for
  /// another.
  private static void prune(NormalForm form, Set<NormalForm> useful) {
    form.members.replaceAll((_, child) -> kept(child, useful));
    form.others = kept(form.others, useful);
    form.items = kept(form.items, useful);
    form.prefix.replaceAll(child -> kept(child, useful));
    if (form.others == null) {
      form.members.values().removeIf(java.util.Objects::isNull);
    }
  }
}

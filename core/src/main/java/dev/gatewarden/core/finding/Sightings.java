package dev.gatewarden.core.finding;

import dev.gatewarden.core.document.Node;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What values that passed looked like, by the schemas of a contract that describe them; never the
/// values.
///
/// For one thread.
public final class Sightings {
  private static final List<String> SAME_VALUE =
      List.of("allOf", "anyOf", "oneOf", "if", "then", "else");

  private final Map<Node, Tally> tallies = new IdentityHashMap<>();

  /// What was seen at one schema.
  ///
  /// @param kind `an IBAN`
  /// @param always whether several texts were seen there, and all were of that kind
  /// @param file where it was seen first
  public record Sighting(Sensitivity sensitivity, String kind, boolean always, String file) {}

  /// All texts at one schema.
  private static final class Tally {
    private int texts;
    private int alike;
    private Examples.@Nullable Seen worst;
    private String file = "";

    void add(String text, String from) {
      texts++;
      Examples.Seen seen = Examples.of(text);
      if (seen == null) {
        return;
      }
      Examples.Seen known = worst;
      if (known == null || seen.sensitivity().compareTo(known.sensitivity()) > 0) {
        worst = seen;
        alike = 1;
        file = from;
      } else if (seen.equals(known)) {
        alike++;
      }
    }
  }

  /// What was seen at a schema, the worst of it; null where nothing tells.
  public @Nullable Sighting of(Node.Obj schema) {
    Tally tally = tallies.get(schema);
    Examples.Seen worst = tally == null ? null : tally.worst;
    return tally == null || worst == null
        ? null
        : new Sighting(
            worst.sensitivity(),
            worst.kind(),
            tally.texts > 1 && tally.alike == tally.texts,
            tally.file);
  }

  /// Looks at a value, and all within it, that a schema of the contract describes.
  ///
  /// @param file as people call what it was seen in
  public void see(Audited contract, Node schema, Node value, String file) {
    walk(contract, List.of(schema), value, file);
  }

  /// All schemas at once: one at a time would take forever where each leads to several.
  private void walk(Audited contract, Collection<Node> schemas, Node value, String file) {
    switch (value) {
      case Node.Text(var _, String text) -> {
        if (!text.isBlank()) {
          schemas.forEach(each -> tallies.computeIfAbsent(each, _ -> new Tally()).add(text, file));
        }
      }
      case Node.Obj object -> {
        Set<Node.Obj> faces = faces(contract, schemas);
        for (Node.Member member : object.entries()) {
          Set<Node> next = identities();
          faces.forEach(each -> member(each, member.name(), next));
          if (!next.isEmpty()) {
            walk(contract, next, member.value(), file);
          }
        }
      }
      case Node.Arr(var _, List<Node> items) -> {
        Set<Node.Obj> faces = faces(contract, schemas);
        for (int i = 0; i < items.size(); i++) {
          Set<Node> next = identities();
          int at = i;
          faces.forEach(each -> item(each, at, next));
          if (!next.isEmpty()) {
            walk(contract, next, items.get(i), file);
          }
        }
      }
      case Node.Num _, Node.Bool _, Node.Null _ -> {}
    }
  }

  private static <T> Set<T> identities() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  /// The schemas, what they refer to, and their branches.
  private static Set<Node.Obj> faces(Audited contract, Collection<Node> schemas) {
    Set<Node.Obj> faces = identities();
    List<Node> open = new ArrayList<>(schemas);
    while (!open.isEmpty()) {
      Node.Obj face = contract.object(open.removeLast());
      if (face != null && faces.add(face)) {
        for (String word : SAME_VALUE) {
          Node branch = face.get(word);
          open.addAll(Tree.items(branch));
          if (branch instanceof Node.Obj) {
            open.add(branch);
          }
        }
      }
    }
    return faces;
  }

  private static void member(Node.Obj face, String name, Set<Node> to) {
    Node.Obj properties = Tree.object(face, "properties");
    Node own = properties == null ? null : properties.get(name);
    if (own != null) {
      to.add(own);
      return;
    }
    Node.Obj patterns = Tree.object(face, "patternProperties");
    if (patterns != null) {
      patterns.entries().forEach(each -> to.add(each.value()));
    }
    Node.Obj others = Tree.object(face, "additionalProperties");
    if (others != null) {
      to.add(others);
    }
  }

  private static void item(Node.Obj face, int at, Set<Node> to) {
    List<Node> first = Tree.items(face.get("prefixItems"));
    Node own = at < first.size() ? first.get(at) : face.get("items");
    if (own instanceof Node.Obj) {
      to.add(own);
    }
  }
}

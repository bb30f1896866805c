package dev.gatewarden.core.schema;

import dev.gatewarden.core.document.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds what does not travel in a direction, and what carries labels, however deep in a schema.
final class Withholding {
  private final SchemaCompiler compiler;
  private final Direction direction;
  private final Map<Part, Boolean> withholding = new HashMap<>();
  private final Map<Part, Boolean> marking = new HashMap<>();

  Withholding(SchemaCompiler compiler) {
    this.compiler = compiler;
    direction = compiler.options().direction();
  }

  void forget() {
    withholding.clear();
    marking.clear();
  }

  /// The refusal of a value in the direction of this compilation.
  BasicRules.Nothing refusal(Facts by) {
    return new BasicRules.Nothing(
        by.owner,
        direction == Direction.REQUEST ? Keyword.READ_ONLY : Keyword.WRITE_ONLY,
        compiler.options().labels() != Labels.NONE,
        List.of());
  }

  /// Whether a schema by itself withholds the value of a member.
  boolean flags(Facts facts) {
    return switch (direction) {
      case REQUEST -> facts.readOnly;
      case RESPONSE -> facts.writeOnly;
      case BOTH -> false;
    };
  }

  /// What of the caller's idea of the way makes a difference for these schemas.
  Travel relevant(List<Part> parts, Travel travel) {
    if (direction == Direction.BOTH || travel.equals(Travel.PLAIN)) {
      return Travel.PLAIN;
    }
    boolean member = travel.member() && parts.stream().anyMatch(this::flagsValue);
    boolean literal = travel.literal() && parts.stream().anyMatch(this::reaches);
    Set<String> names = new HashSet<>();
    if (!travel.withheld().isEmpty()) {
      parts.forEach(part -> required(part, names, new HashSet<>()));
      names.retainAll(travel.withheld());
    }
    return new Travel(member, literal, names);
  }

  private void required(Part part, Set<String> names, Set<Part> seen) {
    if (seen.add(part)) {
      Facts facts = compiler.facts(part);
      names.addAll(facts.required);
      facts.dependentRequired.values().forEach(names::addAll);
      alike(part).forEach(next -> required(next, names, seen));
    }
  }

  /// Whether a schema withholds the value it describes, in whatever branch.
  private boolean flagsValue(Part part) {
    Set<Part> seen = new HashSet<>();
    Deque<Part> left = new ArrayDeque<>(List.of(part));
    while (!left.isEmpty()) {
      Part next = left.pop();
      if (flags(compiler.facts(next))) {
        return true;
      }
      if (seen.add(next)) {
        left.addAll(alike(next));
      }
    }
    return false;
  }

  /// Whether a member that some schemas describe does not travel.
  boolean withholds(List<Part> parts) {
    return direction != Direction.BOTH && always(parts, new HashSet<>());
  }

  /// Whether one of the schemas withholds the value they describe, in every branch.
  private boolean always(List<Part> parts, Set<Part> seen) {
    for (Part part : parts) {
      if (!seen.add(part)) {
        continue;
      }
      Facts facts = compiler.facts(part);
      List<Part> below = new ArrayList<>(compiler.targets(part));
      facts.allOf.forEach(schema -> below.add(compiler.child(part, schema)));
      if (flags(facts)
          || always(below, seen)
          || everywhere(part, facts.anyOf, seen)
          || everywhere(part, facts.oneOf, seen)) {
        return true;
      }
    }
    return false;
  }

  private boolean everywhere(Part part, List<Node> branches, Set<Part> seen) {
    return !branches.isEmpty()
        && branches.stream()
            .allMatch(schema -> always(List.of(compiler.child(part, schema)), new HashSet<>(seen)));
  }

  /// Whether an object that everything in a closure describes has a member of that name which does
  /// not travel, whatever its open questions come to.
  boolean withholds(Closure closure, String name) {
    return direction != Direction.BOTH && withholds(closure, name, new HashSet<>());
  }

  private boolean withholds(Closure closure, String name, Set<Part> path) {
    for (Closure.Member member : closure.members()) {
      Node schema = member.facts.properties.get(name);
      if (schema != null && always(List.of(compiler.child(member.part, schema)), new HashSet<>())) {
        return true;
      }
    }
    for (Closure.Open open : closure.open) {
      boolean choice = open.word() == Keyword.ANY_OF || open.word() == Keyword.ONE_OF;
      if (choice && open.branches().stream().allMatch(part -> withholds(part, name, path))) {
        return true;
      }
    }
    return false;
  }

  private boolean withholds(@Nullable Part part, String name, Set<Part> path) {
    if (part == null || !path.add(part)) {
      return false;
    }
    Closure closure = new Closure(compiler, List.of(part), Type.OBJECT, Map.of());
    boolean found = withholds(closure, name, path);
    path.remove(part);
    return found;
  }

  /// The names of members that do not travel, among those a closure declares.
  Set<String> names(Closure closure) {
    Set<String> names = new HashSet<>();
    if (direction == Direction.BOTH) {
      return names;
    }
    for (Closure.Member member : closure.members()) {
      for (Map.Entry<String, Node> entry : member.facts.properties.entrySet()) {
        Part part = compiler.child(member.part, entry.getValue());
        if (!names.contains(entry.getKey()) && always(List.of(part), new HashSet<>())) {
          names.add(entry.getKey());
        }
      }
    }
    return names;
  }

  /// Whether anything below a schema does not travel.
  boolean reaches(Part part) {
    return direction != Direction.BOTH && reaches(part, withholding, false);
  }

  /// Whether any value a schema describes may be written down while it is judged.
  boolean marks(Part part) {
    boolean possible =
        compiler.options().labels() != Labels.NONE
            || compiler.options().unknownFields() == UnknownFields.OBSERVE;
    return possible && reaches(part, marking, true);
  }

  private boolean reaches(Part part, Map<Part, Boolean> known, boolean marks) {
    Boolean before = known.get(part);
    if (before != null) {
      return before;
    }
    Map<Part, Part> from = new HashMap<>();
    Deque<Part> left = new ArrayDeque<>();
    from.put(part, part);
    left.add(part);
    while (!left.isEmpty()) {
      Part next = left.poll();
      boolean found = marks ? marksValue(next) : flags(compiler.facts(next));
      if (found || known.getOrDefault(next, false)) {
        for (Part at = next; known.put(at, true) == null && at != part; ) {
          at = from.getOrDefault(at, part);
        }
        known.put(part, true);
        return true;
      }
      for (Part below : below(next)) {
        if (!known.containsKey(below) || known.getOrDefault(below, false)) {
          if (from.putIfAbsent(below, next) == null) {
            left.add(below);
          }
        }
      }
    }
    from.keySet().forEach(seen -> known.put(seen, false));
    return false;
  }

  private boolean marksValue(Part part) {
    Facts facts = compiler.facts(part);
    return facts.labels != 0
        || (compiler.options().unknownFields() == UnknownFields.OBSERVE
            && values(part).stream().anyMatch(this::mayBeClosed));
  }

  private boolean mayBeClosed(Part part) {
    return (compiler.types(part) & Type.OBJECT.bit()) != 0
        && (compiler.facts(part).declaresMembers() || !alike(part).isEmpty());
  }

  private List<Part> below(Part part) {
    List<Part> below = new ArrayList<>(alike(part));
    below.addAll(values(part));
    return below;
  }

  /// The schemas that a schema applies to the value it describes.
  private List<Part> alike(Part part) {
    Facts facts = compiler.facts(part);
    List<Part> found = new ArrayList<>(compiler.targets(part));
    add(part, facts.allOf, found);
    add(part, facts.anyOf, found);
    add(part, facts.oneOf, found);
    add(part, facts.dependentSchemas.values(), found);
    add(part, facts.condition, found);
    add(part, facts.then, found);
    add(part, facts.otherwise, found);
    if (facts.discriminator != null) {
      found.addAll(compiler.kinds(part).values());
    }
    return found;
  }

  /// The schemas that a schema applies to members and items.
  private List<Part> values(Part part) {
    Facts facts = compiler.facts(part);
    List<Part> found = new ArrayList<>();
    add(part, facts.properties.values(), found);
    add(part, facts.patterned.values(), found);
    add(part, facts.prefix, found);
    add(part, facts.additional, found);
    add(part, facts.unevaluatedProperties, found);
    add(part, facts.items, found);
    add(part, facts.contains, found);
    add(part, facts.unevaluatedItems, found);
    return found;
  }

  private void add(Part part, Collection<Node> schemas, List<Part> found) {
    schemas.forEach(schema -> found.add(compiler.child(part, schema)));
  }

  private void add(Part part, @Nullable Node schema, List<Part> found) {
    if (schema != null) {
      found.add(compiler.child(part, schema));
    }
  }
}

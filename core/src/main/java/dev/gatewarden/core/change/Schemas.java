package dev.gatewarden.core.change;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The pairs of schemas to compare, each once for each way its values travel, however many
/// operations share it and however it leads back into itself.
final class Schemas {

  /// An old schema and the new one in its place; each may be several that must all fit, or none,
  /// which is the schema that anything fits.
  ///
  /// @param beside where they would stand, for those that are absent
  record Pair(int number, List<Node> old, List<Node> now, Flow flow, Beside beside) {

    Place before() {
      return old.isEmpty() ? beside.before() : old.getFirst().place();
    }

    Place after() {
      return now.isEmpty() ? beside.after() : now.getFirst().place();
    }

    /// How a sentence calls the value.
    String name() {
      String name = Spot.name(after());
      return name.isEmpty() ? beside.name() : name;
    }
  }

  /// What a pair belongs to.
  ///
  /// @param name of the parameter, header or body, for sentences about schemas without a name
  record Beside(Place before, Place after, String name) {}

  private record Key(List<Integer> old, List<Integer> now, Flow flow) {}

  /// A change of schemas, before it is known whom it concerns.
  private record Draft(
      int pair, Kind kind, String about, Place before, Place after, String sentence) {}

  private final Side old;
  private final Side now;
  private final Map<Node, Integer> numbers = new IdentityHashMap<>();
  private final Map<Key, Pair> pairs = new HashMap<>();
  private final List<List<Integer>> below = new ArrayList<>();
  private final Deque<Pair> waiting = new ArrayDeque<>();
  private final Map<String, Set<Integer>> roots = new LinkedHashMap<>();
  private final Set<String> bound = new LinkedHashSet<>();
  private final List<Draft> drafts = new ArrayList<>();

  Schemas(Side old, Side now) {
    this.old = old;
    this.now = now;
  }

  Side old() {
    return old;
  }

  Side now() {
    return now;
  }

  /// Schemas that an operation uses.
  ///
  /// @param objects whether the operation says whose objects it touches
  void root(
      List<Node> before,
      List<Node> after,
      Flow flow,
      Beside beside,
      String operation,
      boolean objects) {
    roots
        .computeIfAbsent(operation, _ -> new LinkedHashSet<>())
        .add(pair(before, after, flow, beside).number());
    if (objects) {
      bound.add(operation);
    }
  }

  /// Schemas within a pair.
  void child(Pair parent, List<Node> before, List<Node> after) {
    Pair child =
        pair(
            before,
            after,
            parent.flow(),
            new Beside(parent.before(), parent.after(), parent.beside().name()));
    below.get(parent.number()).add(child.number());
  }

  private Pair pair(List<Node> before, List<Node> after, Flow flow, Beside beside) {
    List<Node> older = before.stream().map(each -> reached(old, each)).toList();
    List<Node> newer = after.stream().map(each -> reached(now, each)).toList();
    Key key =
        new Key(
            older.stream().map(this::number).toList(),
            newer.stream().map(this::number).toList(),
            flow);
    Pair known = pairs.get(key);
    if (known == null) {
      known = new Pair(pairs.size(), older, newer, flow, beside);
      pairs.put(key, known);
      below.add(new ArrayList<>());
      waiting.add(known);
    }
    return known;
  }

  /// Behind a reference with nothing beside it, so that all who refer to a schema share its pair.
  private static Node reached(Side side, Node node) {
    Node at = node;
    for (int steps = 0; steps < 64; steps++) {
      Node.Text reference =
          at instanceof Node.Obj object && object.members().size() == 1 ? Side.reference(at) : null;
      Node next = reference == null ? null : side.target(reference);
      if (next == null) {
        return at;
      }
      at = next;
    }
    return at;
  }

  private int number(Node node) {
    return numbers.computeIfAbsent(node, _ -> numbers.size());
  }

  /// Compares all pairs, and those they lead to.
  void compare() {
    SchemaComparison comparison = new SchemaComparison(this);
    for (Pair next = waiting.poll(); next != null; next = waiting.poll()) {
      comparison.compare(next);
    }
  }

  /// Notes what is different in a pair.
  ///
  /// The places tell it from other changes of its kind, so that what several schemas share is told
  /// once; where neither is given, those of the pair do.
  ///
  /// @param before where it stood, or null where only the new schema says it
  /// @param after where it stands, or null where only the old schema said it
  /// @param about what else tells it from others
  void note(
      Pair pair,
      Kind kind,
      @Nullable Place before,
      @Nullable Place after,
      String about,
      String sentence) {
    boolean neither = before == null && after == null;
    String told =
        Spot.pointer(neither ? pair.before() : before)
            + "\n"
            + Spot.pointer(neither ? pair.after() : after)
            + "\n"
            + about;
    drafts.add(
        new Draft(
            pair.number(),
            kind,
            told,
            before == null ? pair.before() : before,
            after == null ? pair.after() : after,
            sentence));
  }

  /// Writes the changes down with the operations that use what changed.
  void into(Ledger ledger) {
    if (drafts.isEmpty()) {
      return;
    }
    Map<Integer, Set<String>> users = users();
    for (Draft draft : drafts) {
      Set<String> operations = users.getOrDefault(draft.pair(), Set.of());
      Kind kind = draft.kind();
      if (kind == Kind.RESPONSE_PROPERTY_ADDED && operations.stream().anyMatch(bound::contains)) {
        kind = Kind.RESPONSE_BOUND_PROPERTY_ADDED;
      }
      ledger.note(kind, draft.about(), draft.before(), draft.after(), draft.sentence(), operations);
    }
  }

  /// By each pair that changed: the operations that lead to it.
  private Map<Integer, Set<String>> users() {
    BitSet leading = leading();
    BitSet changed = new BitSet();
    drafts.forEach(draft -> changed.set(draft.pair()));
    Map<Integer, Set<String>> users = new HashMap<>();
    roots.forEach(
        (operation, starts) -> {
          BitSet seen = new BitSet();
          Deque<Integer> open = new ArrayDeque<>(starts);
          while (!open.isEmpty()) {
            int pair = open.pop();
            if (leading.get(pair) && !seen.get(pair)) {
              seen.set(pair);
              open.addAll(below.get(pair));
              if (changed.get(pair)) {
                users.computeIfAbsent(pair, _ -> new LinkedHashSet<>()).add(operation);
              }
            }
          }
        });
    return users;
  }

  /// The pairs from which a changed one can be reached.
  private BitSet leading() {
    List<List<Integer>> above = new ArrayList<>();
    below.forEach(_ -> above.add(new ArrayList<>()));
    for (int i = 0; i < below.size(); i++) {
      for (int child : below.get(i)) {
        above.get(child).add(i);
      }
    }
    BitSet leading = new BitSet();
    Deque<Integer> open = new ArrayDeque<>();
    drafts.forEach(draft -> open.push(draft.pair()));
    while (!open.isEmpty()) {
      int pair = open.pop();
      if (!leading.get(pair)) {
        leading.set(pair);
        open.addAll(above.get(pair));
      }
    }
    return leading;
  }
}

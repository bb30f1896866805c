package dev.gatewarden.core.contract;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A place in the tree of paths: what may stand in the next segment, and what is promised here.
final class RouteNode {
  private final Map<String, RouteNode> named = new TreeMap<>();
  private final List<Branch> patterns = new ArrayList<>();
  private @Nullable RouteNode variable;
  private @Nullable Leaf leaf;

  /// The named ones again, by hash: keys and nodes at the same positions, a power of two of them.
  private @Nullable String[] keys = new @Nullable String[0];

  private @Nullable RouteNode[] nodes = new @Nullable RouteNode[0];

  /// A segment of literals and variables, and what follows it.
  record Branch(SegmentPattern pattern, RouteNode node) {}

  /// The operations of one path, and how its variables are found again.
  static final class Leaf {
    private final List<@Nullable SegmentPattern> segments;
    private final boolean[] variable;
    private final int variables;
    private final Map<String, Operation> byMethod = new TreeMap<>();
    private String[] methods = new String[0];
    private Operation[] operations = new Operation[0];
    private Routing refused = Routing.UNLISTED;

    /// @param segments the pattern of each segment, null where it is a literal or a plain variable
    /// @param variable whether each segment is a plain variable
    Leaf(List<@Nullable SegmentPattern> segments, boolean[] variable) {
      this.segments = segments;
      this.variable = variable;
      int count = 0;
      for (int i = 0; i < variable.length; i++) {
        SegmentPattern pattern = segments.get(i);
        count += variable[i] ? 1 : pattern == null ? 0 : pattern.variables();
      }
      this.variables = count;
    }

    /// The operation that has the method already, or null when it is now the new one's.
    @Nullable Operation put(Operation operation) {
      return byMethod.putIfAbsent(operation.method(), operation);
    }

    private void seal() {
      Map<String, Operation> all = new TreeMap<>(byMethod);
      Operation get = all.get("GET");
      if (get != null) {
        all.putIfAbsent("HEAD", get);
      }
      methods = all.keySet().toArray(String[]::new);
      operations = all.values().toArray(Operation[]::new);
      refused = new Routing.MethodNotListed(List.copyOf(all.keySet()));
    }

    Routing route(String method, String path) {
      for (int i = 0; i < methods.length; i++) {
        if (methods[i].equals(method)) {
          return new Routing.Matched(operations[i], path, bounds(path));
        }
      }
      return refused;
    }

    private static final int[] NONE = new int[0];

    private int[] bounds(String path) {
      if (variables == 0) {
        return NONE;
      }
      int[] bounds = new int[2 * variables];
      int count = 0;
      int from = 1;
      for (int i = 0; i < variable.length; i++) {
        int slash = path.indexOf('/', from);
        int to = slash < 0 ? path.length() : slash;
        SegmentPattern pattern = segments.get(i);
        if (variable[i]) {
          bounds[count++] = from;
          bounds[count++] = to;
        } else if (pattern != null) {
          pattern.cut(path, from, to, bounds, count);
          count += 2 * pattern.variables();
        }
        from = to + 1;
      }
      return bounds;
    }
  }

  RouteNode literal(String text) {
    return named.computeIfAbsent(text, each -> new RouteNode());
  }

  RouteNode variable() {
    RouteNode node = variable == null ? new RouteNode() : variable;
    variable = node;
    return node;
  }

  RouteNode pattern(SegmentPattern pattern) {
    for (Branch branch : patterns) {
      if (branch.pattern.shape().equals(pattern.shape())) {
        return branch.node;
      }
    }
    RouteNode node = new RouteNode();
    patterns.add(new Branch(pattern, node));
    return node;
  }

  Leaf leaf(List<@Nullable SegmentPattern> segments, boolean[] variables) {
    Leaf here = leaf == null ? new Leaf(segments, variables) : leaf;
    leaf = here;
    return here;
  }

  /// A pattern beside this one that is no less specific and may match the same, or null.
  @Nullable SegmentPattern rival(SegmentPattern pattern) {
    for (Branch branch : patterns) {
      SegmentPattern other = branch.pattern;
      if (!other.shape().equals(pattern.shape())
          && other.fixed() == pattern.fixed()
          && other.mayOverlap(pattern)) {
        return other;
      }
    }
    return null;
  }

  /// Makes the tables that requests are matched with; nothing is added afterwards.
  void seal() {
    int size = 4;
    while (size < 2 * named.size()) {
      size *= 2;
    }
    keys = new @Nullable String[size];
    nodes = new @Nullable RouteNode[size];
    named.forEach(
        (text, node) -> {
          int at = hash(text, 0, text.length()) & (keys.length - 1);
          while (keys[at] != null) {
            at = (at + 1) & (keys.length - 1);
          }
          keys[at] = text;
          nodes[at] = node;
          node.seal();
        });
    patterns.sort(Comparator.comparingInt((Branch branch) -> branch.pattern.fixed()).reversed());
    patterns.forEach(branch -> branch.node.seal());
    if (variable != null) {
      variable.seal();
    }
    if (leaf != null) {
      leaf.seal();
    }
  }

  /// The leaf of the most specific path that matches from there on: a literal before a pattern, a
  /// pattern before a variable, decided from the left. Each node is visited at most once.
  @Nullable Leaf find(String path, int from) {
    int slash = path.indexOf('/', from);
    int to = slash < 0 ? path.length() : slash;
    RouteNode literal = named(path, from, to);
    Leaf found = literal == null ? null : literal.behind(path, slash);
    for (int i = 0; found == null && i < patterns.size(); i++) {
      Branch branch = patterns.get(i);
      if (branch.pattern.matches(path, from, to)) {
        found = branch.node.behind(path, slash);
      }
    }
    if (found == null && variable != null && to > from) {
      found = variable.behind(path, slash);
    }
    return found;
  }

  private @Nullable Leaf behind(String path, int slash) {
    return slash < 0 ? leaf : find(path, slash + 1);
  }

  private @Nullable RouteNode named(String path, int from, int to) {
    int mask = keys.length - 1;
    int at = hash(path, from, to) & mask;
    while (true) {
      String key = keys[at];
      if (key == null) {
        return null;
      }
      if (key.length() == to - from && path.startsWith(key, from)) {
        return nodes[at];
      }
      at = (at + 1) & mask;
    }
  }

  private static int hash(String text, int from, int to) {
    int hash = to - from;
    for (int i = from; i < to; i++) {
      hash = hash * 31 + text.charAt(i);
    }
    return hash ^ hash >>> 15;
  }
}

package dev.gatewarden.core.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Finds the smallest members and items that have to go so that the rest of a document obeys.
///
/// What is wrong is cut, and the copy is judged again: where a member is missed that was cut,
/// `null` is tried in its place, and then what it stands in goes as a whole. So each round climbs,
/// and what comes out at the end was judged.
final class Mending {
  private static final int MOST_ROUNDS = 24;
  private static final int MOST_GAPS = 2_000;
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};
  private static final Violation.Limits LIMITS = new Violation.Limits(1_000, 1);

  /// What is done about one member or item.
  private enum Treatment {
    CUT,
    BLANK
  }

  private final Schema schema;
  private final byte[] json;
  private final int from;
  private final int to;
  private final Visit visit;
  private final Outline outline;
  private final TreeMap<Integer, Treatment> treated = new TreeMap<>();

  Mending(Schema schema, byte[] json, int from, int to, Visit visit) {
    this.schema = schema;
    this.json = json;
    this.from = from;
    this.to = to;
    this.visit = visit;
    outline = Outline.of(json, from, to);
  }

  /// What has to go; empty where the document obeys, or only the whole could go.
  List<Schema.Gap> gaps() {
    for (int round = 0; round < MOST_ROUNDS && treated.size() <= MOST_GAPS; round++) {
      GapCopy copy = copy();
      byte[] left = copy.bytes();
      List<Explanation.Found> found = schema.found(left, 0, left.length, visit, LIMITS);
      if (found.isEmpty()) {
        return told();
      }
      if (!treat(copy, found)) {
        return List.of();
      }
    }
    return List.of();
  }

  private List<Schema.Gap> told() {
    List<Schema.Gap> gaps = new ArrayList<>();
    treated.forEach(
        (node, treatment) ->
            gaps.add(
                new Schema.Gap(
                    outline.name(node),
                    outline.from(node),
                    outline.to(node),
                    treatment == Treatment.BLANK)));
    return gaps;
  }

  private GapCopy copy() {
    List<GapCopy.Mask> masks = new ArrayList<>();
    List<Long> gaps = new ArrayList<>();
    treated.forEach(
        (node, treatment) -> {
          if (treatment == Treatment.BLANK) {
            masks.add(new GapCopy.Mask(outline.from(node), outline.to(node), NULL));
          } else {
            gaps.add(GapCopy.gap(outline.name(node), outline.to(node)));
          }
        });
    return GapCopy.of(json, from, to, gaps.stream().mapToLong(gap -> gap).toArray(), masks);
  }

  /// Treats what a round found; false when nothing can be done about it.
  private boolean treat(GapCopy copy, List<Explanation.Found> found) {
    Set<Integer> wrong = new TreeSet<>();
    for (Explanation.Found one : found) {
      if (one.owner() == null) {
        return false;
      }
      int node = outline.around(copy.original(one.at()));
      if (one.word() == Keyword.REQUIRED && blanked(node, one.detail())) {
        continue;
      }
      wrong.add(treated.get(node) == Treatment.BLANK ? outline.parent(node) : node);
    }
    for (int node : smallest(wrong)) {
      if (node <= 0) {
        return false;
      }
      treated.subMap(node, false, behind(node), false).clear();
      treated.put(node, Treatment.CUT);
    }
    return true;
  }

  /// Tries `null` where a member is missed that was cut.
  private boolean blanked(int object, String name) {
    for (int node : treated.subMap(object, false, behind(object), false).keySet()) {
      if (treated.get(node) == Treatment.CUT && outline.isMember(node, object, name)) {
        treated.put(node, Treatment.BLANK);
        return true;
      }
    }
    return false;
  }

  /// Those that hold no other: an alternative fails for what stands in it.
  private List<Integer> smallest(Set<Integer> wrong) {
    List<Integer> inOrder = new ArrayList<>(wrong);
    List<Integer> smallest = new ArrayList<>();
    for (int i = 0; i < inOrder.size(); i++) {
      int node = inOrder.get(i);
      boolean holds =
          i + 1 < inOrder.size() && node >= 0 && outline.within(inOrder.get(i + 1), node);
      if (!holds) {
        smallest.add(node);
      }
    }
    return smallest;
  }

  /// The first number behind a member or item and all it holds.
  private int behind(int node) {
    return outline.firstFrom(outline.to(node));
  }
}

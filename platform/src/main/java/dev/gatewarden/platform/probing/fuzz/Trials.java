package dev.gatewarden.platform.probing.fuzz;

import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.probe.Draft;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// What is tried with one operation: right requests and such with one thing wrong, each judged by
/// the schemas before it is believed.
final class Trials {
  private static final int MOST_CHANGES = 3;
  private static final int TRIES = 4;

  private final String operation;
  private final List<Root> roots;
  private final Untouched untouched;
  private final Random random;

  Trials(Draft honest, long seed) {
    this.operation = honest.operation().id().name();
    this.untouched = Untouched.of(honest);
    this.roots = Roots.of(honest, untouched, seed);
    this.random = new Random(seed * 31 + operation.hashCode());
  }

  List<Root> roots() {
    return roots;
  }

  /// One place of one root.
  private record Spot(Root root, Site site) {
    /// As the corpus names it: parameters are written as a whole.
    String at() {
      return root.parameter() == null ? "body" + Pointers.of(site.path()) : root.at();
    }

    @Nullable Node placed(@Nullable Node value) {
      return root.parameter() == null ? value : Pointers.changed(root.base(), site.path(), value);
    }
  }

  /// Requests that the contract permits: each place at its edges first, then several by chance.
  List<FuzzCase> rights(int count) {
    List<Spot> spots = new ArrayList<>();
    for (Root root : roots) {
      for (Site site : root.sites()) {
        boolean body = root.parameter() == null;
        if (!site.isReadOnly() && !(body && untouched.named(site.path()))) {
          spots.add(new Spot(root, site));
        }
      }
    }
    Map<String, FuzzCase> all = new LinkedHashMap<>();
    List<FuzzCase> edges = new ArrayList<>();
    spots.forEach(each -> edges(each, edges));
    Collections.shuffle(edges, random);
    for (FuzzCase each : edges) {
      if (all.size() < (count + 1) / 2 && stands(each)) {
        all.put(each.line(), each);
      }
    }
    for (int tries = 0; !spots.isEmpty() && all.size() < count && tries < count * TRIES; tries++) {
      FuzzCase made = several(spots);
      if (made != null && stands(made)) {
        all.put(made.line(), made);
      }
    }
    return List.copyOf(all.values());
  }

  private void edges(Spot spot, List<FuzzCase> to) {
    Growth growth = new Growth(spot.root().judge(), random);
    growth.edges(spot.site().flat()).forEach(value -> to.add(right(spot, value)));
    if (spot.site().value() != null && !spot.site().required() && !spot.site().path().isEmpty()) {
      to.add(right(spot, null));
    }
  }

  private FuzzCase right(Spot spot, @Nullable Node value) {
    Map<String, @Nullable Node> values = new LinkedHashMap<>();
    values.put(spot.at(), spot.placed(value));
    return FuzzCase.of(operation, Rule.RIGHT, values);
  }

  private @Nullable FuzzCase several(List<Spot> spots) {
    Map<String, @Nullable Node> values = new LinkedHashMap<>();
    int changes = 1 + random.nextInt(MOST_CHANGES);
    for (int i = 0; i < changes; i++) {
      Spot spot = spots.get(random.nextInt(spots.size()));
      boolean apart =
          values.keySet().stream()
              .noneMatch(
                  each -> Pointers.covers(each, spot.at()) || Pointers.covers(spot.at(), each));
      Node value = new Growth(spot.root().judge(), random).right(spot.site().schema());
      if (apart && value != null) {
        values.put(spot.at(), spot.placed(value));
      }
    }
    return values.isEmpty() ? null : FuzzCase.of(operation, Rule.RIGHT, values);
  }

  /// Requests with one thing wrong, or one odd: every place gets its turn before any has a second.
  List<FuzzCase> wrongs(int count) {
    List<List<FuzzCase>> queues = new ArrayList<>();
    for (Root root : roots) {
      for (Site site : root.sites()) {
        if (root.parameter() != null || !untouched.member(site.path())) {
          List<FuzzCase> queue = wrongs(new Spot(root, site));
          Collections.shuffle(queue, random);
          queues.add(queue);
        }
      }
    }
    Collections.shuffle(queues, random);
    Map<String, FuzzCase> all = new LinkedHashMap<>();
    while (all.size() < count && !queues.isEmpty()) {
      for (List<FuzzCase> queue : List.copyOf(queues)) {
        FuzzCase next = null;
        while (next == null && !queue.isEmpty()) {
          FuzzCase maybe = queue.removeLast();
          next = stands(maybe) && !all.containsKey(maybe.line()) ? maybe : null;
        }
        if (next == null) {
          queues.remove(queue);
        } else if (all.size() < count) {
          all.put(next.line(), next);
        }
      }
    }
    return List.copyOf(all.values());
  }

  private List<FuzzCase> wrongs(Spot spot) {
    List<FuzzCase> all = new ArrayList<>();
    if (spot.site().isReadOnly()) {
      Node value = new Growth(spot.root().judge(), random).right(spot.site().schema());
      if (value != null && spot.root().kind() == Root.Kind.JSON) {
        all.add(one(Rule.READ_ONLY, spot, value));
      }
      return all;
    }
    for (Wrongs.Wrong each : Wrongs.of(spot.site(), random)) {
      all.add(one(each.rule(), spot, each.value()));
    }
    if (spot.root().parameter() != null && spot.site().path().isEmpty() && spot.root().required()) {
      all.add(one(Rule.MISSING, spot, null));
    }
    return all;
  }

  private FuzzCase one(Rule rule, Spot spot, @Nullable Node value) {
    Map<String, @Nullable Node> values = new LinkedHashMap<>();
    values.put(spot.at(), spot.placed(value));
    return FuzzCase.of(operation, rule, values);
  }

  /// Whether the schemas say of a request what its rule says.
  boolean stands(FuzzCase made) {
    for (Root root : roots) {
      boolean right = true;
      if (root.parameter() != null) {
        if (made.values().containsKey(root.at())) {
          Node value = made.values().get(root.at());
          boolean optional = made.rule() == Rule.RIGHT && value == null && !root.required();
          List<String> path = value == null ? List.of() : difference(root.base(), value);
          right =
              optional
                  || (root.kind() != Root.Kind.PATH || value != null)
                      && root.stands(made.rule(), value, path);
        }
      } else if (made.values().keySet().stream().anyMatch(Trials::inBody)) {
        Node whole = body(root, made);
        boolean optional = made.rule() == Rule.RIGHT && whole == null && !root.required();
        right = optional || root.stands(made.rule(), whole, changedAt(made));
      }
      if (!right) {
        return false;
      }
    }
    return true;
  }

  /// Whether a right value at a place of the body may yet name what is not there.
  boolean isNamed(Site site) {
    return untouched.named(site.path());
  }

  static boolean inBody(String at) {
    return at.equals("body") || at.startsWith("body/");
  }

  /// The body of a request, or null where it has none.
  static @Nullable Node body(Root root, FuzzCase made) {
    Node whole = root.base();
    if (made.bare() && whole != null) {
      whole = Bare.of(root, whole, made.values().keySet());
    }
    for (Map.Entry<String, @Nullable Node> each : made.values().entrySet()) {
      if (inBody(each.getKey())) {
        List<String> path = Pointers.path(each.getKey().substring("body".length()));
        whole = Pointers.changed(whole, path, each.getValue());
      }
    }
    return whole;
  }

  private static List<String> changedAt(FuzzCase made) {
    List<String> at = made.values().keySet().stream().filter(Trials::inBody).toList();
    return at.size() == 1 ? Pointers.path(at.getFirst().substring("body".length())) : List.of();
  }

  /// Where two values begin to differ.
  private static List<String> difference(@Nullable Node one, Node other) {
    List<String> path = new ArrayList<>();
    Node left = one;
    Node right = other;
    while (left instanceof Node.Obj a && right instanceof Node.Obj b) {
      String step = null;
      for (Node.Member each : b.entries()) {
        Node before = a.get(each.name());
        if (before != null && !Json.text(before).equals(Json.text(each.value()))) {
          step = step == null ? each.name() : "";
        }
      }
      if (step == null || step.isEmpty() || a.members().size() != b.members().size()) {
        return path;
      }
      path.add(step);
      left = a.get(step);
      right = b.get(step);
    }
    if (left instanceof Node.Arr a
        && right instanceof Node.Arr b
        && a.items().size() == b.items().size()) {
      for (int i = 0; i < b.items().size(); i++) {
        if (!Json.text(a.items().get(i)).equals(Json.text(b.items().get(i)))) {
          path.add(Integer.toString(i));
          return path;
        }
      }
    }
    return path;
  }
}

package dev.gatewarden.core.change;

import dev.gatewarden.core.change.Schemas.Pair;
import dev.gatewarden.core.change.View.Choice;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Compares `oneOf` and `anyOf`: branches go together by the name of their schema, their title or
/// tag, else by what they say.
final class ChoiceComparison {
  private final Schemas schemas;
  private final Likeness likeness;

  ChoiceComparison(Schemas schemas, Likeness likeness) {
    this.schemas = schemas;
    this.likeness = likeness;
  }

  /// Whether one side is a bare choice and the other one schema of it; if so, they are compared
  /// here.
  boolean wrapped(Pair pair, View old, View now) {
    if (old.choices.isEmpty() && now.bare()) {
      return unwrapped(pair, old, single(old, pair.old()), now, false);
    }
    if (now.choices.isEmpty() && old.bare()) {
      return unwrapped(pair, now, single(now, pair.now()), old, true);
    }
    return false;
  }

  private static List<Node> single(View view, List<Node> schemas) {
    return view.alone == null ? schemas : List.of(view.alone);
  }

  private boolean unwrapped(
      Pair pair, View view, List<Node> single, View choice, boolean wasChoice) {
    if (single.size() != 1) {
      return false;
    }
    List<Node> branches = choice.choices.getFirst().branches();
    Side mine = wasChoice ? schemas.now() : schemas.old();
    Side theirs = wasChoice ? schemas.old() : schemas.now();
    String name = name(mine, single.getFirst());
    Node twin = null;
    for (Node branch : branches) {
      if (twin == null && name != null && name.equals(name(theirs, branch))) {
        twin = branch;
      }
    }
    if (twin == null) {
      return false;
    }
    if (wasChoice) {
      schemas.child(pair, List.of(twin), single);
    } else {
      schemas.child(pair, single, List.of(twin));
    }
    for (Node branch : branches) {
      if (branch != twin && !(view.nullToo && choice.onlyNull(branch))) {
        alternative(pair, branch, wasChoice);
      }
    }
    return true;
  }

  void compare(Pair pair, View old, View now) {
    for (int i = 0; i < Math.max(old.choices.size(), now.choices.size()); i++) {
      Choice before = i < old.choices.size() ? old.choices.get(i) : null;
      Choice after = i < now.choices.size() ? now.choices.get(i) : null;
      if (before != null && after != null) {
        both(pair, before, after);
      } else if (before != null) {
        rule(pair, before.place(), null, false, word(before) + " is gone");
      } else if (after != null) {
        rule(pair, null, after.place(), true, word(after) + " is new");
      }
    }
  }

  private static String word(Choice choice) {
    return choice.one() ? "`oneOf`" : "`anyOf`";
  }

  private void rule(
      Pair pair, @Nullable Place before, @Nullable Place after, boolean tighter, String what) {
    Kind kind =
        tighter
            ? pair.flow().of(Kind.REQUEST_RULE_TIGHTENED, Kind.RESPONSE_RULE_TIGHTENED)
            : pair.flow().of(Kind.REQUEST_RULE_LOOSENED, Kind.RESPONSE_RULE_LOOSENED);
    schemas.note(pair, kind, before, after, "", what + " in " + pair.name());
  }

  private void both(Pair pair, Choice before, Choice after) {
    if (before.one() != after.one()) {
      String what = word(before) + " became " + word(after);
      rule(pair, before.place(), after.place(), after.one(), what);
    }
    List<Node> left = new ArrayList<>(before.branches());
    List<Node> right = new ArrayList<>(after.branches());
    byName(pair, left, right);
    byContent(pair, left, right);
    if (left.size() == right.size()) {
      for (int i = 0; i < left.size(); i++) {
        schemas.child(pair, List.of(left.get(i)), List.of(right.get(i)));
      }
      return;
    }
    left.forEach(each -> alternative(pair, each, true));
    right.forEach(each -> alternative(pair, each, false));
  }

  private void byName(Pair pair, List<Node> left, List<Node> right) {
    for (int i = 0; i < left.size(); i++) {
      String name = name(schemas.old(), left.get(i));
      for (int j = 0; name != null && j < right.size(); j++) {
        if (name.equals(name(schemas.now(), right.get(j)))) {
          schemas.child(pair, List.of(left.remove(i--)), List.of(right.remove(j)));
          name = null;
        }
      }
    }
  }

  private void byContent(Pair pair, List<Node> left, List<Node> right) {
    for (int i = 0; i < left.size(); i++) {
      boolean open = true;
      for (int j = 0; open && j < right.size(); j++) {
        if (likeness.same(left.get(i), right.get(j))) {
          schemas.child(pair, List.of(left.remove(i--)), List.of(right.remove(j)));
          open = false;
        }
      }
    }
  }

  private void alternative(Pair pair, Node branch, boolean gone) {
    Kind kind =
        gone
            ? pair.flow().of(Kind.REQUEST_ALTERNATIVE_REMOVED, Kind.RESPONSE_ALTERNATIVE_REMOVED)
            : pair.flow().of(Kind.REQUEST_ALTERNATIVE_ADDED, Kind.RESPONSE_ALTERNATIVE_ADDED);
    String name = name(gone ? schemas.old() : schemas.now(), branch);
    schemas.note(
        pair,
        kind,
        gone ? branch.place() : null,
        gone ? null : branch.place(),
        name == null ? "" : name,
        (name == null ? "a shape" : "`" + Literals.shown(name) + "`")
            + " of "
            + pair.name()
            + (gone ? " is gone from " : " is new in ")
            + Spot.in(pair.flow()));
  }

  /// What a branch is known by, or null.
  private static @Nullable String name(Side side, Node branch) {
    Node schema = side.follow(branch);
    String component = component(schema.place().path());
    if (component != null) {
      return component;
    }
    if (!(schema instanceof Obj object)) {
      return null;
    }
    if (object.get("title") instanceof Node.Text(var _, String title)) {
      return "title " + title;
    }
    View view = View.of(side, List.of(branch));
    for (Map.Entry<String, List<Node>> property : view.properties.entrySet()) {
      Map<String, Node> values = View.of(side, property.getValue()).values;
      if (values != null && values.size() == 1) {
        return property.getKey() + " " + values.keySet().iterator().next();
      }
    }
    return null;
  }

  /// The name under which a schema stands by itself.
  private static @Nullable String component(Place.Path path) {
    return path instanceof Place.Path.Step(Place.Path parent, String name)
            && parent instanceof Place.Path.Step(var _, String above)
            && (above.equals("schemas") || above.equals("definitions") || above.equals("$defs"))
        ? name
        : null;
  }
}

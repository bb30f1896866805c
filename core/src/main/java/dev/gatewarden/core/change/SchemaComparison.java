package dev.gatewarden.core.change;

import dev.gatewarden.core.change.Schemas.Pair;
import dev.gatewarden.core.change.View.Bound;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Compares the demands of two schemas on one value.
final class SchemaComparison {
  private final Schemas schemas;
  private final Likeness likeness;
  private final ObjectComparison objects;
  private final ChoiceComparison choices;

  SchemaComparison(Schemas schemas) {
    this.schemas = schemas;
    this.likeness = new Likeness(schemas.old(), schemas.now());
    this.objects = new ObjectComparison(schemas);
    this.choices = new ChoiceComparison(schemas, likeness);
  }

  void compare(Pair pair) {
    View old = View.of(schemas.old(), pair.old());
    View now = View.of(schemas.now(), pair.now());
    if (choices.wrapped(pair, old, now)) {
      return;
    }
    words(pair, old, now);
    types(pair, old, now);
    if ((old.types & now.types & ~Types.NULL) == 0) {
      return;
    }
    values(pair, old, now);
    bounds(pair, old.upper, now.upper, true);
    bounds(pair, old.lower, now.lower, false);
    rules(pair, old, now);
    structures(pair, old, now);
    preset(pair, old, now);
    if (old.mayBe(Types.OBJECT) && now.mayBe(Types.OBJECT)) {
      objects.compare(pair, old, now);
    }
    if (old.mayBe(Types.ARRAY) && now.mayBe(Types.ARRAY)) {
      if (!old.items.isEmpty() || !now.items.isEmpty()) {
        schemas.child(pair, old.items, now.items);
      }
    }
    choices.compare(pair, old, now);
  }

  private void words(Pair pair, View old, View now) {
    new PropertyWords(schemas, pair).compare(old.words, now.words);
    if (now.deprecated && !old.deprecated) {
      note(pair, Kind.PROPERTY_DEPRECATED, "", pair.name() + " is deprecated");
    }
  }

  private void types(Pair pair, View old, View now) {
    int gone = old.types & ~now.types;
    int come = now.types & ~old.types;
    if (gone == 0 && come == 0) {
      return;
    }
    Kind kind =
        switch (pair.flow()) {
          case REQUEST -> gone != 0 ? Kind.REQUEST_TYPE_NARROWED : Kind.REQUEST_TYPE_WIDENED;
          case RESPONSE -> come != 0 ? Kind.RESPONSE_TYPE_WIDENED : Kind.RESPONSE_TYPE_NARROWED;
        };
    note(
        pair,
        kind,
        old.typePlace,
        now.typePlace,
        old.types + ">" + now.types,
        pair.name()
            + " in "
            + Spot.in(pair.flow())
            + " was "
            + Types.shown(old.types)
            + " and is "
            + Types.shown(now.types));
  }

  private void values(Pair pair, View old, View now) {
    Map<String, Node> before = old.values;
    Map<String, Node> after = now.values;
    String name = pair.name();
    if (before == null) {
      if (after == null) {
        return;
      }
      Node first = after.isEmpty() ? null : after.values().iterator().next();
      enumeration(
          pair,
          true,
          null,
          place(first, pair.after()),
          "*",
          name + " takes only listed values now");
      return;
    }
    if (after == null) {
      Node first = before.isEmpty() ? null : before.values().iterator().next();
      enumeration(
          pair,
          false,
          place(first, pair.before()),
          null,
          "*",
          name + " takes any value now, and not only listed ones");
      return;
    }
    before.forEach(
        (text, value) -> {
          if (!after.containsKey(text) && !(value instanceof Node.Null)) {
            enumeration(
                pair,
                true,
                value.place(),
                null,
                text,
                "`" + Literals.shown(value) + "` is no value of " + name + " any more");
          }
        });
    after.forEach(
        (text, value) -> {
          if (!before.containsKey(text) && !(value instanceof Node.Null)) {
            enumeration(
                pair,
                false,
                null,
                value.place(),
                text,
                "`" + Literals.shown(value) + "` is a new value of " + name);
          }
        });
  }

  private static Place place(@Nullable Node node, Place otherwise) {
    return node == null ? otherwise : node.place();
  }

  private void enumeration(
      Pair pair,
      boolean narrowed,
      @Nullable Place before,
      @Nullable Place after,
      String value,
      String sentence) {
    Kind kind =
        narrowed
            ? pair.flow().of(Kind.REQUEST_ENUM_NARROWED, Kind.RESPONSE_ENUM_NARROWED)
            : pair.flow().of(Kind.REQUEST_ENUM_WIDENED, Kind.RESPONSE_ENUM_WIDENED);
    note(pair, kind, before, after, value, sentence + " in " + Spot.in(pair.flow()));
  }

  private void bounds(Pair pair, Map<String, Bound> old, Map<String, Bound> now, boolean upper) {
    Set<String> names = new TreeSet<>(old.keySet());
    names.addAll(now.keySet());
    for (String name : names) {
      Bound before = old.get(name);
      Bound after = now.get(name);
      int room = before == null ? -1 : after == null ? 1 : after.room(before, upper);
      if (room != 0) {
        note(
            pair,
            bound(pair.flow(), upper, room > 0),
            before == null ? null : before.place(),
            after == null ? null : after.place(),
            name,
            "`" + name + "` of " + pair.name() + " " + moved(before, after));
      }
    }
  }

  private static String moved(@Nullable Bound before, @Nullable Bound after) {
    if (before == null) {
      return "is new" + (after == null ? "" : ": " + after.shown());
    }
    return after == null
        ? "is gone: it was " + before.shown()
        : "was " + before.shown() + " and is " + after.shown();
  }

  private static Kind bound(Flow flow, boolean upper, boolean more) {
    if (upper) {
      return more
          ? flow.of(Kind.REQUEST_LIMIT_RAISED, Kind.RESPONSE_LIMIT_RAISED)
          : flow.of(Kind.REQUEST_LIMIT_LOWERED, Kind.RESPONSE_LIMIT_LOWERED);
    }
    return more
        ? flow.of(Kind.REQUEST_MINIMUM_LOWERED, Kind.RESPONSE_MINIMUM_LOWERED)
        : flow.of(Kind.REQUEST_MINIMUM_RAISED, Kind.RESPONSE_MINIMUM_RAISED);
  }

  private void rules(Pair pair, View old, View now) {
    Set<String> names = new TreeSet<>(old.rules.keySet());
    names.addAll(now.rules.keySet());
    for (String name : names) {
      Map<String, Place> before = old.rules.getOrDefault(name, Map.of());
      Map<String, Place> after = now.rules.getOrDefault(name, Map.of());
      Set<String> gone = new LinkedHashSet<>(before.keySet());
      gone.removeAll(after.keySet());
      Set<String> come = new LinkedHashSet<>(after.keySet());
      come.removeAll(before.keySet());
      if (!gone.isEmpty() || !come.isEmpty()) {
        Place one = gone.isEmpty() ? null : before.get(gone.iterator().next());
        Place other = come.isEmpty() ? null : after.get(come.iterator().next());
        note(
            pair,
            rule(pair.flow(), !gone.isEmpty(), !come.isEmpty()),
            one,
            other,
            name,
            "`" + name + "` of " + pair.name() + " " + replaced(gone, come));
      }
    }
  }

  private static String replaced(Set<String> gone, Set<String> come) {
    if (gone.isEmpty()) {
      return "is new: " + shown(come);
    }
    return come.isEmpty()
        ? "is gone: it was " + shown(gone)
        : "was " + shown(gone) + " and is " + shown(come);
  }

  private static String shown(Set<String> texts) {
    return "`" + Literals.shown(String.join(", ", texts)) + "`";
  }

  private static Kind rule(Flow flow, boolean gone, boolean come) {
    if (gone && come) {
      return flow.of(Kind.REQUEST_RULE_CHANGED, Kind.RESPONSE_RULE_CHANGED);
    }
    return come
        ? flow.of(Kind.REQUEST_RULE_TIGHTENED, Kind.RESPONSE_RULE_TIGHTENED)
        : flow.of(Kind.REQUEST_RULE_LOOSENED, Kind.RESPONSE_RULE_LOOSENED);
  }

  private void structures(Pair pair, View old, View now) {
    Map<String, List<Node>> before = new HashMap<>(old.structures);
    Map<String, List<Node>> after = new HashMap<>(now.structures);
    Set<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    for (String name : names) {
      List<Node> one = before.getOrDefault(name, List.of());
      List<Node> other = after.getOrDefault(name, List.of());
      if (!likeness.same(one, other)) {
        note(
            pair,
            rule(pair.flow(), !one.isEmpty(), !other.isEmpty()),
            one.isEmpty() ? null : one.getFirst().place(),
            other.isEmpty() ? null : other.getFirst().place(),
            name,
            "`"
                + name
                + "` of "
                + pair.name()
                + (one.isEmpty() ? " is new" : other.isEmpty() ? " is gone" : " is different"));
      }
    }
  }

  private void preset(Pair pair, View old, View now) {
    Node before = old.preset;
    Node after = now.preset;
    if (pair.flow() == Flow.REQUEST
        && before != null
        && after != null
        && !Literals.of(before).equals(Literals.of(after))) {
      note(
          pair,
          Kind.REQUEST_DEFAULT_CHANGED,
          before.place(),
          after.place(),
          "",
          pair.name()
              + " is `"
              + Literals.shown(after)
              + "` where it is left out, and no longer `"
              + Literals.shown(before)
              + "`");
    }
  }

  private void note(Pair pair, Kind kind, String about, String sentence) {
    note(pair, kind, pair.before(), pair.after(), about, sentence);
  }

  /// @param before where it stood, or null where only the new schema says it
  /// @param after where it stands, or null where only the old schema said it
  private void note(
      Pair pair,
      Kind kind,
      @Nullable Place before,
      @Nullable Place after,
      String about,
      String sentence) {
    schemas.note(pair, kind, before, after, about, sentence);
  }
}

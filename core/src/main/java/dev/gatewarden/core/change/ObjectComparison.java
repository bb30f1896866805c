package dev.gatewarden.core.change;

import dev.gatewarden.core.change.Schemas.Pair;
import dev.gatewarden.core.change.View.Openness;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Compares what two schemas say of the members of an object.
///
/// A property that only travels the other way (`readOnly` in requests, `writeOnly` in responses) is
/// not there.
final class ObjectComparison {
  private final Schemas schemas;

  ObjectComparison(Schemas schemas) {
    this.schemas = schemas;
  }

  void compare(Pair pair, View old, View now) {
    Set<String> names = new LinkedHashSet<>(old.properties.keySet());
    names.addAll(now.properties.keySet());
    for (String name : names) {
      property(pair, name, old, now);
    }
    Set<String> required = new LinkedHashSet<>(old.required.keySet());
    required.addAll(now.required.keySet());
    required.removeAll(names);
    for (String name : required) {
      required(pair, name, old.required.get(name), now.required.get(name));
    }
    openness(pair, old, now);
  }

  private void property(Pair pair, String name, View old, View now) {
    List<Node> before = old.properties.getOrDefault(name, List.of());
    List<Node> after = now.properties.getOrDefault(name, List.of());
    View one = before.isEmpty() ? null : View.of(schemas.old(), before);
    View other = after.isEmpty() ? null : View.of(schemas.now(), after);
    boolean was = one != null && travels(pair.flow(), one);
    boolean is = other != null && travels(pair.flow(), other);
    Place stood = before.isEmpty() ? pair.before() : before.getFirst().place();
    Place stands = after.isEmpty() ? pair.after() : after.getFirst().place();
    if (was && is) {
      required(pair, name, old.required.get(name), now.required.get(name));
      schemas.child(pair, before, after);
    } else if (was && other != null) {
      Kind kind =
          pair.flow().of(Kind.REQUEST_PROPERTY_READ_ONLY, Kind.RESPONSE_PROPERTY_WRITE_ONLY);
      String word = pair.flow() == Flow.REQUEST ? "`readOnly`" : "`writeOnly`";
      note(pair, kind, stood, stands, Spot.name(stands) + " is " + word + " now");
    } else if (was) {
      Kind kind = pair.flow().of(Kind.REQUEST_PROPERTY_REMOVED, Kind.RESPONSE_PROPERTY_REMOVED);
      note(pair, kind, stood, null, Spot.name(stood) + " is gone from " + Spot.in(pair.flow()));
      if (one != null && now.openness != Openness.CLOSED) {
        unruled(pair, one, stood);
      }
    } else if (is && one != null && other != null) {
      Kind kind = pair.flow().of(Kind.REQUEST_PROPERTY_WRITABLE, Kind.RESPONSE_PROPERTY_READABLE);
      String word = pair.flow() == Flow.REQUEST ? "`readOnly`" : "`writeOnly`";
      note(pair, kind, stood, stands, Spot.name(stands) + " is no longer " + word);
    } else if (is && other != null) {
      boolean needed = now.required.containsKey(name);
      note(
          pair,
          added(pair.flow(), needed, other),
          null,
          stands,
          Spot.name(stands)
              + " is new in "
              + Spot.in(pair.flow())
              + (needed ? ", and required" : ""));
    }
  }

  /// Where further members may stand, one that is no longer declared may still be there, and the
  /// words that kept callers from it are gone.
  private void unruled(Pair pair, View property, Place stood) {
    String word = pair.flow() == Flow.REQUEST ? "write" : "read";
    if (property.words.containsKey(word) || property.words.containsKey("class")) {
      String sentence = Spot.name(stood) + " is no longer declared, and nobody is kept from it";
      Kind kind = pair.flow().of(Kind.WRITE_WIDENED, Kind.READ_WIDENED);
      schemas.note(pair, kind, stood, pair.after(), "undeclared", sentence);
    }
  }

  private static boolean travels(Flow flow, View property) {
    return flow == Flow.REQUEST ? !property.readOnly : !property.writeOnly;
  }

  private static Kind added(Flow flow, boolean needed, View property) {
    return switch (flow) {
      case REQUEST -> needed ? Kind.REQUEST_REQUIRED_PROPERTY_ADDED : Kind.REQUEST_PROPERTY_ADDED;
      case RESPONSE ->
          property.words.containsKey("class")
              ? Kind.RESPONSE_CLASSIFIED_PROPERTY_ADDED
              : Kind.RESPONSE_PROPERTY_ADDED;
    };
  }

  private void required(Pair pair, String name, @Nullable Place before, @Nullable Place after) {
    if ((before == null) == (after == null)) {
      return;
    }
    boolean now = after != null;
    Kind kind =
        now
            ? pair.flow().of(Kind.REQUEST_PROPERTY_REQUIRED, Kind.RESPONSE_PROPERTY_REQUIRED)
            : pair.flow().of(Kind.REQUEST_PROPERTY_OPTIONAL, Kind.RESPONSE_PROPERTY_OPTIONAL);
    schemas.note(
        pair,
        kind,
        Spot.around(before),
        Spot.around(after),
        name,
        "`"
            + Literals.shown(name)
            + "` of "
            + pair.name()
            + " is "
            + (now ? "required in " : "no longer required in ")
            + Spot.in(pair.flow()));
  }

  private void openness(Pair pair, View old, View now) {
    if (!old.additional.isEmpty() && !now.additional.isEmpty()) {
      schemas.child(pair, old.additional, now.additional);
    }
    int order = now.openness.compareTo(old.openness);
    if (order == 0) {
      return;
    }
    Kind kind =
        order > 0
            ? pair.flow().of(Kind.REQUEST_OBJECT_OPENED, Kind.RESPONSE_OBJECT_OPENED)
            : pair.flow().of(Kind.REQUEST_OBJECT_CLOSED, Kind.RESPONSE_OBJECT_CLOSED);
    note(
        pair,
        kind,
        old.openPlace,
        now.openPlace,
        "fields that "
            + pair.name()
            + " does not name were "
            + said(old.openness)
            + " and are "
            + said(now.openness));
  }

  private static String said(Openness openness) {
    return switch (openness) {
      case CLOSED -> "refused";
      case UNSAID -> "not spoken of";
      case TYPED -> "let through by a schema";
      case OPEN -> "let through";
    };
  }

  private void note(
      Pair pair, Kind kind, @Nullable Place before, @Nullable Place after, String sentence) {
    schemas.note(pair, kind, before, after, "", sentence);
  }
}

package dev.gatewarden.controls.guards.access;

import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.ObjectFacts;
import dev.gatewarden.core.exchange.ObjectFacts.Fact;
import dev.gatewarden.core.exchange.Reading.Mark;
import dev.gatewarden.core.exchange.Reading.Meaning;
import dev.gatewarden.core.exchange.Reading.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The objects of one answer by the schemas that describe them, those within others included, each
/// with what it says of its owner and tenant.
final class NestedObjects {
  private final List<Nested> all = new ArrayList<>();

  /// One object.
  static final class Nested {
    private final String type;
    private final int from;
    private final int to;
    private final @Nullable Nested around;
    private Fact owner = Fact.MISSING;
    private Fact tenant = Fact.MISSING;

    private Nested(String type, int from, int to, @Nullable Nested around) {
      this.type = type;
      this.from = from;
      this.to = to;
      this.around = around;
    }

    String type() {
      return type;
    }

    /// Whether nothing is around it.
    boolean isOutermost() {
      return around == null;
    }

    int length() {
      return to - from;
    }

    ObjectFacts facts() {
      return new ObjectFacts(Fact.MISSING, owner, tenant, Map.of(), from, to);
    }

    private boolean holds(Mark mark) {
      return from < mark.from() && mark.to() <= to;
    }
  }

  NestedObjects(List<Mark> marks, Bytes body) {
    List<Mark> typed = new ArrayList<>();
    for (Mark mark : marks) {
      if (mark.meaning() instanceof Meaning.Typed) {
        typed.add(mark);
      }
    }
    typed.sort(Comparator.comparingInt(Mark::from).thenComparing(mark -> -mark.to()));
    Nested around = null;
    for (Mark mark : typed) {
      while (around != null && mark.from() >= around.to) {
        around = around.around;
      }
      if (mark.meaning() instanceof Meaning.Typed(String type)) {
        around = new Nested(type, mark.from(), mark.to(), around);
        all.add(around);
      }
    }
    for (Mark mark : marks) {
      if (mark.meaning() instanceof Meaning.TypedPart(String type, Role role)) {
        say(type, role, mark, body);
      }
    }
  }

  private void say(String type, Role role, Mark mark, Bytes body) {
    Nested at = around(mark);
    while (at != null && !at.type.equals(type)) {
      at = at.around;
    }
    if (at != null) {
      Fact fact = Fact.at(body, mark);
      if (role == Role.OWNER) {
        at.owner = at.owner == Fact.MISSING ? fact : Fact.ODD;
      } else {
        at.tenant = at.tenant == Fact.MISSING ? fact : Fact.ODD;
      }
    }
  }

  /// The smallest object that a value stands in; null where it stands in none.
  @Nullable Nested around(Mark mark) {
    int low = 0;
    int high = all.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (all.get(middle).from < mark.from()) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    Nested at = low == 0 ? null : all.get(low - 1);
    while (at != null && !at.holds(mark)) {
      at = at.around;
    }
    return at;
  }
}

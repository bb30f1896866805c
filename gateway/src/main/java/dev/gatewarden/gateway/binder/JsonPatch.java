package dev.gatewarden.gateway.binder;

import dev.gatewarden.core.contract.PointerPattern;
import dev.gatewarden.core.document.Pointer;
import dev.gatewarden.core.exchange.ObjectFacts.Fact;
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.core.exchange.Reading.Mark;
import dev.gatewarden.core.exchange.Reading.Meaning;
import dev.gatewarden.core.exchange.Reading.Role;
import dev.gatewarden.core.exchange.Written;
import dev.gatewarden.gateway.binder.body.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Reads what the operations of a JSON Patch (RFC 6902) write into objects.
///
/// What an operation brings from elsewhere in the object (`move`, `copy`) is not in the request,
/// and
/// a path that is none may be read as any: both are told as odd values.
final class JsonPatch {
  private JsonPatch() {}

  /// Tells of each value that a slot would hold.
  static void read(Reading reading, List<Slot> slots, BiConsumer<Slot, Fact> found) {
    ItemSpans items = ItemSpans.of(reading.marks(), 0, Role.PATCH);
    Change[] changes = new Change[items.size()];
    for (int i = 0; i < changes.length; i++) {
      changes[i] = new Change();
    }
    for (Mark mark : reading.marks()) {
      int at = mark.meaning() instanceof Meaning.Part ? items.around(mark) : -1;
      if (at >= 0 && mark.meaning() instanceof Meaning.Part part) {
        changes[at].take(part, Fact.at(reading.bytes(), mark));
      }
    }
    for (Change change : changes) {
      change.tell(slots, found);
    }
  }

  /// One operation of a patch.
  private static final class Change {
    private @Nullable String op;
    private @Nullable String path;
    private List<Value> values = List.of();

    /// What a slot would hold if the path led that many steps towards it.
    private record Value(int slot, String depth, Fact fact) {}

    private void take(Meaning.Part part, Fact fact) {
      String text = fact instanceof Fact.Known(String known) ? known : null;
      if (part.role() == Role.PATCHED) {
        values = values.isEmpty() ? new ArrayList<>() : values;
        values.add(new Value(part.binding(), part.name(), fact));
      } else if (part.role() == Role.PATCH && part.name().equals("op")) {
        op = op == null ? text : op;
      } else if (part.role() == Role.PATCH && part.name().equals("path")) {
        path = path == null ? text : path;
      }
    }

    private void tell(List<Slot> slots, BiConsumer<Slot, Fact> found) {
      if ("test".equals(op)) {
        return;
      }
      Pointer pointer = path == null ? null : Pointer.parse(path);
      if (pointer == null) {
        slots.forEach(slot -> found.accept(slot, Fact.ODD));
        return;
      }
      List<String> to = pointer.tokens();
      boolean moves = "move".equals(op) || "copy".equals(op);
      boolean removes = "remove".equals(op);
      for (int i = 0; i < slots.size(); i++) {
        Slot slot = slots.get(i);
        List<PointerPattern.Step> steps = slot.steps();
        int common = Math.min(to.size(), steps.size());
        if (!leads(to, steps, common) || (removes && slot.kind() != Written.Kind.TENANT)) {
          continue;
        }
        if (moves || removes || to.size() > steps.size()) {
          found.accept(slot, Fact.ODD);
        } else {
          values(i, Integer.toString(common), slot, found);
        }
      }
    }

    private void values(int number, String depth, Slot slot, BiConsumer<Slot, Fact> found) {
      for (int i = 0; i < values.size(); i++) {
        Value value = values.get(i);
        if (value.slot == number && value.depth.equals(depth)) {
          found.accept(slot, value.fact);
        }
      }
    }
  }

  private static boolean leads(List<String> to, List<PointerPattern.Step> steps, int common) {
    for (int i = 0; i < common; i++) {
      if (steps.get(i) instanceof PointerPattern.Name(String name)
          && !name.equalsIgnoreCase(to.get(i))) {
        return false;
      }
    }
    return true;
  }
}

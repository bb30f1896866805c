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
    for (Mark mark : reading.marks()) {
      if (mark.meaning().equals(ITEM)) {
        operation(reading, mark, slots, found);
      }
    }
  }

  private static final Meaning ITEM = new Meaning.Part(0, Role.PATCH, "");
  private static final Meaning OP = new Meaning.Part(0, Role.PATCH, "op");
  private static final Meaning PATH = new Meaning.Part(0, Role.PATCH, "path");

  private static void operation(
      Reading reading, Mark item, List<Slot> slots, BiConsumer<Slot, Fact> found) {
    String op = text(reading, item, OP);
    if ("test".equals(op)) {
      return;
    }
    String path = text(reading, item, PATH);
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
        values(reading, item, i, common, slot, found);
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

  private static void values(
      Reading reading, Mark item, int number, int depth, Slot slot, BiConsumer<Slot, Fact> found) {
    Meaning wanted = new Meaning.Part(number, Role.PATCHED, Integer.toString(depth));
    for (Mark mark : reading.marks()) {
      if (mark.from() >= item.from() && mark.to() <= item.to() && mark.meaning().equals(wanted)) {
        found.accept(slot, FactReader.fact(reading.bytes(), mark));
      }
    }
  }

  private static @Nullable String text(Reading reading, Mark item, Meaning meaning) {
    for (Mark mark : reading.marks()) {
      if (mark.from() >= item.from()
          && mark.to() <= item.to()
          && mark.meaning().equals(meaning)
          && FactReader.fact(reading.bytes(), mark) instanceof Fact.Known(String text)) {
        return text;
      }
    }
    return null;
  }
}

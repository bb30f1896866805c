package dev.gatewarden.gateway.binder;

import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.ObjectFacts;
import dev.gatewarden.core.exchange.ObjectFacts.Fact;
import dev.gatewarden.core.exchange.Reading.Mark;
import dev.gatewarden.core.exchange.Reading.Meaning;
import dev.gatewarden.core.exchange.Reading.Role;
import dev.gatewarden.core.schema.JsonText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Gathers the facts about objects from the marked values of a body.
public final class FactReader {
  private FactReader() {}

  /// The facts of the objects that one binding finds.
  ///
  /// @param number the binding's number within its operation, as the marks know it
  static List<ObjectFacts> read(int number, ObjectBinding binding, Bytes body, List<Mark> marks) {
    List<ObjectFacts> all = new ArrayList<>(1);
    if (binding.items() == null) {
      all.add(one(number, binding.type(), body, marks, body.from(), body.to()));
      return all;
    }
    for (Mark mark : marks) {
      if (part(mark, number) instanceof Meaning.Part(var _, Role role, var _)
          && role == Role.ITEM) {
        all.add(
            isId(body, mark)
                ? named(binding.type(), fact(body, mark), mark)
                : one(number, binding.type(), body, marks, mark.from(), mark.to()));
      }
    }
    return all;
  }

  /// In a list of mere ids an item is one.
  private static boolean isId(Bytes body, Mark mark) {
    return JsonText.isString(body.array(), mark.from(), mark.to())
        || JsonText.isNumber(body.array(), mark.from(), mark.to());
  }

  private static ObjectFacts named(ObjectType type, Fact id, Mark mark) {
    return new ObjectFacts(
        canonical(type, id), Fact.MISSING, Fact.MISSING, Map.of(), mark.from(), mark.to());
  }

  private static ObjectFacts one(
      int number, ObjectType type, Bytes body, List<Mark> marks, int from, int to) {
    Fact id = Fact.MISSING;
    Fact owner = Fact.MISSING;
    Fact tenant = Fact.MISSING;
    Map<String, Fact> parents = type.parents().isEmpty() ? Map.of() : new HashMap<>();
    for (int i = 0; i < marks.size(); i++) {
      Mark mark = marks.get(i);
      if (mark.from() < from || mark.to() > to) {
        continue;
      }
      if (part(mark, number) instanceof Meaning.Part(var _, Role role, String name)) {
        Fact fact = fact(body, mark);
        switch (role) {
          case ID -> id = joined(id, canonical(type, fact));
          case OWNER -> owner = joined(owner, fact);
          case TENANT -> tenant = joined(tenant, fact);
          case PARENT -> parents.merge(name, fact, FactReader::joined);
          case ITEM, COUNT, WRITTEN, PATCH, PATCHED -> {}
        }
      }
    }
    return new ObjectFacts(id, owner, tenant, parents, from, to);
  }

  private static Meaning.@Nullable Part part(Mark mark, int number) {
    return mark.meaning() instanceof Meaning.Part part && part.binding() == number ? part : null;
  }

  private static Fact joined(Fact before, Fact now) {
    return before == Fact.MISSING ? now : Fact.ODD;
  }

  private static Fact canonical(ObjectType type, Fact fact) {
    if (fact instanceof Fact.Known(String text)) {
      String id = IdForm.canonical(type.id().as(), text);
      return id == null ? Fact.ODD : Fact.of(id);
    }
    return fact;
  }

  /// A text or a number as text; a number counts as it is written, so `1.0` is not the id `1`.
  static Fact fact(Bytes body, Mark mark) {
    byte[] json = body.array();
    if (JsonText.isString(json, mark.from(), mark.to())) {
      return Fact.of(JsonText.decode(json, mark.from(), mark.to()));
    }
    if (JsonText.isNumber(json, mark.from(), mark.to())) {
      return Fact.of(
          new String(
              json,
              mark.from(),
              mark.to() - mark.from(),
              java.nio.charset.StandardCharsets.ISO_8859_1));
    }
    return JsonText.isNull(json, mark.from(), mark.to()) ? Fact.MISSING : Fact.ODD;
  }
}

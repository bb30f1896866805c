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

/// Gathers the facts about objects from the marked values of a body, in one pass over them.
public final class FactReader {
  private final ObjectType type;
  private final Bytes body;
  private Fact id = Fact.MISSING;
  private Fact key = Fact.MISSING;
  private Fact owner = Fact.MISSING;
  private Fact tenant = Fact.MISSING;
  private Map<String, Fact> parents = Map.of();

  private FactReader(ObjectType type, Bytes body) {
    this.type = type;
    this.body = body;
  }

  /// The facts of the objects that one binding finds.
  ///
  /// @param number the binding's number within its operation, as the marks know it
  static List<ObjectFacts> read(int number, ObjectBinding binding, Bytes body, List<Mark> marks) {
    if (binding.items() == null) {
      FactReader one = new FactReader(binding.type(), body);
      for (int i = 0; i < marks.size(); i++) {
        if (marks.get(i).meaning() instanceof Meaning.Part part && part.binding() == number) {
          one.take(part, marks.get(i));
        }
      }
      List<ObjectFacts> only = new ArrayList<>(1);
      only.add(one.facts(body.from(), body.from(), body.to()));
      return only;
    }
    return read(number, binding, Role.ITEM, body, marks);
  }

  /// The facts of the objects that are marked as such.
  ///
  /// @param role what marks an object
  static List<ObjectFacts> read(
      int number, ObjectBinding binding, Role role, Bytes body, List<Mark> marks) {
    ItemSpans items = ItemSpans.of(marks, number, role);
    FactReader[] readers = new FactReader[items.size()];
    for (int i = 0; i < readers.length; i++) {
      readers[i] = new FactReader(binding.type(), body);
    }
    for (int i = 0; i < marks.size(); i++) {
      if (marks.get(i).meaning() instanceof Meaning.Part part && part.binding() == number) {
        int at = items.around(marks.get(i));
        if (at >= 0) {
          readers[at].take(part, marks.get(i));
        }
      }
    }
    List<ObjectFacts> all = new ArrayList<>(readers.length);
    for (int i = 0; i < readers.length; i++) {
      all.add(readers[i].item(items.get(i)));
    }
    return all;
  }

  /// In a list of mere ids an item is one.
  private ObjectFacts item(Mark mark) {
    byte[] json = body.array();
    if (JsonText.isString(json, mark.from(), mark.to())
        || JsonText.isNumber(json, mark.from(), mark.to())) {
      return new ObjectFacts(
          key == Fact.MISSING ? canonical(Fact.at(body, mark)) : key,
          Fact.MISSING,
          Fact.MISSING,
          Map.of(),
          mark.nameFrom(),
          mark.from(),
          mark.to());
    }
    return facts(mark.nameFrom(), mark.from(), mark.to());
  }

  private ObjectFacts facts(int nameFrom, int from, int to) {
    return new ObjectFacts(named(), owner, tenant, parents, nameFrom, from, to);
  }

  /// Where its name is the id of an object, the object itself may say the same, or nothing.
  private Fact named() {
    boolean same = key == Fact.MISSING || id == Fact.MISSING || key.equals(id);
    return same ? key == Fact.MISSING ? id : key : Fact.ODD;
  }

  /// The name under which a value stands; odd where it has none.
  static Fact name(Bytes body, Mark mark) {
    byte[] json = body.array();
    if (mark.nameFrom() == mark.from()) {
      return Fact.ODD;
    }
    int end = JsonText.endOfString(json, mark.nameFrom());
    return Fact.of(JsonText.decode(json, mark.nameFrom(), end));
  }

  private void take(Meaning.Part part, Mark mark) {
    switch (part.role()) {
      case ID -> id = joined(id, canonical(Fact.at(body, mark)));
      case OWNER -> owner = joined(owner, Fact.at(body, mark));
      case TENANT -> tenant = joined(tenant, Fact.at(body, mark));
      case PARENT -> {
        parents = parents.isEmpty() ? new HashMap<>() : parents;
        parents.merge(part.name(), Fact.at(body, mark), FactReader::joined);
      }
      case KEY -> key = joined(key, canonical(name(body, mark)));
      case ITEM, COUNT, FILTER, WRITTEN, PATCH, PATCHED -> {}
    }
  }

  private static Fact joined(Fact before, Fact now) {
    return before == Fact.MISSING ? now : Fact.ODD;
  }

  private Fact canonical(Fact fact) {
    if (fact instanceof Fact.Known(String text)) {
      String form = IdForm.canonical(type.id().as(), text);
      return form == null ? Fact.ODD : Fact.of(form);
    }
    return fact;
  }
}

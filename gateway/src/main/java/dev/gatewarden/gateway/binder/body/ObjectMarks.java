package dev.gatewarden.gateway.binder.body;

import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.PointerPattern;
import dev.gatewarden.core.contract.SchemaSource;
import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.exchange.Reading.Meaning;
import dev.gatewarden.core.exchange.Reading.Role;
import dev.gatewarden.core.schema.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the parts of bound objects stand in a body, as marks for the schema engine.
public final class ObjectMarks {
  private final Meanings meanings;
  private final List<Mark> marks = new ArrayList<>();
  private final List<PartMark> parts = new ArrayList<>();

  /// Those among them that name objects: a selector names places in one document, and none in the
  /// lines of a sequence.
  private final List<Mark> naming = new ArrayList<>();

  public ObjectMarks(Meanings meanings) {
    this.meanings = meanings;
  }

  public List<Mark> list() {
    return marks;
  }

  /// The ids that a binding reads from the request's body.
  public void ofRequest(int number, ObjectBinding binding) {
    if (binding.id() instanceof Selector.Body(PointerPattern at) && at.named()) {
      keyed(number, binding.type(), at.items());
    } else if (binding.id() != null) {
      ofRequest(number, Role.ID, binding.type().name(), binding.id());
    }
    for (Map.Entry<String, Selector> parent : binding.within().entrySet()) {
      ofRequest(number, Role.PARENT, parent.getKey(), parent.getValue());
    }
  }

  /// Objects whose names are their ids, and what they say of these themselves.
  private void keyed(int number, ObjectType type, PointerPattern object) {
    mark(number, Role.KEY, type.name(), object);
    naming.add(marks.getLast());
    if (!type.id().at().steps().isEmpty()) {
      mark(number, Role.ID, type.name(), object.then(type.id().at()));
      naming.add(marks.getLast());
    }
  }

  /// Where the gate writes whose objects are listed, and the objects around that.
  public void filter(int number, ObjectBinding binding) {
    if (binding.filter() != null && binding.filter().at() instanceof Selector.Body(var at)) {
      for (int i = 0; i <= at.steps().size(); i++) {
        PointerPattern place = new PointerPattern(at.steps().subList(0, i));
        mark(number, Role.FILTER, Integer.toString(i), place);
        naming.add(marks.getLast());
      }
    }
  }

  /// The items that a batch names: what an item says, it says of its own object.
  public void items(int number, ObjectBinding binding) {
    if (binding.id() instanceof Selector.Body(PointerPattern at)) {
      int last = at.steps().lastIndexOf(new PointerPattern.Each());
      if (at.named() || last >= 0) {
        PointerPattern item =
            at.named() ? at.items() : new PointerPattern(at.steps().subList(0, last + 1));
        mark(number, Role.ITEM, binding.type().name(), item);
        naming.add(marks.getLast());
      }
    }
  }

  /// Where a slot stands that a request might write.
  ///
  /// @param schema what is promised of the body, or null
  public void slot(int number, Slot slot, @Nullable SchemaSource schema) {
    for (PointerPattern place : slot.places(schema)) {
      mark(number, Role.WRITTEN, "", place);
    }
  }

  /// What the operations of a JSON Patch (RFC 6902) do to slots.
  public void patches(List<Slot> slots) {
    PointerPattern each = new PointerPattern(List.of(new PointerPattern.Each()));
    mark(0, Role.PATCH, "", each);
    mark(0, Role.PATCH, "op", each.then(new PointerPattern(List.of(name("op")))));
    mark(0, Role.PATCH, "path", each.then(new PointerPattern(List.of(name("path")))));
    PointerPattern value = each.then(new PointerPattern(List.of(name("value"))));
    for (int i = 0; i < slots.size(); i++) {
      List<PointerPattern.Step> steps = slots.get(i).steps();
      for (int k = 0; k <= steps.size(); k++) {
        PointerPattern rest = new PointerPattern(steps.subList(k, steps.size()));
        mark(i, Role.PATCHED, Integer.toString(k), value.then(rest));
      }
    }
  }

  private static PointerPattern.Step name(String name) {
    return new PointerPattern.Name(name);
  }

  /// The marks for one line of a sequence.
  ObjectMarks ofLines() {
    ObjectMarks lines = new ObjectMarks(meanings);
    lines.marks.addAll(marks);
    lines.marks.removeAll(naming);
    return lines;
  }

  /// Whether nothing has to be found beside what each line holds.
  boolean linesOnly() {
    return naming.isEmpty();
  }

  private void ofRequest(int number, Role role, String name, Selector selector) {
    if (selector instanceof Selector.Body(PointerPattern at)) {
      mark(number, role, name, at);
      naming.add(marks.getLast());
    } else if (selector instanceof Selector.Part(String part)) {
      parts.add(new PartMark(part, new Meaning.Part(number, role, name)));
    }
  }

  /// An id that stands in a part of a multipart body.
  public record PartMark(String part, Meaning meaning) {}

  /// The ids that stand in parts; who reads parts says where that is with `marked`.
  public List<PartMark> parts() {
    return parts;
  }

  /// Marks the values at a place.
  public void marked(Meaning meaning, PointerPattern at) {
    int label = meanings.label(meaning);
    if (label < 0) {
      throw new dev.gatewarden.core.GatewardenBug("more parts of objects than labels in one body");
    }
    marks.add(new Mark(at.toString(), label));
  }

  /// The objects that a binding finds in the response's body.
  public void ofResponse(int number, ObjectBinding binding) {
    PointerPattern object = PointerPattern.ROOT;
    if (binding.items() instanceof Selector.ResponseBody(PointerPattern at)) {
      object = binding.does() == ObjectBinding.Does.READ ? at : at.items();
      mark(number, Role.ITEM, binding.type().name(), object);
    }
    ObjectType type = binding.type();
    facts(number, binding, object);
    if (binding.count() != null) {
      for (PointerPattern at : binding.count().at()) {
        mark(number, Role.COUNT, type.name(), at);
      }
    }
  }

  private void facts(int number, ObjectBinding binding, PointerPattern object) {
    ObjectType type = binding.type();
    if (binding.id() instanceof Selector.ResponseBody(PointerPattern at) && at.named()) {
      keyed(number, type, at.items());
    } else if (binding.id() instanceof Selector.ResponseBody(PointerPattern at)) {
      mark(number, Role.ID, type.name(), at);
    } else {
      mark(number, Role.ID, type.name(), object.then(type.id().at()));
    }
    PointerPattern owner = type.owner() == null ? null : type.owner().at();
    if (owner != null) {
      mark(number, Role.OWNER, type.name(), object.then(owner));
    }
    PointerPattern tenant = type.tenant() == null ? null : type.tenant().at();
    if (tenant != null) {
      mark(number, Role.TENANT, type.name(), object.then(tenant));
    }
    for (Map.Entry<String, PointerPattern> parent : type.parents().entrySet()) {
      mark(number, Role.PARENT, parent.getKey(), object.then(parent.getValue()));
    }
  }

  /// The objects that a binding finds in the response's body where each line of it is one.
  public void ofResponseLines(int number, ObjectBinding binding) {
    if (binding.does() == ObjectBinding.Does.LIST
        && binding.items() instanceof Selector.ResponseBody(PointerPattern at)
        && (at.steps().isEmpty() || at.toString().equals("/*"))) {
      mark(number, Role.ITEM, binding.type().name(), PointerPattern.ROOT);
      facts(number, binding, PointerPattern.ROOT);
    }
  }

  private void mark(int number, Role role, String name, PointerPattern at) {
    marked(new Meaning.Part(number, role, name), at);
  }
}

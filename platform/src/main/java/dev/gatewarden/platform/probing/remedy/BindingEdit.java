package dev.gatewarden.platform.probing.remedy;

import dev.gatewarden.core.contract.Access;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Grant;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.PointerPattern;
import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.Remedy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whose the objects of an operation are, for a contract that does not say it: the binding of the
/// operation, the types it needs, and the operations they are looked up by.
final class BindingEdit {
  private static final String BINDING = "x-gatewarden-object";

  private BindingEdit() {}

  /// The edit, or null where the contract says it or cannot be edited there.
  static @Nullable Remedy of(Contract contract, Operation operation, Edits edits) {
    List<ObjectBinding> bindings = operation.objects().list();
    if (bindings.isEmpty()) {
      return null;
    }
    Set<Operation> bound = new LinkedHashSet<>(List.of(operation));
    Map<String, Node> types = new LinkedHashMap<>();
    Deque<String> open = new ArrayDeque<>();
    bindings.forEach(each -> open.add(each.type().name()));
    while (!open.isEmpty()) {
      ObjectType type = contract.types().get(open.poll());
      if (type == null || types.containsKey(type.name())) {
        continue;
      }
      types.put(type.name(), type(type));
      open.addAll(type.parents().keySet());
      open.addAll(type.refs().keySet());
      Operation reader = type.readBy() == null ? null : contract.operation(type.readBy());
      if (reader != null && bound.add(reader)) {
        reader.objects().list().forEach(each -> open.add(each.type().name()));
      }
      if (type.owner() != null && type.owner().at() == null) {
        List<Operation> makers = makers(contract, type);
        if (makers.isEmpty()) {
          return null;
        }
        makers.stream()
            .filter(bound::add)
            .flatMap(maker -> maker.objects().list().stream())
            .forEach(each -> open.add(each.type().name()));
      }
    }
    if (!edits.types(types)) {
      return null;
    }
    for (Operation each : bound) {
      if (!edits.add(each, BINDING, binding(each.objects().list()))) {
        return null;
      }
    }
    ObjectBinding first = bindings.getFirst();
    Selector id = first.id();
    return new Remedy.Edit(
        "say whose the objects of `"
            + operation.id().name()
            + "` are: `"
            + first.type().name()
            + "`"
            + (id == null ? "" : " by `" + id.text() + "`")
            + owned(first.type()),
        edits.changes(),
        false);
  }

  /// Where it is learned whose an object is that does not say it itself.
  private static List<Operation> makers(Contract contract, ObjectType type) {
    return contract.operations().stream()
        .filter(
            each ->
                each.objects().list().stream()
                    .anyMatch(binding -> binding.learn() && binding.type().equals(type)))
        .toList();
  }

  private static String owned(ObjectType type) {
    ObjectType.Fact owner = type.owner();
    return owner == null
        ? ""
        : owner.at() == null ? ", owned by who created it" : ", owned by `" + owner.at() + "`";
  }

  private static Node type(ObjectType type) {
    Map<String, Node> members = new LinkedHashMap<>();
    Map<String, Node> id = new LinkedHashMap<>();
    id.put("at", Json.of(type.id().at().toString()));
    id.put("as", word(type.id().as()));
    members.put("id", Json.of(id));
    fact("owner", type.owner(), members);
    fact("tenant", type.tenant(), members);
    if (!type.parents().isEmpty()) {
      Map<String, Node> parents = new LinkedHashMap<>();
      type.parents().forEach((name, at) -> parents.put(name, Json.of(at.toString())));
      members.put("parent", Json.of(parents));
    }
    if (!type.references().isEmpty()) {
      Map<String, List<Node>> places = new LinkedHashMap<>();
      for (ObjectType.Reference each : type.references()) {
        places
            .computeIfAbsent(each.type(), _ -> new ArrayList<>())
            .add(Json.of(each.at().toString()));
      }
      Map<String, Node> refs = new LinkedHashMap<>();
      places.forEach((name, at) -> refs.put(name, at.size() == 1 ? at.getFirst() : Json.of(at)));
      members.put("refs", Json.of(refs));
    }
    if (!type.access().equals(Access.OWNER)) {
      Map<String, Node> access = new LinkedHashMap<>();
      access.put("read", grants(type.access().read()));
      access.put("write", grants(type.access().write()));
      members.put("access", Json.of(access));
    }
    String readBy = type.readBy();
    if (readBy != null) {
      members.put("read-by", Json.of(readBy));
    }
    return Json.of(members);
  }

  private static void fact(String word, ObjectType.@Nullable Fact fact, Map<String, Node> members) {
    if (fact == null) {
      return;
    }
    Map<String, Node> said = new LinkedHashMap<>();
    PointerPattern at = fact.at();
    if (at != null) {
      said.put("at", Json.of(at.toString()));
    }
    said.put("is", Json.of(fact.is().text()));
    members.put(word, Json.of(said));
  }

  private static Node binding(List<ObjectBinding> bindings) {
    List<Node> all = new ArrayList<>();
    bindings.forEach(each -> all.add(binding(each)));
    return all.size() == 1 ? all.getFirst() : Json.of(all);
  }

  private static Node binding(ObjectBinding binding) {
    Map<String, Node> members = new LinkedHashMap<>();
    members.put("type", Json.of(binding.type().name()));
    members.put("does", word(binding.does()));
    put("id", binding.id(), members);
    if (!binding.within().isEmpty()) {
      Map<String, Node> within = new LinkedHashMap<>();
      binding.within().forEach((name, at) -> within.put(name, Json.of(at.text())));
      members.put("within", Json.of(within));
    }
    put(binding.does() == ObjectBinding.Does.READ ? "at" : "items", binding.items(), members);
    ObjectBinding.Count count = binding.count();
    if (binding.does() == ObjectBinding.Does.LIST) {
      members.put("foreign", word(binding.foreign()));
      if (count != null) {
        List<Node> at = new ArrayList<>();
        count.at().forEach(each -> at.add(Json.of(each.toString())));
        Map<String, Node> said = new LinkedHashMap<>();
        said.put("at", Json.of(at));
        said.put("then", word(count.then()));
        members.put("count", Json.of(said));
      }
    }
    if (binding.learn()) {
      members.put("learn", Json.of("owner"));
    }
    List<Grant> access = binding.access();
    if (access != null) {
      members.put("access", grants(access));
    }
    return Json.of(members);
  }

  private static void put(String word, @Nullable Selector selector, Map<String, Node> members) {
    if (selector != null) {
      members.put(word, Json.of(selector.text()));
    }
  }

  private static Node grants(List<Grant> grants) {
    List<Node> words = new ArrayList<>();
    grants.forEach(each -> words.add(Json.of(each.text())));
    return Json.of(words);
  }

  private static Node word(Enum<?> choice) {
    return Json.of(choice.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }
}

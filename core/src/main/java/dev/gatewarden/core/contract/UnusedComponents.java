package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.References.Resolution;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Tells which parts under `components` nothing in a contract leads to.
public final class UnusedComponents {
  /// A part that stands there for nothing.
  ///
  /// @param name as `schemas.Order`
  public record Unused(String name, Place place) {}

  private final Contract contract;
  private final Map<Node, String> names = new IdentityHashMap<>();
  private final Map<String, Node.Member> unused = new LinkedHashMap<>();
  private final Set<Node> visited = Collections.newSetFromMap(new IdentityHashMap<>());

  private UnusedComponents(Contract contract) {
    this.contract = contract;
  }

  /// In the order of the text.
  public static List<Unused> of(Contract contract) {
    return new UnusedComponents(contract).find();
  }

  private List<Unused> find() {
    Obj components = Nodes.object(contract.source(), "components");
    if (components == null) {
      return List.of();
    }
    components.entries().forEach(this::section);
    for (Node.Member member : contract.source().entries()) {
      if (!member.name().equals("components")) {
        member(member);
      }
    }
    contract.operations().forEach(each -> objects(each.objects().list()));
    while (kinds()) {
      // what builds on a kind may itself lead further
    }
    List<Unused> found = new ArrayList<>();
    unused.forEach((name, member) -> found.add(new Unused(name, member.namePlace())));
    return found;
  }

  private void section(Node.Member section) {
    boolean ours = section.name().equals(Extensions.PREFIX + "objects");
    if (section.value() instanceof Obj parts && (ours || !section.name().startsWith("x-"))) {
      for (Node.Member part : parts.entries()) {
        String name = section.name() + "." + part.name();
        names.put(part.value(), name);
        unused.put(name, part);
      }
    }
  }

  private void objects(List<ObjectBinding> bindings) {
    for (ObjectBinding binding : bindings) {
      used(Extensions.PREFIX + "objects." + binding.type().name());
      binding
          .type()
          .parents()
          .keySet()
          .forEach(each -> used(Extensions.PREFIX + "objects." + each));
      binding.type().refs().keySet().forEach(each -> used(Extensions.PREFIX + "objects." + each));
    }
  }

  private void used(String name) {
    Node.Member part = unused.remove(name);
    if (part != null) {
      walk(part.value());
    }
  }

  private void walk(Node node) {
    switch (node) {
      case Obj object -> {
        if (visited.add(object)) {
          String name = names.get(object);
          if (name != null) {
            unused.remove(name);
          }
          object.entries().forEach(this::member);
        }
      }
      case Node.Arr array -> array.items().forEach(this::walk);
      case Node.Text ignored -> {}
      case Node.Num ignored -> {}
      case Node.Bool ignored -> {}
      case Node.Null ignored -> {}
    }
  }

  private void member(Node.Member member) {
    switch (member.name()) {
      case "$ref", "$dynamicRef" -> {
        if (member.value() instanceof Node.Text reference) {
          follow(reference.value(), reference);
        }
      }
      case "security" -> schemes(member.value());
      case "mapping" -> {
        if (member.value() instanceof Obj targets) {
          targets.entries().forEach(each -> mapped(each.value()));
        }
      }
      default -> {}
    }
    walk(member.value());
  }

  private void schemes(Node node) {
    for (Node alternative : Nodes.items(node)) {
      if (alternative instanceof Obj needs) {
        needs.members().keySet().forEach(each -> used("securitySchemes." + each));
      }
    }
  }

  private void mapped(Node target) {
    if (target instanceof Node.Text text) {
      used("schemas." + text.value());
      follow(text.value(), text);
    }
  }

  private void follow(String reference, Node at) {
    if (contract.references().resolve(reference, at.place())
        instanceof Resolution.Found(Node target)) {
      walk(target);
    }
    String whole = whole(reference);
    if (!whole.equals(reference)) {
      follow(whole, at);
    }
  }

  /// The part that a reference leads into: `#/components/schemas/Order` for what lies below it.
  private static String whole(String reference) {
    int end = 0;
    for (int slashes = 0; slashes < 4 && end >= 0; slashes++) {
      end = reference.indexOf('/', end == 0 ? 0 : end + 1);
    }
    return reference.startsWith("#/components/") && end > 0
        ? reference.substring(0, end)
        : reference;
  }

  /// A discriminator without a mapping leads to all that build on it.
  private boolean kinds() {
    List<String> found = new ArrayList<>();
    unused.forEach(
        (name, part) -> {
          for (Node base :
              Nodes.items(part.value() instanceof Obj object ? object.get("allOf") : null)) {
            if (base instanceof Obj object
                && object.get("$ref") instanceof Node.Text reference
                && contract.references().resolve(reference.value(), reference.place())
                    instanceof Resolution.Found(Obj target)
                && visited.contains(target)
                && target.get("discriminator") != null) {
              found.add(name);
            }
          }
        });
    found.forEach(this::used);
    return !found.isEmpty();
  }
}

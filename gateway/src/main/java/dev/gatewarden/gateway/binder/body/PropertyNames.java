package dev.gatewarden.gateway.binder.body;

import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.SchemaSource;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.References;
import java.util.HashSet;
import java.util.Set;

/// The names of all properties that the schemas of messages declare.
public final class PropertyNames {
  private final Set<String> names = new HashSet<>();
  private final Set<String> seen = new HashSet<>();

  /// Adds what bodies of that content may have.
  public PropertyNames with(Content content) {
    for (Content.MediaType type : content.types().values()) {
      SchemaSource source = type.schema();
      if (source != null) {
        gather(source.schema(), source.references());
      }
    }
    return this;
  }

  public Set<String> all() {
    return names;
  }

  private void gather(Node node, References references) {
    switch (node) {
      case Node.Obj object -> {
        if (object.get("properties") instanceof Node.Obj properties) {
          properties.entries().forEach(member -> names.add(member.name()));
        }
        if (object.get("$ref") instanceof Node.Text reference
            && seen.add(reference.place().origin().address() + " " + reference.value())
            && references.resolve(reference.value(), reference.place())
                instanceof References.Resolution.Found(Node found)) {
          gather(found, references);
        }
        object.entries().forEach(member -> gather(member.value(), references));
      }
      case Node.Arr(var _, var items) -> items.forEach(item -> gather(item, references));
      case Node.Text _, Node.Num _, Node.Bool _, Node.Null _ -> {}
    }
  }
}

package dev.gatewarden.gateway.binder.normal;

import dev.gatewarden.core.canon.json.NormalFormReader;
import dev.gatewarden.core.contract.SchemaSource;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.References;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether any schema of a contract declares a form at all; most do not, and then nothing more is
/// looked at. Each part of a document is looked at once.
final class Mentions {
  private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private boolean any;

  boolean any() {
    return any;
  }

  void look(@Nullable SchemaSource source) {
    if (source != null && !any) {
      look(source.schema(), source.references());
    }
  }

  private void look(Node node, References references) {
    if (any || !seen.add(node)) {
      return;
    }
    switch (node) {
      case Node.Obj object -> {
        any |= object.get(NormalFormReader.WORD) != null;
        object.entries().forEach(member -> look(member.value(), references));
        if (object.get("$ref") instanceof Node.Text(var place, String reference)
            && references.resolve(reference, place)
                instanceof References.Resolution.Found(Node target)) {
          look(target, references);
        }
      }
      case Node.Arr array -> array.items().forEach(item -> look(item, references));
      case Node.Text _, Node.Num _, Node.Bool _, Node.Null _ -> {}
    }
  }
}

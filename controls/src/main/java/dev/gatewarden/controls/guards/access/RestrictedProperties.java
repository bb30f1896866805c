package dev.gatewarden.controls.guards.access;

import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.SchemaSource;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.References;
import java.util.HashSet;
import java.util.Set;

/// Looks in the schemas of a message for properties that the contract restricts to some callers.
public final class RestrictedProperties {
  private final String word;
  private final SchemaSource source;
  private final Set<String> seen = new HashSet<>();

  private RestrictedProperties(String word, SchemaSource source) {
    this.word = word;
    this.source = source;
  }

  /// Whether any body of that content has a property with the word, such as `x-gatewarden-write`.
  public static boolean in(Content content, String word) {
    for (Content.MediaType type : content.types().values()) {
      SchemaSource schema = type.schema();
      if (schema != null && new RestrictedProperties(word, schema).below(schema.schema())) {
        return true;
      }
      SchemaSource items = type.items();
      if (items != null && new RestrictedProperties(word, items).below(items.schema())) {
        return true;
      }
    }
    return false;
  }

  private boolean below(Node node) {
    return switch (node) {
      case Node.Obj object -> object(object);
      case Node.Arr(var _, var items) -> {
        for (Node item : items) {
          if (below(item)) {
            yield true;
          }
        }
        yield false;
      }
      case Node.Text _, Node.Num _, Node.Bool _, Node.Null _ -> false;
    };
  }

  private boolean object(Node.Obj object) {
    if (object.get(word) != null) {
      return true;
    }
    if (object.get("$ref") instanceof Node.Text reference && target(reference)) {
      return true;
    }
    for (Node.Member member : object.entries()) {
      if (below(member.value())) {
        return true;
      }
    }
    return false;
  }

  private boolean target(Node.Text reference) {
    String name = reference.place().origin().address() + " " + reference.value();
    return seen.add(name)
        && source.references().resolve(reference.value(), reference.place())
            instanceof References.Resolution.Found(Node found)
        && below(found);
  }
}

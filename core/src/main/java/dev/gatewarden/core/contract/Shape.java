package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What values a schema speaks of, for who wants to read a contract rather than to judge by it: all
/// branches together, references followed.
public final class Shape {
  private final SchemaReach reach;
  private final List<Obj> schemas;

  private Shape(SchemaReach reach, List<Obj> schemas) {
    this.reach = reach;
    this.schemas = schemas;
  }

  public static Shape of(SchemaSource source) {
    SchemaReach reach = new SchemaReach(new Resolver(source.references()));
    return new Shape(reach, reach.expanded(List.of(source.schema())));
  }

  /// What speaks of the value, as it is written: the schema that is referred to, and its branches.
  public List<Obj> schemas() {
    return List.copyOf(schemas);
  }

  /// The types its values may have; empty where the schema does not say.
  public Set<String> types() {
    Set<String> types = new TreeSet<>(new SchemaReach.Outcome.Reached(schemas).types());
    if (types.isEmpty() && has("properties")) {
      types.add("object");
    }
    if (types.isEmpty() && has("items")) {
      types.add("array");
    }
    return types;
  }

  /// Whether a value may be text or a number, and nothing that holds others.
  public boolean scalar() {
    Set<String> types = types();
    return !types.contains("object")
        && !types.contains("array")
        && (types.contains("string") || types.contains("integer") || types.contains("number"));
  }

  /// A word of the schema that is a text, such as `format`; null where no branch says it.
  public @Nullable String text(String word) {
    for (Obj schema : schemas) {
      if (schema.get(word) instanceof Node.Text text) {
        return text.value();
      }
    }
    return null;
  }

  /// Whether some branch says the word.
  public boolean has(String word) {
    return schemas.stream().anyMatch(schema -> schema.get(word) != null);
  }

  /// What some branch says behind a word; null where none does.
  public @Nullable Node value(String word) {
    for (Obj schema : schemas) {
      Node value = schema.get(word);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  /// Whether some branch says that the word is true.
  public boolean says(String word) {
    return value(word) instanceof Node.Bool(var _, boolean is) && is;
  }

  /// The members it names, in the order of the text.
  public Map<String, Shape> members() {
    Map<String, List<Node>> named = new LinkedHashMap<>();
    for (Obj schema : schemas) {
      if (schema.get("properties") instanceof Obj properties) {
        for (Node.Member member : properties.entries()) {
          named.computeIfAbsent(member.name(), _ -> new ArrayList<>()).add(member.value());
        }
      }
    }
    Map<String, Shape> members = new LinkedHashMap<>();
    named.forEach((name, each) -> members.put(name, new Shape(reach, reach.expanded(each))));
    return members;
  }

  /// What the items of a list are; null where it names none.
  public @Nullable Shape items() {
    List<Node> items = new ArrayList<>();
    for (Obj schema : schemas) {
      if (schema.get("items") instanceof Obj each) {
        items.add(each);
      }
    }
    return items.isEmpty() ? null : new Shape(reach, reach.expanded(items));
  }
}

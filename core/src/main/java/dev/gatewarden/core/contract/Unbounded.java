package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.References;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// The texts and lists that a contract lets callers send without a bound of its own, so that only
/// the usual one holds.
///
/// @param texts each text without `maxLength`, once, however often it is referred to
/// @param lists each list without `maxItems`
public record Unbounded(List<Problem> texts, List<Problem> lists) {
  private static final Set<String> SHORT =
      Set.of("uuid", "date", "date-time", "time", "ipv4", "ipv6", "int32", "int64");
  private static final List<String> BOUNDING =
      List.of("maxLength", "enum", "const", "maxItems", "contentSchema");
  private static final Pattern ENDLESS = Pattern.compile("[*+]|\\{\\d*,}");

  /// Those of a contract's requests.
  public static Unbounded in(Contract contract) {
    Walk walk = new Walk();
    for (Operation operation : contract.operations()) {
      operation.parameters().forEach(parameter -> walk.look(parameter.schema()));
      if (operation.body() != null) {
        for (Content.MediaType type : operation.body().content().types().values()) {
          if (type.schema() != null) {
            walk.look(type.schema());
          }
        }
      }
    }
    return new Unbounded(List.copyOf(walk.texts), List.copyOf(walk.lists));
  }

  private static final class Walk {
    private final List<Problem> texts = new ArrayList<>();
    private final List<Problem> lists = new ArrayList<>();
    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    void look(SchemaSource source) {
      value(List.of(source.schema()), source.references());
    }

    /// Looks at one value that several schemas describe.
    private void value(List<Node> schemas, References references) {
      List<Node.Obj> all = new ArrayList<>();
      schemas.forEach(schema -> gather(schema, references, all));
      if (all.isEmpty() || !seen.add(all.getFirst())) {
        return;
      }
      boolean bounded = all.stream().anyMatch(Walk::bounds);
      for (Node.Obj schema : all) {
        if (!bounded && is(schema, "string")) {
          texts.add(hint(schema, "a text without `maxLength`"));
          break;
        }
        if (!bounded && is(schema, "array")) {
          lists.add(hint(schema, "a list without `maxItems`"));
          break;
        }
      }
      all.forEach(schema -> inside(schema, all, references));
    }

    private void inside(Node.Obj schema, List<Node.Obj> all, References references) {
      for (String word : List.of("properties", "patternProperties", "dependentSchemas")) {
        if (schema.get(word) instanceof Node.Obj members) {
          members.entries().forEach(member -> value(List.of(member.value()), references));
        }
      }
      for (String word : List.of("items", "additionalProperties", "contains", "propertyNames")) {
        Node one = schema.get(word);
        if (one instanceof Node.Obj) {
          value(List.of(one), references);
        }
      }
      for (String word : List.of("anyOf", "oneOf", "prefixItems")) {
        if (schema.get(word) instanceof Node.Arr(var _, List<Node> each)) {
          for (Node one : each) {
            boolean bounded = !word.equals("prefixItems") && all.stream().anyMatch(Walk::bounds);
            if (!bounded) {
              value(List.of(one), references);
            }
          }
        }
      }
    }

    private void gather(Node schema, References references, List<Node.Obj> all) {
      if (!(schema instanceof Node.Obj object) || all.stream().anyMatch(one -> one == object)) {
        return;
      }
      if (object.get("$ref") instanceof Node.Text(var place, String reference)
          && references.resolve(reference, place)
              instanceof References.Resolution.Found(Node target)) {
        gather(target, references, all);
      }
      all.add(object);
      if (object.get("allOf") instanceof Node.Arr(var _, List<Node> each)) {
        each.forEach(one -> gather(one, references, all));
      }
    }

    private static boolean bounds(Node.Obj schema) {
      if (BOUNDING.stream().anyMatch(word -> schema.get(word) != null)) {
        return true;
      }
      if (schema.get("format") instanceof Node.Text(var _, String format)
          && SHORT.contains(format)) {
        return true;
      }
      return schema.get("pattern") instanceof Node.Text(var _, String pattern)
          && pattern.startsWith("^")
          && pattern.endsWith("$")
          && !ENDLESS.matcher(pattern).find();
    }

    private static boolean is(Node.Obj schema, String type) {
      return switch (schema.get("type")) {
        case Node.Text(var _, String one) -> one.equals(type);
        case Node.Arr(var _, List<Node> several) ->
            several.stream()
                .anyMatch(one -> one instanceof Node.Text(var _, String text) && text.equals(type));
        case null -> false;
        case Node.Obj _, Node.Num _, Node.Bool _, Node.Null _ -> false;
      };
    }

    private static Problem hint(Node.Obj schema, String what) {
      return new Problem(schema.place(), what, "");
    }
  }
}

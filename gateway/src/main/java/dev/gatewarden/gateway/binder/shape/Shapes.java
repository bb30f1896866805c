package dev.gatewarden.gateway.binder.shape;

import dev.gatewarden.core.contract.SchemaSource;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.References;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the shapes of schemas: each is taken over all branches that may describe the same value.
public final class Shapes {
  /// A contract whose branches combine to more is read no deeper.
  private static final int MOST = 20_000;

  private static final int LONGEST_CHAIN = 64;
  private static final List<String> BRANCHES = List.of("allOf", "anyOf", "oneOf");
  private static final List<String> SINGLE = List.of("if", "then", "else");

  private final References references;
  private final Map<Sources, Shape> known = new HashMap<>();

  private Shapes(References references) {
    this.references = references;
  }

  /// The shape of a schema.
  public static Shape of(SchemaSource source) {
    return new Shapes(source.references()).shape(List.of(source.schema()));
  }

  /// The schemas that describe one value, told apart by where they stand and not by what they say.
  private record Sources(List<Node> nodes) {
    @Override
    public boolean equals(@Nullable Object other) {
      if (!(other instanceof Sources(List<Node> others)) || others.size() != nodes.size()) {
        return false;
      }
      for (int i = 0; i < nodes.size(); i++) {
        if (nodes.get(i) != others.get(i)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public int hashCode() {
      int hash = 1;
      for (Node node : nodes) {
        hash = hash * 31 + System.identityHashCode(node);
      }
      return hash;
    }
  }

  private Shape shape(List<Node> schemas) {
    Sources sources = new Sources(schemas);
    Shape found = known.get(sources);
    if (found != null) {
      return found;
    }
    if (known.size() == MOST) {
      return Shape.UNKNOWN;
    }
    Shape shape = new Shape(0, false);
    known.put(sources, shape);
    List<Obj> all = expanded(schemas);
    shape.types = types(all);
    shape.xml = xml(all);
    below(shape, all);
    return shape;
  }

  private void below(Shape shape, List<Obj> all) {
    Map<String, List<Node>> properties = new LinkedHashMap<>();
    List<Node> items = new ArrayList<>();
    List<Node> further = new ArrayList<>();
    boolean silent = true;
    for (Obj schema : all) {
      if (schema.get("properties") instanceof Obj named) {
        silent = false;
        for (Node.Member member : named.entries()) {
          properties.computeIfAbsent(member.name(), _ -> new ArrayList<>()).add(member.value());
        }
      }
      if (schema.get("patternProperties") instanceof Obj patterns) {
        shape.open = true;
        patterns.entries().forEach(each -> further.add(each.value()));
      }
      Node rest = schema.get("additionalProperties");
      rest = rest == null ? schema.get("unevaluatedProperties") : rest;
      silent &= rest == null;
      if (rest instanceof Obj || (rest instanceof Node.Bool bool && bool.value())) {
        shape.open = true;
        further.add(rest);
      }
      each(schema.get("prefixItems"), items);
      each(schema.get("items"), items);
    }
    shape.open |= silent;
    properties.forEach((name, nodes) -> shape.properties.put(name, shape(nodes)));
    shape.items = items.isEmpty() ? null : shape(items);
    shape.additional = further.isEmpty() ? null : shape(further);
  }

  private static void each(@Nullable Node node, List<Node> to) {
    if (node instanceof Node.Arr(var _, List<Node> items)) {
      to.addAll(items);
    } else if (node instanceof Obj) {
      to.add(node);
    }
  }

  /// All branches that may describe the value, references followed.
  private List<Obj> expanded(List<Node> schemas) {
    Set<Node> visited = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Obj> all = new ArrayList<>();
    schemas.forEach(each -> expand(each, visited, all, 0));
    return all;
  }

  private void expand(Node schema, Set<Node> visited, List<Obj> all, int depth) {
    if (!(schema instanceof Obj object) || depth > LONGEST_CHAIN || !visited.add(schema)) {
      return;
    }
    if (object.get("$ref") instanceof Node.Text reference
        && references.resolve(reference.value(), reference.place())
            instanceof References.Resolution.Found(Node target)) {
      expand(target, visited, all, depth + 1);
    }
    all.add(object);
    for (String branch : BRANCHES) {
      if (object.get(branch) instanceof Node.Arr(var _, List<Node> items)) {
        items.forEach(each -> expand(each, visited, all, depth + 1));
      }
    }
    for (String branch : SINGLE) {
      Node each = object.get(branch);
      if (each != null) {
        expand(each, visited, all, depth + 1);
      }
    }
  }

  private static int types(List<Obj> all) {
    int types = 0;
    for (Obj schema : all) {
      types |= named(schema.get("type"));
      if (schema.get("nullable") instanceof Node.Bool bool && bool.value()) {
        types |= Shape.NULL;
      }
    }
    if ((types & ~Shape.NULL) == 0) {
      for (Obj schema : all) {
        types |= implied(schema);
      }
    }
    return (types & ~Shape.NULL) == 0 && types != Shape.NULL ? Shape.ANY : types;
  }

  private static int named(@Nullable Node type) {
    return switch (type) {
      case Node.Text text -> bit(text.value());
      case Node.Arr(var _, List<Node> items) -> {
        int types = 0;
        for (Node each : items) {
          types |= named(each);
        }
        yield types;
      }
      case null, default -> 0;
    };
  }

  private static int bit(String type) {
    return switch (type) {
      case "string", "file" -> Shape.STRING;
      case "integer" -> Shape.INTEGER;
      case "number" -> Shape.NUMBER;
      case "boolean" -> Shape.BOOLEAN;
      case "null" -> Shape.NULL;
      case "array" -> Shape.ARRAY;
      case "object" -> Shape.OBJECT;
      default -> 0;
    };
  }

  /// What the other words of a schema without a type let one expect.
  private static int implied(Obj schema) {
    int types = 0;
    List<Node> values = new ArrayList<>();
    each(schema.get("enum"), values);
    Node constant = schema.get("const");
    if (constant != null) {
      values.add(constant);
    }
    for (Node value : values) {
      types |=
          switch (value) {
            case Node.Text _ -> Shape.STRING;
            case Node.Num number ->
                Shape.isNumber(number.literal()) && number.value().stripTrailingZeros().scale() <= 0
                    ? Shape.INTEGER
                    : Shape.NUMBER;
            case Node.Bool _ -> Shape.BOOLEAN;
            case Node.Null _ -> Shape.NULL;
            case Node.Arr _ -> Shape.ARRAY;
            case Obj _ -> Shape.OBJECT;
          };
    }
    if (schema.get("properties") != null) {
      types |= Shape.OBJECT;
    }
    if (schema.get("items") != null || schema.get("prefixItems") != null) {
      types |= Shape.ARRAY;
    }
    return types;
  }

  private static XmlWords xml(List<Obj> all) {
    Set<XmlWords> said = new LinkedHashSet<>();
    for (Obj schema : all) {
      if (schema.get("xml") instanceof Obj words) {
        said.add(xml(words));
      }
    }
    return said.isEmpty() ? XmlWords.NONE : said.iterator().next();
  }

  private static XmlWords xml(Obj words) {
    String nodeType = text(words, "nodeType");
    XmlWords.Kind kind =
        isTrue(words, "attribute") || "attribute".equals(nodeType)
            ? XmlWords.Kind.ATTRIBUTE
            : isTrue(words, "wrapped") || "element".equals(nodeType)
                ? XmlWords.Kind.WRAPPED
                : "text".equals(nodeType) || "cdata".equals(nodeType)
                    ? XmlWords.Kind.TEXT
                    : XmlWords.Kind.USUAL;
    String namespace = text(words, "namespace");
    return new XmlWords(
        text(words, "name"),
        namespace == null ? "" : namespace,
        text(words, "prefix") != null,
        kind);
  }

  private static boolean isTrue(Obj words, String name) {
    return words.get(name) instanceof Node.Bool bool && bool.value();
  }

  private static @Nullable String text(Obj words, String name) {
    return words.get(name) instanceof Node.Text text ? text.value() : null;
  }
}

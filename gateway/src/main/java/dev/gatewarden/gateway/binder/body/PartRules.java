package dev.gatewarden.gateway.binder.body;

import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.SchemaSource;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.References;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads what a contract promises of the parts of a multipart body: from the schemas of the
/// properties, and from `encoding` (OpenAPI, "Encoding Object").
final class PartRules {
  private static final List<String> BRANCHES = List.of("allOf", "anyOf", "oneOf");
  private static final List<String> SINGLE = List.of("if", "then", "else");
  private static final int DEEPEST = 32;

  private final Content.MediaType type;
  private final @Nullable SchemaSource source;
  private final PartHeaders headers;
  private final Map<String, List<Node.Obj>> properties = new LinkedHashMap<>();
  private final List<Node.Obj> others = new ArrayList<>();

  PartRules(Content.MediaType type, PartHeaders headers) {
    this.type = type;
    this.source = type.schema();
    this.headers = headers;
  }

  /// The rules by the name of the part; under the empty name the rule of every other part.
  Map<String, PartRule> read() {
    Map<String, PartRule> rules = new HashMap<>();
    if (source != null) {
      gather(source.schema(), 0, new HashSet<>());
    }
    properties.forEach((name, schemas) -> rules.put(name, rule(name, schemas)));
    rules.put("", others.isEmpty() ? PartRule.UNKNOWN : rule("", others));
    return rules;
  }

  private void gather(@Nullable Node node, int depth, Set<Node> seen) {
    Node.Obj schema = followed(node);
    if (schema == null || depth > DEEPEST || !seen.add(schema)) {
      return;
    }
    if (schema.get("properties") instanceof Node.Obj named) {
      for (Node.Member member : named.entries()) {
        List<Node.Obj> known = properties.computeIfAbsent(member.name(), _ -> new ArrayList<>());
        Node.Obj property = followed(member.value());
        if (property != null) {
          known.add(property);
        }
      }
    }
    if (schema.get("patternProperties") instanceof Node.Obj named) {
      named.entries().forEach(member -> addOther(member.value()));
    }
    addOther(schema.get("additionalProperties"));
    addOther(schema.get("unevaluatedProperties"));
    if (schema.get("dependentSchemas") instanceof Node.Obj named) {
      named.entries().forEach(member -> gather(member.value(), depth + 1, seen));
    }
    for (Node branch : branches(schema)) {
      gather(branch, depth + 1, seen);
    }
    if (schema.get("$ref") != null) {
      gather(schema.get("$ref"), depth + 1, seen);
    }
  }

  private void addOther(@Nullable Node node) {
    Node.Obj schema = followed(node);
    if (schema != null) {
      others.add(schema);
    }
  }

  private static List<Node> branches(Node.Obj schema) {
    List<Node> all = new ArrayList<>();
    for (String word : BRANCHES) {
      if (schema.get(word) instanceof Node.Arr each) {
        all.addAll(each.items());
      }
    }
    for (String word : SINGLE) {
      Node only = schema.get(word);
      if (only != null) {
        all.add(only);
      }
    }
    return all;
  }

  /// The schema behind any number of references that say nothing beside themselves.
  private Node.@Nullable Obj followed(@Nullable Node node) {
    Node at = node;
    for (int i = 0; i < DEEPEST && at instanceof Node.Obj object; i++) {
      if (!(object.get("$ref") instanceof Node.Text reference) || source == null) {
        return object;
      }
      at =
          source.references().resolve(reference.value(), reference.place())
                  instanceof References.Resolution.Found(Node found)
              ? found
              : null;
    }
    return null;
  }

  private PartRule rule(String name, List<Node.Obj> schemas) {
    Said said = new Said();
    schemas.forEach(schema -> said.read(schema, 0));
    boolean many = said.list && !said.one;
    Node.Obj encoding =
        type.source().get("encoding") instanceof Node.Obj all
                && all.get(name) instanceof Node.Obj own
            ? own
            : null;
    List<String> types = encoding == null ? List.of() : types(encoding.get("contentType"));
    PartKind kind = said.kind == null ? PartKind.ANY : said.kind;
    return new PartRule(
        encoded(kind, types),
        many,
        said.measured,
        types.isEmpty() ? said.types : types,
        headers.read(encoding));
  }

  /// A string that is sent as something other than text is a file, though its schema may not say
  /// so.
  private static PartKind encoded(PartKind kind, List<String> types) {
    boolean bytes = !types.isEmpty();
    boolean json = bytes;
    for (String each : types) {
      boolean isJson = each.equals("application/json") || each.endsWith("+json");
      json &= isJson;
      bytes &= !isJson && !each.startsWith("text/") && !each.startsWith("*");
    }
    if (bytes && (kind == PartKind.TEXT || kind == PartKind.ANY)) {
      return PartKind.FILE;
    }
    return json && kind != PartKind.BASE64 ? PartKind.JSON : kind;
  }

  /// `image/png, image/*`.
  private static List<String> types(@Nullable Node contentType) {
    if (!(contentType instanceof Node.Text text)) {
      return List.of();
    }
    List<String> types = new ArrayList<>();
    for (String each : text.value().split(",", -1)) {
      int end = each.indexOf(';');
      String range = (end < 0 ? each : each.substring(0, end)).strip().toLowerCase(Locale.ROOT);
      if (!range.isEmpty()) {
        types.add(range);
      }
    }
    return types;
  }

  /// What the schemas of one part say of its form.
  private final class Said {
    private @Nullable PartKind kind;
    private boolean list;
    private boolean one;
    private boolean measured;
    private List<String> types = List.of();

    void read(Node.Obj schema, int depth) {
      if (depth > DEEPEST) {
        return;
      }
      measured |= schema.get("minLength") != null || schema.get("maxLength") != null;
      boolean said = false;
      for (String word : words(schema)) {
        said = true;
        if (word.equals("array")) {
          list = true;
          items(schema, depth);
        } else if (!word.equals("null")) {
          one = true;
          add(of(word, schema));
        }
      }
      if (!said && (schema.get("properties") != null || schema.get("required") != null)) {
        one = true;
        add(PartKind.JSON);
      }
      for (Node branch : branches(schema)) {
        Node.Obj next = followed(branch);
        if (next != null) {
          read(next, depth + 1);
        }
      }
    }

    /// The parts of a list are each one of its items; lists within are JSON.
    private void items(Node.Obj schema, int depth) {
      Node.Obj items = followed(schema.get("items"));
      if (items == null) {
        add(PartKind.ANY);
        return;
      }
      Said inner = new Said();
      inner.read(items, depth + 1);
      measured |= inner.measured;
      types = inner.types;
      add(inner.list ? PartKind.JSON : inner.kind == null ? PartKind.ANY : inner.kind);
    }

    private void add(PartKind other) {
      kind = kind == null ? other : kind.or(other);
    }

    private PartKind of(String word, Node.Obj schema) {
      return switch (word) {
        case "object" -> PartKind.JSON;
        case "integer", "number", "boolean" -> PartKind.SCALAR;
        default -> text(schema);
      };
    }

    private PartKind text(Node.Obj schema) {
      String format = schema.get("format") instanceof Node.Text text ? text.value() : "";
      String encoding =
          schema.get("contentEncoding") instanceof Node.Text text
              ? text.value().toLowerCase(Locale.ROOT)
              : "";
      if (format.equals("byte") || encoding.equals("base64")) {
        return PartKind.BASE64;
      }
      if (schema.get("contentMediaType") instanceof Node.Text text
          && !text.value().startsWith("text/")) {
        types = PartRules.types(text);
        return PartKind.FILE;
      }
      return format.equals("binary") ? PartKind.FILE : PartKind.TEXT;
    }
  }

  private static List<String> words(Node.Obj schema) {
    return switch (schema.get("type")) {
      case Node.Text text -> List.of(text.value());
      case Node.Arr several ->
          several.items().stream()
              .filter(Node.Text.class::isInstance)
              .map(each -> ((Node.Text) each).value())
              .toList();
      case null, default -> List.of();
    };
  }
}

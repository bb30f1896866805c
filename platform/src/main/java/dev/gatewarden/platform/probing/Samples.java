package dev.gatewarden.platform.probing;

import dev.gatewarden.core.contract.SchemaSource;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Arr;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.References;
import dev.gatewarden.core.schema.Direction;
import dev.gatewarden.core.schema.Options;
import dev.gatewarden.core.schema.Schema;
import dev.gatewarden.core.schema.SchemaCompiler;
import dev.gatewarden.core.schema.Visit;
import dev.gatewarden.core.schema.pattern.Example;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Values that a schema accepts, made of its examples, its choices and its bounds.
///
/// Each value is judged by the schema before it is believed.
public final class Samples {
  private static final int DEEPEST = 8;
  private static final int CHOICES = 4;

  /// The seed of judging: what is judged here is made here.
  private static final long SEED = 1;

  private final Visit visit = new Visit(SEED);

  /// A value for a request; empty where none was found that the schema accepts.
  public Optional<Node> of(SchemaSource source) {
    Schema schema = compiled(source);
    Node last = null;
    for (int choice = 0; choice < CHOICES; choice++) {
      Node made = new Maker(source.references(), choice).of(source.schema(), 0);
      if (made.equals(last)) {
        break;
      }
      last = made;
      if (schema == null || accepts(schema, made)) {
        return Optional.of(made);
      }
    }
    return Optional.empty();
  }

  /// The same with what is required alone; empty where none was found that the schema accepts.
  Optional<Node> least(SchemaSource source) {
    Schema schema = compiled(source);
    Node made = new Maker(source.references(), 1).of(source.schema(), 0);
    return schema == null || accepts(schema, made) ? Optional.of(made) : Optional.empty();
  }

  /// Whether a schema takes a value, as far as the schema can be read.
  boolean accepts(SchemaSource source, Node value) {
    Schema schema = compiled(source);
    return schema == null || accepts(schema, value);
  }

  private boolean accepts(Schema schema, Node value) {
    byte[] text = Json.text(value).getBytes(StandardCharsets.UTF_8);
    return schema.judge(text, 0, text.length, visit) == Schema.VALID;
  }

  public static @Nullable Schema compiled(SchemaSource source) {
    try {
      return SchemaCompiler.compile(
          source.schema(),
          Options.of(source.dialect().ofSchemas())
              .references(source.references())
              .direction(Direction.REQUEST));
    } catch (dev.gatewarden.core.document.ProblemsException broken) {
      // what the contract's author did wrong there is for the audit to say
      return null;
    }
  }

  /// A schema with its references followed, all of `allOf` and the first of each choice in it.
  public static Obj flat(SchemaSource source, Node schema) {
    return new Maker(source.references(), 0).flat(schema, 0);
  }

  /// Makes one value.
  ///
  /// @param choice which of several alternatives is taken
  private record Maker(References references, int choice) {

    Node of(Node schema, int depth) {
      Obj flat = flat(schema, depth);
      Node given = given(flat);
      if (given != null) {
        return given;
      }
      return switch (type(flat)) {
        case "object" -> object(flat, depth);
        case "array" -> array(flat, depth);
        case "integer" -> Json.number(number(flat, true));
        case "number" -> Json.number(number(flat, false));
        case "boolean" -> Json.of(true);
        case "null" -> Json.NULL;
        default -> Json.of(Texts.of(flat));
      };
    }

    private @Nullable Node given(Obj flat) {
      for (String word : List.of("const", "example", "default")) {
        Node value = flat.get(word);
        if (value != null && !(word.equals("default") && value instanceof Node.Null)) {
          return value;
        }
      }
      for (String word : List.of("examples", "enum")) {
        if (flat.get(word) instanceof Arr(var _, List<Node> items) && !items.isEmpty()) {
          return items.get(Math.min(choice, items.size() - 1));
        }
      }
      return null;
    }

    private String type(Obj flat) {
      Node type = flat.get("type");
      String said =
          switch (type) {
            case Node.Text(var _, String value) -> value;
            case Arr(var _, List<Node> items) ->
                items.stream()
                    .map(Json::scalar)
                    .filter(each -> each != null && !each.equals("null"))
                    .findFirst()
                    .orElse("null");
            case null, default -> null;
          };
      if (said != null) {
        return said;
      }
      return flat.get("properties") != null || flat.get("additionalProperties") != null
          ? "object"
          : flat.get("items") != null ? "array" : "string";
    }

    /// What is required, and beside it what may be sent: a full request shows more.
    private Node object(Obj flat, int depth) {
      Map<String, Node> members = new LinkedHashMap<>();
      Set<String> required = required(flat);
      if (flat.get("properties") instanceof Obj properties) {
        for (Node.Member member : properties.entries()) {
          boolean needed = required.remove(member.name());
          Obj inner = flat(member.value(), depth + 1);
          boolean readOnly = inner.get("readOnly") instanceof Node.Bool(var _, boolean is) && is;
          boolean deep = depth + 1 >= DEEPEST;
          if (!readOnly && (needed || (!deep && choice % 2 == 0 && plain(inner)))) {
            Node named = deep ? Json.NULL : Texts.named(member.name(), inner);
            members.put(member.name(), named == null ? of(member.value(), depth + 1) : named);
          }
        }
      }
      for (String name : required) {
        members.putIfAbsent(name, Json.of("a"));
      }
      return Json.of(members);
    }

    private static Set<String> required(Obj flat) {
      Set<String> names = new LinkedHashSet<>();
      if (flat.get("required") instanceof Arr(var _, List<Node> items)) {
        for (Node item : items) {
          if (item instanceof Node.Text(var _, String name)) {
            names.add(name);
          }
        }
      }
      return names;
    }

    /// Not an object or a list: those that nobody asks for are left out.
    private boolean plain(Obj inner) {
      String type = type(inner);
      return !type.equals("object") && !type.equals("array");
    }

    private Node array(Obj flat, int depth) {
      int least = flat.get("minItems") instanceof Node.Num number ? number.value().intValue() : 1;
      int count = depth + 1 >= DEEPEST ? 0 : Math.clamp(least, 1, 20);
      Node items = flat.get("items");
      List<Node> made = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        made.add(items == null ? Json.of("a" + i) : of(items, depth + 1));
      }
      return Json.of(made);
    }

    private static String number(Obj flat, boolean whole) {
      BigDecimal low = bound(flat, "minimum", "exclusiveMinimum", 1);
      BigDecimal high = bound(flat, "maximum", "exclusiveMaximum", -1);
      BigDecimal value = BigDecimal.ONE;
      if (low != null && value.compareTo(low) < 0) {
        value = low;
      }
      if (high != null && value.compareTo(high) > 0) {
        value = high;
      }
      if (flat.get("multipleOf") instanceof Node.Num step && step.value().signum() > 0) {
        value =
            value.divide(step.value(), 0, java.math.RoundingMode.CEILING).multiply(step.value());
      }
      return whole
          ? value.setScale(0, java.math.RoundingMode.CEILING).toPlainString()
          : value.toPlainString();
    }

    private static @Nullable BigDecimal bound(Obj flat, String word, String beyond, int step) {
      Node at = flat.get(word);
      Node exclusive = flat.get(beyond);
      if (exclusive instanceof Node.Num number) {
        return number.value().add(BigDecimal.valueOf(step));
      }
      if (!(at instanceof Node.Num number)) {
        return null;
      }
      boolean strict = exclusive instanceof Node.Bool(var _, boolean is) && is;
      return strict ? number.value().add(BigDecimal.valueOf(step)) : number.value();
    }

    /// The schema with its references followed, all of `allOf` and one of each choice in it.
    private Obj flat(Node schema, int depth) {
      Map<String, Node> words = new LinkedHashMap<>();
      Map<String, Node> properties = new LinkedHashMap<>();
      Set<String> required = new LinkedHashSet<>();
      gather(schema, words, properties, required, depth);
      if (!properties.isEmpty()) {
        words.put("properties", Json.of(properties));
      }
      if (!required.isEmpty()) {
        words.put("required", Json.of(required.stream().map(Json::of).toList()));
      }
      return Json.of(words);
    }

    private void gather(
        Node node,
        Map<String, Node> words,
        Map<String, Node> properties,
        Set<String> required,
        int depth) {
      if (!(followed(node) instanceof Obj schema) || depth > DEEPEST * 3) {
        return;
      }
      for (Node.Member member : schema.entries()) {
        switch (member.name()) {
          case "properties" -> {
            if (member.value() instanceof Obj all) {
              all.entries().forEach(each -> properties.putIfAbsent(each.name(), each.value()));
            }
          }
          case "required" -> required.addAll(required(schema));
          case "allOf" -> {
            if (member.value() instanceof Arr(var _, List<Node> parts)) {
              parts.forEach(part -> gather(part, words, properties, required, depth + 1));
            }
          }
          case "oneOf", "anyOf" -> {
            if (member.value() instanceof Arr(var _, List<Node> parts) && !parts.isEmpty()) {
              Node part = parts.get(choice % parts.size());
              gather(part, words, properties, required, depth + 1);
            }
          }
          default -> words.putIfAbsent(member.name(), member.value());
        }
      }
    }

    private Node followed(Node node) {
      Node here = node;
      for (int i = 0; i < 16; i++) {
        if (here instanceof Obj object
            && object.get("$ref") instanceof Node.Text(var place, String reference)
            && references.resolve(reference, place)
                instanceof References.Resolution.Found(Node target)) {
          here = target;
        } else {
          return here;
        }
      }
      return here;
    }
  }

  /// Texts.
  private static final class Texts {
    /// What says more of a text than its name does.
    private static final List<String> SAID =
        List.of(
            "const",
            "example",
            "examples",
            "default",
            "enum",
            "pattern",
            "format",
            "minLength",
            "maxLength");

    private Texts() {}

    /// A text that a member's name asks for where its schema asks for any; else null.
    static @Nullable Node named(String name, Obj flat) {
      for (String word : SAID) {
        if (flat.get(word) != null) {
          return null;
        }
      }
      if (!(flat.get("type") instanceof Node.Text(var _, String type)) || !type.equals("string")) {
        return null;
      }
      String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
      if (plain.endsWith("email") || plain.equals("emailaddress")) {
        return Json.of("probe@example.com");
      }
      return switch (plain) {
        case "url", "uri", "website", "homepage", "webhookurl", "callbackurl", "imageurl" ->
            Json.of("https://example.com/probe");
        case "password", "passwd", "pwd" -> Json.of("Probe-7x-Probe");
        case "phone", "phonenumber", "mobile" -> Json.of("+15550100");
        default -> null;
      };
    }

    static String of(Obj flat) {
      if (flat.get("pattern") instanceof Node.Text(var _, String pattern)) {
        Optional<String> example = Example.of(pattern);
        if (example.isPresent()) {
          return sized(flat, example.get());
        }
      }
      String format = flat.get("format") instanceof Node.Text text ? text.value() : "";
      return switch (format) {
        case "uuid" -> "6f1c1f64-0d3a-4c5e-9b1f-2f8a4f0e7a01";
        case "date" -> "2026-01-31";
        case "date-time" -> "2026-01-31T12:00:00Z";
        case "time" -> "12:00:00Z";
        case "duration" -> "PT1H";
        case "email", "idn-email" -> "probe@example.com";
        case "uri", "url", "iri" -> "https://example.com/probe";
        case "uri-reference" -> "/probe";
        case "hostname" -> "example.com";
        case "ipv4" -> "192.0.2.1";
        case "ipv6" -> "2001:db8::1";
        case "byte" -> "cHJvYmU=";
        default -> sized(flat, "probe");
      };
    }

    private static String sized(Obj flat, String text) {
      int least = flat.get("minLength") instanceof Node.Num number ? number.value().intValue() : 0;
      int most =
          flat.get("maxLength") instanceof Node.Num number
              ? number.value().intValue()
              : Integer.MAX_VALUE;
      StringBuilder sized = new StringBuilder(text);
      while (sized.length() < Math.min(least, 10_000)) {
        sized.append('e');
      }
      return sized.length() > most ? sized.substring(0, most) : sized.toString();
    }
  }
}

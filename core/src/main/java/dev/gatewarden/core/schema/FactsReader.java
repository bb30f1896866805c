package dev.gatewarden.core.schema;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Problem;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the keywords of one schema object and collects what is wrong with them.
final class FactsReader {
  private final Language language;
  private final Dialect dialect;
  private final Labels labels;
  private final List<Problem> problems;

  FactsReader(Language language, Labels labels, List<Problem> problems) {
    this.language = language;
    dialect = language.dialect();
    this.labels = labels;
    this.problems = problems;
  }

  Facts read(Node schema) {
    Facts facts = new Facts(schema);
    switch (schema) {
      case Node.Bool(var place, boolean allowed) -> facts.never = !allowed;
      case Node.Obj object -> object(object, facts);
      case Node.Null _ -> nothing(schema);
      case Node.Arr _, Node.Text _, Node.Num _ ->
          problem(schema, "a schema is an object or a boolean");
    }
    return facts;
  }

  /// In contracts an empty line stands for a schema that says nothing; large ones in use have it.
  private void nothing(Node schema) {
    if (!dialect.openApi()) {
      problem(schema, "a schema is an object or a boolean");
    }
  }

  private void object(Node.Obj schema, Facts facts) {
    facts.labels = labels.of(schema);
    facts.reference = text(schema, "$ref");
    if (facts.reference != null && dialect.referenceStandsAlone()) {
      return;
    }
    if (dialect == Dialect.DRAFT_2019_09) {
      facts.dynamicReference = text(schema, "$recursiveRef");
    } else if (dialect.modern()) {
      facts.dynamicReference = text(schema, "$dynamicRef");
    }
    facts.format = text(schema, "format");
    if (language.validates()) {
      assertions(schema, facts);
    }
    if (language.applies()) {
      arrays(schema, facts);
      members(schema, facts);
      combinations(schema, facts);
    }
    dependencies(schema, facts);
    if (language.unevaluated() && dialect.modern()) {
      facts.unevaluatedItems = schema.get("unevaluatedItems");
      facts.unevaluatedProperties = schema.get("unevaluatedProperties");
    }
    facts.readOnly = flag(schema, "readOnly");
    facts.writeOnly = flag(schema, "writeOnly");
  }

  private void assertions(Node.Obj schema, Facts facts) {
    types(schema, facts);
    if (schema.get("enum") != null) {
      facts.values = list(schema, "enum");
    }
    facts.constant = dialect == Dialect.DRAFT_4 ? null : schema.get("const");
    numbers(schema, facts);
    strings(schema, facts);
    sizes(schema, facts);
    facts.unique = flag(schema, "uniqueItems");
    if (!(schema.get("required") instanceof Node.Bool)) {
      facts.required = texts(schema, "required");
    }
    if (dialect.modern()) {
      Integer fewest = count(schema, "minContains");
      facts.minContains = fewest == null ? 1 : fewest;
      facts.minContainsStated = fewest != null;
      Integer largest = count(schema, "maxContains");
      facts.maxContains = largest == null ? Integer.MAX_VALUE : largest;
    }
  }

  private void types(Node.Obj schema, Facts facts) {
    Node type = schema.get("type");
    if (type == null) {
      return;
    }
    List<Node> words = type instanceof Node.Arr(var place, var items) ? items : List.of(type);
    int types = 0;
    boolean whole = false;
    for (Node word : words) {
      String name = word instanceof Node.Text(var place, String value) ? value : "";
      switch (name) {
        case "object" -> types |= Type.OBJECT.bit();
        case "array" -> types |= Type.ARRAY.bit();
        case "string" -> types |= Type.STRING.bit();
        case "boolean" -> types |= Type.BOOLEAN.bit();
        case "null" -> types |= Type.NULL.bit();
        case "number" -> types |= Type.NUMBER.bit();
        case "integer" -> whole = true;
        case "file" -> types |= dialect.openApi() ? Type.STRING.bit() : 0;
        default -> {
          types = Type.ALL;
          problem(word, "`" + name + "` is not a type");
        }
      }
    }
    if (whole && (types & Type.NUMBER.bit()) == 0) {
      types |= Type.NUMBER.bit();
      facts.whole = true;
      facts.literal = dialect == Dialect.DRAFT_4;
    }
    if (dialect == Dialect.OPENAPI_3_0 && flag(schema, "nullable")) {
      types |= Type.NULL.bit();
    }
    facts.types = types;
  }

  private void numbers(Node.Obj schema, Facts facts) {
    limit(schema, facts, "minimum", Keyword.MINIMUM, -1, schema.get("exclusiveMinimum"));
    limit(schema, facts, "maximum", Keyword.MAXIMUM, 1, schema.get("exclusiveMaximum"));
    exclusive(schema, facts, "exclusiveMinimum", Keyword.EXCLUSIVE_MINIMUM, -1);
    exclusive(schema, facts, "exclusiveMaximum", Keyword.EXCLUSIVE_MAXIMUM, 1);
    Node multiple = schema.get("multipleOf");
    if (multiple instanceof Node.Num(var place, String literal)) {
      Decimal value = Decimal.of(literal);
      if (value.negative || value.digits.length == 0) {
        problem(multiple, "`multipleOf` is greater than zero");
      } else if (value.digits.length > 17) {
        problem(multiple, "`multipleOf` has more than 17 digits");
      } else {
        facts.multiple = new NumberRule.Multiple(schema, value.unscaled(), value.lowest());
      }
    } else if (multiple != null) {
      problem(multiple, "`multipleOf` is a number");
    }
  }

  private void limit(
      Node.Obj schema, Facts facts, String key, Keyword word, int sign, @Nullable Node exclusive) {
    Node limit = schema.get(key);
    if (limit instanceof Node.Num(var place, String literal)) {
      boolean strict = exclusive instanceof Node.Bool(var there, boolean value) && value;
      facts.limits.add(new NumberRule.Limit(schema, word, Decimal.of(literal), sign, strict));
    } else if (limit != null) {
      problem(limit, "`" + key + "` is a number");
    }
  }

  private void exclusive(Node.Obj schema, Facts facts, String key, Keyword word, int sign) {
    Node limit = schema.get(key);
    if (limit instanceof Node.Num(var place, String literal)) {
      facts.limits.add(new NumberRule.Limit(schema, word, Decimal.of(literal), sign, true));
    } else if (limit != null && !(limit instanceof Node.Bool)) {
      problem(limit, "`" + key + "` is a number");
    }
  }

  private void strings(Node.Obj schema, Facts facts) {
    Integer least = count(schema, "minLength");
    if (least != null) {
      facts.lengths.add(new StringRule.Length(schema, Keyword.MIN_LENGTH, least));
    }
    Integer most = count(schema, "maxLength");
    if (most != null) {
      facts.lengths.add(new StringRule.Length(schema, Keyword.MAX_LENGTH, most));
    }
    facts.pattern = text(schema, "pattern");
    if (dialect == Dialect.DRAFT_7) {
      facts.encoding = text(schema, "contentEncoding");
      facts.media = text(schema, "contentMediaType");
    }
  }

  private void sizes(Node.Obj schema, Facts facts) {
    Integer fewestItems = count(schema, "minItems");
    if (fewestItems != null) {
      facts.itemCounts.add(new ArrayRule.Size(schema, Keyword.MIN_ITEMS, fewestItems));
    }
    Integer mostItems = count(schema, "maxItems");
    if (mostItems != null) {
      facts.itemCounts.add(new ArrayRule.Size(schema, Keyword.MAX_ITEMS, mostItems));
    }
    Integer fewest = count(schema, "minProperties");
    if (fewest != null) {
      facts.memberCounts.add(new ObjectRule.Size(schema, Keyword.MIN_PROPERTIES, fewest));
    }
    Integer most = count(schema, "maxProperties");
    if (most != null) {
      facts.memberCounts.add(new ObjectRule.Size(schema, Keyword.MAX_PROPERTIES, most));
    }
  }

  private void arrays(Node.Obj schema, Facts facts) {
    Node items = schema.get("items");
    if (items instanceof Node.Arr(var place, var several) && dialect.tuples()) {
      facts.prefix = several;
      facts.items = schema.get("additionalItems");
    } else {
      facts.items = items;
    }
    if (dialect.newest() && schema.get("prefixItems") != null) {
      facts.prefix = list(schema, "prefixItems");
    }
    if (dialect != Dialect.DRAFT_4) {
      facts.contains = schema.get("contains");
      facts.containsEvaluates = dialect != Dialect.DRAFT_2019_09;
    }
  }

  private void members(Node.Obj schema, Facts facts) {
    facts.properties = schemas(schema, "properties");
    facts.patterned = schemas(schema, "patternProperties");
    facts.additional = schema.get("additionalProperties");
    if (dialect != Dialect.DRAFT_4) {
      facts.propertyNames = schema.get("propertyNames");
    }
  }

  private void dependencies(Node.Obj schema, Facts facts) {
    Map<String, List<String>> names = new LinkedHashMap<>();
    Map<String, Node> schemas = new LinkedHashMap<>();
    if (dialect.modern() && language.validates()) {
      dependencies(schema, "dependentRequired", names, schemas);
    }
    if (dialect.modern() && language.applies()) {
      dependencies(schema, "dependentSchemas", names, schemas);
    }
    if (language.applies()) {
      dependencies(schema, "dependencies", names, schemas);
    }
    facts.dependentRequired = names;
    facts.dependentSchemas = schemas;
  }

  private void dependencies(
      Node.Obj schema, String key, Map<String, List<String>> names, Map<String, Node> schemas) {
    Node value = schema.get(key);
    if (!(value instanceof Node.Obj dependencies)) {
      if (value != null) {
        problem(value, "`" + key + "` is an object");
      }
      return;
    }
    for (Node.Member member : dependencies.entries()) {
      if (member.value() instanceof Node.Arr) {
        names.put(member.name(), texts(dependencies, member.name()));
      } else {
        schemas.put(member.name(), member.value());
      }
    }
  }

  private void combinations(Node.Obj schema, Facts facts) {
    facts.allOf = list(schema, "allOf");
    facts.anyOf = list(schema, "anyOf");
    facts.oneOf = list(schema, "oneOf");
    facts.not = schema.get("not");
    if (dialect.conditional()) {
      facts.condition = schema.get("if");
      facts.then = schema.get("then");
      facts.otherwise = schema.get("else");
    }
    if (dialect.openApi() && schema.get("discriminator") instanceof Node.Obj discriminator) {
      facts.discriminator = text(discriminator, "propertyName");
      Map<String, String> mapping = new LinkedHashMap<>();
      if (discriminator.get("mapping") instanceof Node.Obj entries) {
        for (Node.Member entry : entries.entries()) {
          if (entry.value() instanceof Node.Text(var place, String target)) {
            mapping.put(entry.name(), target);
          }
        }
      }
      facts.mapping = mapping;
    }
  }

  private List<Node> list(Node.Obj schema, String key) {
    Node value = schema.get(key);
    if (value instanceof Node.Arr(var place, var items)) {
      return items;
    }
    if (value != null) {
      problem(value, "`" + key + "` is a list");
    }
    return List.of();
  }

  private Map<String, Node> schemas(Node.Obj schema, String key) {
    Node value = schema.get(key);
    Map<String, Node> schemas = new LinkedHashMap<>();
    if (value instanceof Node.Obj object) {
      for (Node.Member member : object.entries()) {
        schemas.put(member.name(), member.value());
      }
    } else if (value != null) {
      problem(value, "`" + key + "` is an object of schemas");
    }
    return schemas;
  }

  private List<String> texts(Node.Obj schema, String key) {
    Node value = schema.get(key);
    List<String> texts = new ArrayList<>();
    if (value instanceof Node.Arr(var place, var items)) {
      for (Node item : items) {
        if (item instanceof Node.Text(var there, String text)) {
          texts.add(text);
        } else {
          problem(item, "`" + key + "` is a list of names");
        }
      }
    } else if (value != null) {
      problem(value, "`" + key + "` is a list of names");
    }
    return texts;
  }

  private @Nullable String text(Node.Obj schema, String key) {
    Node value = schema.get(key);
    if (value != null && !(value instanceof Node.Text)) {
      problem(value, "`" + key + "` is a text");
    }
    return value instanceof Node.Text(var place, String text) ? text : null;
  }

  private boolean flag(Node.Obj schema, String key) {
    Node value = schema.get(key);
    if (value != null && !(value instanceof Node.Bool)) {
      problem(value, "`" + key + "` is true or false");
    }
    return value instanceof Node.Bool(var place, boolean truth) && truth;
  }

  private @Nullable Integer count(Node.Obj schema, String key) {
    Node value = schema.get(key);
    if (value == null) {
      return null;
    }
    if (value instanceof Node.Num number) {
      BigDecimal count = number.value();
      if (count.signum() >= 0 && count.stripTrailingZeros().scale() <= 0) {
        return count.min(BigDecimal.valueOf(Integer.MAX_VALUE)).intValue();
      }
    }
    problem(value, "`" + key + "` is a whole number that is not negative");
    return null;
  }

  private void problem(Node at, String message) {
    problems.add(new Problem(at.place(), message));
  }
}

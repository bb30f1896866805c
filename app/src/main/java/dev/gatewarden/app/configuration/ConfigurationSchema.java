package dev.gatewarden.app.configuration;

import dev.gatewarden.app.source.Sources;
import dev.gatewarden.core.decision.Mode;
import dev.gatewarden.core.limit.Budget;
import dev.gatewarden.core.limit.Money;
import dev.gatewarden.core.limit.Quota;
import dev.gatewarden.core.limit.Rate;
import dev.gatewarden.core.limit.Size;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The JSON Schema (2020-12) of `gatewarden.yaml`, made from the records it is bound to and from
/// their comments.
public final class ConfigurationSchema {
  private static final String DURATION = "^([0-9]+(d|h|m|s|ms))+$";

  private final Map<String, ? extends Record> guards;
  private final Sources sources;

  /// @param guards what can be tuned of the guards, by id
  public ConfigurationSchema(Map<String, ? extends Record> guards, Sources sources) {
    this.guards = new TreeMap<>(guards);
    this.sources = sources;
  }

  /// The schema as maps and lists.
  public Map<String, Object> schema() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "gatewarden.yaml");
    schema.putAll(record(Shape.of(Configuration.class), Configuration.class, true));
    return schema;
  }

  private Map<String, Object> record(Shape shape, Class<?> type, boolean complete) {
    Map<String, String> described = sources.comments(type).type(type.getSimpleName()).params();
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    for (Shape.Field field : shape.fields()) {
      Map<String, Object> property = new LinkedHashMap<>();
      String description = described.get(field.component().getName());
      if (description != null) {
        property.put("description", description);
      }
      property.putAll(field.oneOrMany() ? oneOrMany(field.type()) : type(field.type()));
      fallback(shape, field, property);
      properties.put(field.key(), property);
      if (complete
          && !field.nullable()
          && field.fallback() == null
          && shape.defaultOf(field) == null) {
        required.add(field.key());
      }
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("additionalProperties", false);
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    schema.put("properties", properties);
    return schema;
  }

  private static void fallback(Shape shape, Shape.Field field, Map<String, Object> property) {
    String written = field.fallback();
    Object preset = shape.defaultOf(field);
    if (written == null && preset != null && !preset.equals(Optional.empty())) {
      written = Scalars.text(preset);
    }
    if (preset instanceof Record && !Scalars.isScalar(preset.getClass())) {
      return;
    }
    if (written == null || written.equals("{}") || written.equals("[]")) {
      return;
    }
    property.put(
        "default",
        switch (String.valueOf(property.get("type"))) {
          case "integer" -> Long.valueOf(written);
          case "boolean" -> Boolean.valueOf(written);
          default -> written;
        });
  }

  private Map<String, Object> oneOrMany(Type type) {
    Map<String, Object> many = type(type);
    return Map.of("anyOf", List.of(Map.of("type", "string"), many));
  }

  private Map<String, Object> type(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      if (generic.getRawType() == Optional.class) {
        return type(arguments[0]);
      }
      return generic.getRawType() == Map.class
          ? ordered("type", "object", "additionalProperties", type(arguments[1]))
          : ordered("type", "array", "items", type(arguments[0]));
    }
    Class<?> plain = (Class<?>) type;
    if (plain == Tuning.class) {
      return tuning();
    }
    OrText orText = plain.getAnnotation(OrText.class);
    if (orText != null) {
      return Map.of(
          "anyOf",
          List.of(
              ordered("type", "string", "pattern", orText.pattern()),
              record(Shape.of(plain.asSubclass(Record.class)), plain, true)));
    }
    if (Scalars.isScalar(plain)) {
      return scalar(plain);
    }
    Map<String, Object> object = record(Shape.of(plain.asSubclass(Record.class)), plain, true);
    OrList list = plain.getAnnotation(OrList.class);
    if (list != null) {
      return Map.of(
          "anyOf", List.of(ordered("type", "array", "items", Map.of("type", "string")), object));
    }
    Word word = plain.getAnnotation(Word.class);
    if (word == null) {
      return object;
    }
    return Map.of("anyOf", List.of(Map.of("enum", List.of(word.value())), object));
  }

  private Map<String, Object> tuning() {
    Map<String, Object> properties = new LinkedHashMap<>();
    guards.forEach(
        (id, defaults) -> {
          Map<String, Object> guard = new LinkedHashMap<>();
          Class<?> outer = defaults.getClass().getEnclosingClass();
          if (outer != null) {
            String sentence = sources.comments(outer).type(outer.getSimpleName()).sentence();
            if (!sentence.isEmpty()) {
              guard.put("description", sentence);
            }
          }
          guard.putAll(record(Shape.of(defaults), defaults.getClass(), false));
          properties.put(id, guard);
        });
    return ordered("type", "object", "additionalProperties", false, "properties", properties);
  }

  private static Map<String, Object> scalar(Class<?> type) {
    if (type == boolean.class || type == Boolean.class) {
      return Map.of("type", "boolean");
    }
    if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
      return Map.of("type", "integer");
    }
    if (type == double.class || type == Double.class) {
      return Map.of("type", "number");
    }
    if (type == Mode.class) {
      return Map.of("enum", List.of("observe", "off"));
    }
    if (type.isEnum()) {
      return Map.of("enum", Shape.words(type));
    }
    if (type == LocalDate.class) {
      return ordered("type", "string", "format", "date");
    }
    if (type == URI.class) {
      return ordered("type", "string", "format", "uri");
    }
    if (type == Money.class) {
      return Map.of("type", List.of("string", "number"));
    }
    String pattern = pattern(type);
    return pattern.isEmpty()
        ? Map.of("type", "string")
        : ordered("type", "string", "pattern", pattern);
  }

  private static String pattern(Class<?> type) {
    if (type == Duration.class) {
      return DURATION;
    }
    if (type == Rate.class) {
      return "^[0-9]+/([0-9]+(d|h|m|s|ms))+$";
    }
    if (type == Quota.class) {
      return "^[0-9]+/(hour|day|month)$";
    }
    if (type == Budget.class) {
      return "^[0-9]+([.][0-9]+)?/(hour|day|month)$";
    }
    if (type == Size.class) {
      return "^[0-9]+ ?([kKMG]i?)?B$";
    }
    if (type == SecretReference.class) {
      return "^(env|file):.+$";
    }
    if (type == StoreAddress.class) {
      return "^(none|sqlite:.+)$";
    }
    return type == DecisionsTo.class ? "^(stdout|none|file:.+)$" : "";
  }

  private static Map<String, Object> ordered(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], pairs[i + 1]);
    }
    return map;
  }
}

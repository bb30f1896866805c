package dev.gatewarden.app.configuration;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One key of an object of the file, for whoever describes the file.
///
/// @param type what may stand there, in words
/// @param fallback the default as the file would write it; empty where there is none
/// @param required whether it must be there
/// @param component the name of the record's component
/// @param below the record behind the key, directly or as item or entry; null where a single value
///     stands there
public record Field(
    String key,
    String type,
    String fallback,
    boolean required,
    String component,
    @Nullable Class<? extends Record> below) {

  /// The keys of a record, as `gatewarden.yaml` writes them.
  public static List<Field> of(Class<? extends Record> record) {
    return of(Shape.of(record));
  }

  /// The keys of a guard's configuration, none of them required.
  public static List<Field> of(Record defaults) {
    return of(Shape.of(defaults));
  }

  private static List<Field> of(Shape shape) {
    List<Field> fields = new ArrayList<>();
    for (Shape.Field field : shape.fields()) {
      Object preset = shape.defaultOf(field);
      String fallback = field.fallback();
      if (fallback == null) {
        fallback = preset == null || isObject(preset) ? "" : Scalars.text(preset);
      }
      boolean required = field.fallback() == null && preset == null && !field.nullable();
      fields.add(
          new Field(
              field.key(),
              words(field.type()),
              fallback,
              required,
              field.component().getName(),
              below(field.type())));
    }
    return fields;
  }

  private static boolean isObject(Object preset) {
    return preset instanceof Record && !Scalars.isScalar(preset.getClass());
  }

  private static String words(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
      if (generic.getRawType() == Optional.class) {
        return words(last);
      }
      return generic.getRawType() == Map.class ? "name: " + words(last) : "list of " + words(last);
    }
    Class<?> plain = (Class<?>) type;
    if (plain == dev.gatewarden.core.decision.Mode.class) {
      return "`observe`, `off`";
    }
    if (plain.isEnum()) {
      return Scalars.quoted(Shape.words(plain));
    }
    if (plain.isAnnotationPresent(OrText.class)) {
      return "text or object";
    }
    return switch (plain.getSimpleName()) {
      case "int", "long", "Integer", "Long" -> "whole number";
      case "double", "Double" -> "number";
      case "boolean", "Boolean" -> "`true`, `false`";
      case "String" -> "text";
      case "Duration" -> "duration, `5s`";
      case "Rate" -> "rate, `100/1m`";
      case "Quota" -> "quota, `10000/day`";
      case "Budget" -> "budget, `20.00/month`";
      case "Money" -> "amount, `0.0025`";
      case "Size" -> "size, `1MiB`";
      case "URI" -> "URL";
      case "LocalDate" -> "day, `2027-01-15`";
      case "Location" -> "path";
      case "SecretReference" -> "reference, `env:NAME` or `file:path`";
      case "Block" -> "network, `10.0.0.0/8`";
      case "Tuning" -> "guard id: settings";
      default -> Scalars.isScalar(plain) ? "text" : "object";
    };
  }

  private static @Nullable Class<? extends Record> below(Type type) {
    Type inner = type;
    if (type instanceof ParameterizedType generic) {
      inner = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
    }
    return inner instanceof Class<?> plain
            && plain.isRecord()
            && (plain.isAnnotationPresent(OrText.class) || !Scalars.isScalar(plain))
            && plain != Tuning.class
        ? plain.asSubclass(Record.class)
        : null;
  }
}

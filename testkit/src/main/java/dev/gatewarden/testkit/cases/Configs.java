package dev.gatewarden.testkit.cases;

import dev.gatewarden.core.limit.DurationText;
import dev.gatewarden.core.limit.Rate;
import dev.gatewarden.core.limit.Size;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Binds the settings of a case to a configuration record, over its defaults.
public final class Configs {
  private Configs() {}

  /// The record with the components that are named in place of the defaults.
  ///
  /// @throws IllegalArgumentException when the record refuses them
  public static <C extends Record> C bind(C defaults, Words settings) {
    RecordComponent[] components = defaults.getClass().getRecordComponents();
    TreeSet<String> known = new TreeSet<>();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    try {
      for (int i = 0; i < components.length; i++) {
        String name = dashed(components[i].getName());
        known.add(name);
        types[i] = components[i].getType();
        var accessor = components[i].getAccessor();
        accessor.setAccessible(true);
        values[i] =
            settings.has(name)
                ? value(components[i].getGenericType(), settings.get(name))
                : accessor.invoke(defaults);
      }
      settings.only(known);
      var maker = defaults.getClass().getDeclaredConstructor(types);
      maker.setAccessible(true);
      @SuppressWarnings("unchecked")
      C bound = (C) maker.newInstance(values);
      return bound;
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        throw refused;
      }
      throw new AssertionError("a configuration broke instead of refusing", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static Object value(Type type, @Nullable Object said) {
    String text = String.valueOf(said);
    if (type instanceof ParameterizedType generic) {
      Type item = generic.getActualTypeArguments()[0];
      if (generic.getRawType() == Optional.class) {
        return said == null ? Optional.empty() : Optional.of(value(item, said));
      }
      if (generic.getRawType() == Map.class) {
        Map<String, Object> entries = new LinkedHashMap<>();
        Map<?, ?> given = said instanceof Map<?, ?> map ? map : Map.of();
        given.forEach(
            (key, each) ->
                entries.put(String.valueOf(key), value(generic.getActualTypeArguments()[1], each)));
        return entries;
      }
      List<?> items = said instanceof List<?> list ? list : List.of(text);
      return items.stream().map(each -> value(item, each)).toList();
    }
    if (type == Duration.class) {
      return DurationText.parse(text);
    }
    if (type == Rate.class) {
      return Rate.parse(text);
    }
    if (type == Size.class) {
      return Size.parse(text);
    }
    if (type == long.class || type == Long.class) {
      return Long.parseLong(text);
    }
    if (type == int.class || type == Integer.class) {
      return Integer.parseInt(text);
    }
    if (type == boolean.class || type == Boolean.class) {
      return Boolean.parseBoolean(text);
    }
    if (type == String.class) {
      return text;
    }
    if (type instanceof Class<?> choice && choice.isEnum()) {
      return constant(choice, text);
    }
    if (!(type instanceof Class<?> plain)) {
      throw new AssertionError("a configuration has no settings of type " + type);
    }
    return said instanceof Map<?, ?> map
        ? bind((Record) of(plain, "DEFAULT"), new Words(named(map)))
        : parsed(plain, text);
  }

  private static Map<String, Object> named(Map<?, ?> map) {
    Map<String, Object> named = new LinkedHashMap<>();
    map.forEach((key, each) -> named.put(String.valueOf(key), each));
    return named;
  }

  private static Object of(Class<?> record, String constant) {
    try {
      return record.getField(constant).get(null);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(record + " has no " + constant, e);
    }
  }

  private static Object parsed(Class<?> record, String text) {
    try {
      return record.getMethod("parse", String.class).invoke(null, text);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        throw refused;
      }
      throw new AssertionError("a setting broke instead of refusing", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("a configuration has no settings of type " + record, e);
    }
  }

  private static Object constant(Class<?> choice, String text) {
    for (Object constant : choice.getEnumConstants()) {
      if (((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-').equals(text)) {
        return constant;
      }
    }
    throw new IllegalArgumentException("`" + text + "` is none of its choices");
  }

  /// The name a component has in a configuration: `failedTokens` is `failed-tokens`.
  static String dashed(String name) {
    StringBuilder text = new StringBuilder();
    for (char c : name.toCharArray()) {
      if (Character.isUpperCase(c)) {
        text.append('-').append(Character.toLowerCase(c));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }
}

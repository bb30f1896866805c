package dev.gatewarden.app.configuration;

import dev.gatewarden.core.GatewardenBug;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A record as an object of the file: its keys, their types and their defaults.
final class Shape {
  private final Class<? extends Record> type;
  private final List<Field> fields;
  private final @Nullable Record defaults;

  /// One key of the object.
  ///
  /// @param fallback the default as the file would write it, or null
  record Field(
      String key,
      Type type,
      boolean nullable,
      boolean oneOrMany,
      @Nullable String fallback,
      RecordComponent component) {}

  private Shape(Class<? extends Record> type, List<Field> fields, @Nullable Record defaults) {
    this.type = type;
    this.fields = fields;
    this.defaults = defaults;
  }

  /// The shape of a record's type; what is missing in the file is as in its constant `DEFAULT`, if
  /// it has one.
  static Shape of(Class<? extends Record> type) {
    return new Shape(type, fields(type), defaults(type));
  }

  /// The shape of a record's type; what is missing in the file is as in this record.
  static Shape of(Record defaults) {
    return new Shape(defaults.getClass(), fields(defaults.getClass()), defaults);
  }

  private static List<Field> fields(Class<? extends Record> type) {
    List<Field> fields = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      Key key = component.getAnnotation(Key.class);
      Default fallback = component.getAnnotation(Default.class);
      AnnotatedElement use = component.getAnnotatedType();
      fields.add(
          new Field(
              key == null ? kebab(component.getName()) : key.value(),
              component.getGenericType(),
              use.isAnnotationPresent(Nullable.class),
              component.isAnnotationPresent(OneOrMany.class),
              fallback == null ? null : fallback.value(),
              component));
    }
    return fields;
  }

  List<Field> fields() {
    return fields;
  }

  List<String> keys() {
    List<String> keys = new ArrayList<>();
    for (Field field : fields) {
      keys.add(field.key());
    }
    return keys;
  }

  @Nullable Field field(String key) {
    for (Field field : fields) {
      if (field.key().equals(key)) {
        return field;
      }
    }
    return null;
  }

  /// What the record's own constant `DEFAULT` holds for a key, or null without one.
  @Nullable Object defaultOf(Field field) {
    return defaults == null ? null : read(field, defaults);
  }

  Object read(Field field, Record from) {
    try {
      var accessor = field.component().getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(from);
    } catch (ReflectiveOperationException wrong) {
      throw new GatewardenBug("`" + type.getName() + "` cannot be read", wrong);
    }
  }

  /// The record of these values, in the order of the fields.
  ///
  /// @throws IllegalArgumentException when the record refuses them
  Record make(@Nullable Object[] values) {
    try {
      Class<?>[] types = new Class<?>[fields.size()];
      for (int i = 0; i < types.length; i++) {
        types[i] = fields.get(i).component().getType();
      }
      Constructor<? extends Record> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException refused) {
      if (refused.getCause() instanceof IllegalArgumentException why) {
        throw why;
      }
      throw new GatewardenBug("`" + type.getName() + "` cannot be made", refused);
    } catch (ReflectiveOperationException wrong) {
      throw new GatewardenBug("`" + type.getName() + "` cannot be made", wrong);
    }
  }

  /// `inFlight` and `IN_FLIGHT` as the file writes them, `in-flight`.
  static String kebab(String name) {
    if (name.equals(name.toUpperCase(Locale.ROOT))) {
      return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
    StringBuilder key = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isUpperCase(c)) {
        key.append('-').append(Character.toLowerCase(c));
      } else {
        key.append(c);
      }
    }
    return key.toString();
  }

  /// The words of a choice as the file writes them, in the order of the constants.
  static List<String> words(Class<?> choice) {
    List<String> words = new ArrayList<>();
    for (Object constant : choice.getEnumConstants()) {
      words.add(word((Enum<?>) constant));
    }
    return words;
  }

  static String word(Enum<?> constant) {
    return constant.getDeclaringClass().isAnnotationPresent(Verbatim.class)
        ? constant.toString()
        : kebab(constant.name());
  }

  private static @Nullable Record defaults(Class<? extends Record> type) {
    try {
      var field = type.getDeclaredField("DEFAULT");
      if (!Modifier.isStatic(field.getModifiers()) || field.getType() != type) {
        return null;
      }
      field.setAccessible(true);
      return (Record) field.get(null);
    } catch (NoSuchFieldException none) {
      return null;
    } catch (IllegalAccessException wrong) {
      throw new GatewardenBug("`" + type.getName() + ".DEFAULT` cannot be read", wrong);
    }
  }
}

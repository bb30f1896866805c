package dev.gatewarden.app.configuration;

import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.document.Nearest;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Binds the tree of a file to records, strictly: what is not a key, not of the type, or missing is
/// a problem, and all of them are found in one go.
final class Binder {
  /// Stands for a value that could not be bound; the problem is noted.
  private static final Object BROKEN = new Object();

  private final Problems problems;
  private final Map<String, ? extends Record> guards;
  private final BiConsumer<Record, Node.Obj> bound;
  private final List<Setting> settings = new ArrayList<>();
  private Node.@Nullable Obj guardsOfApi;

  /// @param guards what can be tuned of the guards, by id: each guard's configuration as it is
  ///     where nobody says anything
  Binder(
      Problems problems, Map<String, ? extends Record> guards, BiConsumer<Record, Node.Obj> bound) {
    this.problems = problems;
    this.guards = guards;
    this.bound = bound;
  }

  /// Every value that was bound, in the order of the records.
  List<Setting> settings() {
    return settings;
  }

  /// The record an object writes; null when a problem was noted.
  <T extends Record> @Nullable T record(Node node, Class<T> type, String path) {
    Object bound = bind(node, type, path, false);
    return bound == BROKEN ? null : type.cast(bound);
  }

  /// The values of a root object one by one, so that what is sound can be checked further although
  /// something else is not.
  Map<String, Object> parts(Node.Obj root, Class<? extends Record> type) {
    Shape shape = Shape.of(type);
    refuseUnknown(root, shape, "");
    Map<String, Object> parts = new LinkedHashMap<>();
    for (Shape.Field field : shape.fields()) {
      Object value = field(root, shape, field, "");
      if (value != null && value != BROKEN) {
        parts.put(field.key(), value);
      }
    }
    return parts;
  }

  private Object bind(Node node, Type type, String path, boolean oneOrMany) {
    if (node instanceof Node.Null) {
      problems.add(
          node.place(), "`" + last(path) + "` is empty", "give it a value, or leave the key out");
      return BROKEN;
    }
    if (type instanceof ParameterizedType generic) {
      Class<?> raw = (Class<?>) generic.getRawType();
      Type[] arguments = generic.getActualTypeArguments();
      if (raw == List.class || raw == java.util.Set.class) {
        Object items = items(node, arguments[0], path, oneOrMany);
        return items instanceof List<?> list && raw == java.util.Set.class
            ? Collections.unmodifiableSet(new LinkedHashSet<>(list))
            : items;
      }
      if (raw == Optional.class) {
        Object present = bind(node, arguments[0], path, oneOrMany);
        return present == BROKEN ? BROKEN : Optional.of(present);
      }
      if (raw == Map.class) {
        return entries(node, arguments[1], path);
      }
      throw new GatewardenBug("no way to bind `" + type + "`");
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isAnnotationPresent(OrText.class) && node instanceof Node.Obj) {
      return object(node, plain.asSubclass(Record.class), path);
    }
    if (Scalars.isScalar(plain)) {
      return scalar(node, plain, path);
    }
    if (plain == Tuning.class) {
      return tuning(node, path);
    }
    return object(node, plain.asSubclass(Record.class), path);
  }

  private Object scalar(Node node, Class<?> type, String path) {
    try {
      Object value = Scalars.value(node, type);
      settings.add(new Setting(path, Scalars.text(value), origin(node.place())));
      return value;
    } catch (Scalars.Unfit unfit) {
      String said = unfit.said();
      problems.add(
          node.place(),
          "`" + last(path) + "`" + (said.startsWith(":") ? "" : " ") + said,
          unfit.advice());
      return BROKEN;
    }
  }

  private Object items(Node node, Type type, String path, boolean oneOrMany) {
    List<Node> nodes;
    if (node instanceof Node.Arr array) {
      nodes = array.items();
    } else if (oneOrMany) {
      nodes = List.of(node);
    } else {
      problems.add(
          node.place(),
          "`" + last(path) + "` is " + Scalars.described(node) + " and must be a list",
          "write it as `[…]`");
      return BROKEN;
    }
    List<Object> items = new ArrayList<>();
    boolean sound = true;
    for (int i = 0; i < nodes.size(); i++) {
      Object item = bind(nodes.get(i), type, path + "[" + i + "]", false);
      sound &= item != BROKEN;
      items.add(item);
    }
    return sound ? List.copyOf(items) : BROKEN;
  }

  private Object entries(Node node, Type type, String path) {
    if (!(node instanceof Node.Obj object)) {
      problems.add(
          node.place(),
          "`" + last(path) + "` is " + Scalars.described(node) + " and must be an object",
          "write `name: value` below it");
      return BROKEN;
    }
    Map<String, Object> entries = new LinkedHashMap<>();
    for (Node.Member member : object.entries()) {
      Object value = bind(member.value(), type, path + "." + member.name(), false);
      if (value != BROKEN) {
        entries.put(member.name(), value);
      }
    }
    return Collections.unmodifiableMap(entries);
  }

  private Object object(Node node, Class<? extends Record> type, String path) {
    Word word = type.getAnnotation(Word.class);
    if (word != null
        && node instanceof Node.Text text
        && List.of(word.value()).contains(text.value())) {
      settings.add(new Setting(path, text.value(), origin(node.place())));
      return constant(type, text.value());
    }
    if (word != null && node instanceof Node.Text text) {
      problems.add(
          node.place(),
          "`" + last(path) + "` is `" + Scalars.shortened(text.value()) + "`",
          "write " + Scalars.quoted(List.of(word.value())) + ", or an object");
      return BROKEN;
    }
    OrList list = type.getAnnotation(OrList.class);
    if (list != null && node instanceof Node.Arr) {
      Node.Member only = new Node.Member(list.value(), node.place(), node);
      return fields(new Node.Obj(node.place(), Map.of(list.value(), only)), Shape.of(type), path);
    }
    if (!(node instanceof Node.Obj object)) {
      problems.add(
          node.place(),
          "`" + last(path) + "` is " + Scalars.described(node) + " and must be an object",
          "its keys are " + Scalars.quoted(Shape.of(type).keys()));
      return BROKEN;
    }
    if (type == Api.class) {
      guardsOfApi = object.get("guards") instanceof Node.Obj guards ? guards : null;
    }
    return fields(object, Shape.of(type), path);
  }

  private Object fields(Node.Obj object, Shape shape, String path) {
    boolean sound = refuseUnknown(object, shape, path);
    List<Shape.Field> fields = shape.fields();
    @Nullable Object[] values = new @Nullable Object[fields.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = field(object, shape, fields.get(i), path);
      sound &= values[i] != BROKEN;
    }
    if (!sound) {
      return BROKEN;
    }
    try {
      Record made = shape.make(values);
      bound.accept(made, object);
      return made;
    } catch (IllegalArgumentException refused) {
      problems.add(object.place(), "`" + last(path) + "`: " + refused.getMessage());
      return BROKEN;
    }
  }

  private @Nullable Object field(Node.Obj object, Shape shape, Shape.Field field, String path) {
    String below = path.isEmpty() ? field.key() : path + "." + field.key();
    Node node = object.get(field.key());
    if (node != null) {
      return bind(node, field.type(), below, field.oneOrMany());
    }
    if (field.fallback() != null) {
      return bind(
          DefaultNode.of(field.fallback(), field.type()), field.type(), below, field.oneOrMany());
    }
    Object preset = shape.defaultOf(field);
    if (preset != null || field.nullable()) {
      if (preset != null && !preset.equals(Optional.empty())) {
        settings.add(new Setting(below, Scalars.text(preset), Setting.DEFAULT));
      }
      return preset;
    }
    problems.add(
        object.place(),
        (path.isEmpty() ? "" : "`" + path + "`: ") + "`" + field.key() + "` is missing",
        Scalars.hint(field.key(), field.type()));
    return BROKEN;
  }

  private boolean refuseUnknown(Node.Obj object, Shape shape, String path) {
    boolean sound = true;
    for (Node.Member member : object.entries()) {
      if (shape.field(member.name()) == null) {
        String advice = Nearest.advice(member.name(), shape.keys());
        problems.add(
            member.namePlace(),
            "`"
                + Scalars.shortened(member.name())
                + "` is no key"
                + (path.isEmpty() ? " of this file" : " of `" + last(path) + "`"),
            advice.isEmpty() ? "its keys are " + Scalars.quoted(shape.keys()) : advice);
        sound = false;
      }
    }
    return sound;
  }

  /// The tuned guards; those of an operation say only what differs from the API's.
  private Object tuning(Node node, String path) {
    if (!(node instanceof Node.Obj object)) {
      problems.add(
          node.place(),
          "`guards` is " + Scalars.described(node) + " and must be an object",
          "write the guard's id and its settings below it");
      return BROKEN;
    }
    Map<String, Record> tuned = new LinkedHashMap<>();
    boolean sound = true;
    for (Node.Member member : object.entries()) {
      Record preset = guards.get(member.name());
      Node.@Nullable Obj settings = tunable(member, preset);
      if (preset == null || settings == null) {
        sound = false;
        continue;
      }
      Object bound =
          fields(
              inherited(member.name(), settings, object),
              Shape.of(preset),
              path + "." + member.name());
      if (bound == BROKEN) {
        sound = false;
      } else {
        tuned.put(member.name(), (Record) bound);
      }
    }
    return sound ? new Tuning(tuned) : BROKEN;
  }

  private Node.@Nullable Obj tunable(Node.Member member, @Nullable Record preset) {
    if (preset == null) {
      problems.add(
          member.namePlace(),
          "`" + Scalars.shortened(member.name()) + "` is no guard that can be tuned",
          orElse(
              Nearest.advice(member.name(), guards.keySet()),
              "those are " + Scalars.quoted(guards.keySet())));
      return null;
    }
    if (member.value() instanceof Node.Text(Place place, String text)
        && (text.equals("off") || text.equals("observe"))) {
      problems.add(
          place,
          "a guard is not switched " + (text.equals("off") ? "off" : "to observe") + " here",
          EXCUSE);
      return null;
    }
    if (!(member.value() instanceof Node.Obj settings)) {
      problems.add(
          member.value().place(),
          "`"
              + member.name()
              + "` is "
              + Scalars.described(member.value())
              + " and must be an object",
          "its keys are " + Scalars.quoted(Shape.of(preset).keys()));
      return null;
    }
    Node.Member mode = settings.members().get("mode");
    if (mode != null && Shape.of(preset).field("mode") == null) {
      problems.add(
          mode.namePlace(),
          "a guard's mode is not set here: what the contract states is enforced",
          EXCUSE);
      return null;
    }
    return settings;
  }

  private static final String EXCUSE =
      "say it under `exceptions`, with `because`, `owner` and `until`";

  private Node.Obj inherited(String guard, Node.Obj own, Node.Obj tuned) {
    if (guardsOfApi == null
        || guardsOfApi.place().equals(tuned.place())
        || !(guardsOfApi.get(guard) instanceof Node.Obj outer)) {
      return own;
    }
    Map<String, Node.Member> members = new LinkedHashMap<>(outer.members());
    members.putAll(own.members());
    return new Node.Obj(own.place(), members);
  }

  private static Object constant(Class<? extends Record> type, String word) {
    try {
      return type.getField(word.toUpperCase(java.util.Locale.ROOT)).get(null);
    } catch (ReflectiveOperationException wrong) {
      throw new GatewardenBug("`" + type.getName() + "` has no constant for its word", wrong);
    }
  }

  private static String orElse(String advice, String otherwise) {
    return advice.isEmpty() ? otherwise : advice;
  }

  private static String origin(Place place) {
    return place.origin().equals(DefaultNode.ORIGIN) ? Setting.DEFAULT : place.toString();
  }

  /// The last key of a path, without the number of an item.
  static String last(String path) {
    String key = path.substring(path.lastIndexOf('.') + 1);
    int bracket = key.indexOf('[');
    return bracket > 0 ? key.substring(0, bracket) : key;
  }
}

package dev.gatewarden.app.configuration;

import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.decision.Mode;
import dev.gatewarden.core.document.Nearest;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.limit.DurationText;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Single values of the file as values of Java.
final class Scalars {
  /// Other tools' words for what a guard's refusal does.
  private static final Map<String, Mode> MODES =
      Map.ofEntries(
          Map.entry("off", Mode.OFF),
          Map.entry("disable", Mode.OFF),
          Map.entry("disabled", Mode.OFF),
          Map.entry("open", Mode.OFF),
          Map.entry("observe", Mode.OBSERVE),
          Map.entry("report", Mode.OBSERVE),
          Map.entry("log-only", Mode.OBSERVE),
          Map.entry("detectiononly", Mode.OBSERVE),
          Map.entry("detection-only", Mode.OBSERVE),
          Map.entry("enforce", Mode.ENFORCE),
          Map.entry("block", Mode.ENFORCE),
          Map.entry("blocking", Mode.ENFORCE));

  private Scalars() {}

  /// Why a value of the file is none of a type.
  static final class Unfit extends Exception {
    private static final long serialVersionUID = 1;
    private final String advice;

    Unfit(String message, String advice) {
      super(message, null, false, false);
      this.advice = advice;
    }

    String advice() {
      return advice;
    }

    String said() {
      return java.util.Objects.requireNonNull(getMessage());
    }
  }

  /// Whether a type is written as one value.
  static boolean isScalar(Class<?> type) {
    return type.isPrimitive()
        || type == String.class
        || type == Integer.class
        || type == Long.class
        || type == Double.class
        || type == Boolean.class
        || type == Duration.class
        || type == LocalDate.class
        || type == URI.class
        || type.isEnum()
        || parser(type) != null;
  }

  /// The value of a type that a node writes.
  static Object value(Node node, Class<?> type) throws Unfit {
    if (type == boolean.class || type == Boolean.class) {
      if (node instanceof Node.Bool bool) {
        return bool.value();
      }
      throw new Unfit("is " + described(node) + "; write `true` or `false`", "");
    }
    if (type == int.class || type == Integer.class) {
      return Math.toIntExact(number(node, Integer.MIN_VALUE, Integer.MAX_VALUE));
    }
    if (type == long.class || type == Long.class) {
      return number(node, Long.MIN_VALUE, Long.MAX_VALUE);
    }
    if (type == double.class || type == Double.class) {
      if (node instanceof Node.Num num) {
        return Double.valueOf(num.literal());
      }
      throw new Unfit("is " + described(node) + "; write a number", "");
    }
    if (type == String.class) {
      if (node instanceof Node.Text text) {
        return text.value();
      }
      throw new Unfit("is " + described(node) + " and must be a text", "write it in quotes");
    }
    String text = text(node, type);
    if (type == Mode.class) {
      return mode(text);
    }
    if (type.isEnum()) {
      return choice(text, type);
    }
    if (type == Duration.class) {
      return duration(text);
    }
    if (type == LocalDate.class) {
      try {
        return LocalDate.parse(text);
      } catch (DateTimeParseException wrong) {
        throw new Unfit("is `" + text + "` and must be a day", "write it as `2027-01-15`");
      }
    }
    if (type == URI.class) {
      return uri(text);
    }
    return parsed(text, type);
  }

  /// A value as the file would write it.
  static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case Duration duration -> DurationText.write(duration);
      case Optional<?> optional -> optional.isPresent() ? text(optional.get()) : "";
      case Enum<?> constant -> Shape.word(constant);
      case List<?> list -> {
        StringBuilder text = new StringBuilder("[");
        for (Object item : list) {
          text.append(text.length() == 1 ? "" : ", ").append(text(item));
        }
        yield text.append(']').toString();
      }
      default -> value.toString();
    };
  }

  private static long number(Node node, long least, long most) throws Unfit {
    if (node instanceof Node.Num num && isWhole(num.literal())) {
      try {
        long value = Long.parseLong(num.literal());
        if (value >= least && value <= most) {
          return value;
        }
      } catch (NumberFormatException tooLong) {
        throw new Unfit("is " + described(node) + ", which is too large", "");
      }
    }
    throw new Unfit("is " + described(node) + "; write a whole number", "");
  }

  private static boolean isWhole(String literal) {
    for (int i = literal.startsWith("-") ? 1 : 0; i < literal.length(); i++) {
      if (literal.charAt(i) < '0' || literal.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  /// The text of a value; a number is one too, where the type is read from a text.
  private static String text(Node node, Class<?> type) throws Unfit {
    if (node instanceof Node.Text text) {
      return text.value();
    }
    if (node instanceof Node.Num num && type != URI.class) {
      return num.literal();
    }
    if (node instanceof Node.Bool bool && type == Mode.class) {
      throw new Unfit("is `" + bool.value() + "`; write one of `off`, `observe`, `enforce`", "");
    }
    throw new Unfit("is " + described(node) + " and must be a single value", "");
  }

  private static Mode mode(String text) throws Unfit {
    Mode mode = MODES.get(text.toLowerCase(Locale.ROOT).replace('_', '-'));
    if (mode == null) {
      throw new Unfit(
          "is `" + text + "`; write one of `off`, `observe`, `enforce`",
          Nearest.advice(text, MODES.keySet()));
    }
    return mode;
  }

  private static Object choice(String text, Class<?> type) throws Unfit {
    for (Object constant : type.getEnumConstants()) {
      if (Shape.word((Enum<?>) constant).equals(text)) {
        return constant;
      }
    }
    List<String> words = Shape.words(type);
    throw new Unfit(
        "is `" + text + "`; write " + (words.size() == 1 ? "" : "one of ") + quoted(words),
        words.size() > 1 ? Nearest.advice(text, words) : "");
  }

  private static Duration duration(String text) throws Unfit {
    try {
      return DurationText.parse(text);
    } catch (IllegalArgumentException wrong) {
      throw new Unfit(
          "is `" + text + "` and must be a duration",
          "write a whole number and a unit, `500ms`, `5s`, `10m`, `24h` or `30d`");
    }
  }

  private static URI uri(String text) throws Unfit {
    try {
      URI uri = new URI(text);
      if (uri.isAbsolute() && uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException wrong) {
      throw new Unfit("is `" + text + "`, which is no URL", "write it as `https://host/path`");
    }
    throw new Unfit(
        "is `" + text + "`, which is no URL with a host", "write it as `https://host/path`");
  }

  private static Object parsed(String text, Class<?> type) throws Unfit {
    Method parser = parser(type);
    if (parser == null) {
      throw new GatewardenBug("no way to read a `" + type.getName() + "` from a configuration");
    }
    try {
      parser.setAccessible(true);
      Object value = parser.invoke(null, text);
      if (value == null) {
        throw new Unfit(
            "is `" + text + "`, which is no " + Shape.kebab(type.getSimpleName()).substring(1), "");
      }
      return value;
    } catch (InvocationTargetException refused) {
      if (refused.getCause() instanceof IllegalArgumentException why && why.getMessage() != null) {
        throw new Unfit(": " + why.getMessage(), "");
      }
      throw new GatewardenBug("`" + type.getName() + ".parse` failed", refused);
    } catch (IllegalAccessException wrong) {
      throw new GatewardenBug("`" + type.getName() + ".parse` cannot be called", wrong);
    }
  }

  private static @Nullable Method parser(Class<?> type) {
    try {
      Method parser = type.getDeclaredMethod("parse", String.class);
      return Modifier.isStatic(parser.getModifiers())
              && type.isAssignableFrom(parser.getReturnType())
          ? parser
          : null;
    } catch (NoSuchMethodException none) {
      return null;
    }
  }

  /// How a missing key might be written.
  static String hint(String key, java.lang.reflect.Type type) {
    if (type instanceof Class<?> choice && choice.isEnum()) {
      return "write `" + key + ":` and one of " + quoted(Shape.words(choice));
    }
    if (type instanceof Class<?> record && record.isRecord() && !isScalar(record)) {
      return "its keys are " + quoted(Shape.of(record.asSubclass(Record.class)).keys());
    }
    return "";
  }

  static String quoted(Iterable<String> words) {
    StringBuilder text = new StringBuilder();
    for (String word : words) {
      text.append(text.isEmpty() ? "`" : ", `").append(word).append('`');
    }
    return text.toString();
  }

  /// What a node is, for messages.
  static String described(Node node) {
    return switch (node) {
      case Node.Obj ignored -> "an object";
      case Node.Arr ignored -> "a list";
      case Node.Text text -> "the text `" + shortened(text.value()) + "`";
      case Node.Num num -> "the number `" + shortened(num.literal()) + "`";
      case Node.Bool bool -> "`" + bool.value() + "`";
      case Node.Null ignored -> "empty";
    };
  }

  static String shortened(String text) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < text.length() && i < 80; i++) {
      char c = text.charAt(i);
      shown.append(Character.isISOControl(c) ? '?' : c);
    }
    return text.length() > 80 ? shown.append('…').toString() : shown.toString();
  }
}

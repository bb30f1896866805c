package dev.gatewarden.platform.auditing.spectral;

import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Nearest;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.finding.Tree;
import dev.gatewarden.core.schema.Dialect;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads `then`: a field and a core function with its options.
final class FunctionReader {
  private static final Map<String, List<String>> OPTIONS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("alphabetical", List.of("keyedBy")),
              Map.entry("casing", List.of("type", "disallowDigits", "separator")),
              Map.entry("defined", List.of()),
              Map.entry("enumeration", List.of("values")),
              Map.entry("falsy", List.of()),
              Map.entry("length", List.of("min", "max")),
              Map.entry("or", List.of("properties")),
              Map.entry("pattern", List.of("match", "notMatch")),
              Map.entry("schema", List.of("schema", "dialect", "allErrors")),
              Map.entry("truthy", List.of()),
              Map.entry("typedEnum", List.of()),
              Map.entry("undefined", List.of()),
              Map.entry("unreferencedReusableObject", List.of("reusableObjectsLocation")),
              Map.entry("xor", List.of("properties"))));
  private static final List<String> WORDS = List.of("field", "function", "functionOptions");
  private static final Map<String, Dialect> DIALECTS =
      Map.of(
          "draft4", Dialect.DRAFT_4,
          "draft6", Dialect.DRAFT_6,
          "draft7", Dialect.DRAFT_7,
          "draft2019-09", Dialect.DRAFT_2019_09,
          "draft2020-12", Dialect.DRAFT_2020_12);

  private final List<Problem> problems;

  FunctionReader(List<Problem> problems) {
    this.problems = problems;
  }

  /// One `then`, or null after a problem.
  @Nullable Then read(Node node) {
    if (!(node instanceof Node.Obj object)) {
      wrong(node.place(), "`then` is a map, or a list of maps", "");
      return null;
    }
    known(object, WORDS, "`then`");
    String name = Tree.text(object, "function");
    if (name == null) {
      wrong(node.place(), "`then` names no `function`", "");
      return null;
    }
    Node at = object.get("function");
    Place place = at == null ? node.place() : at.place();
    try {
      Node options = object.get("functionOptions");
      CoreFunction function =
          function(name, options instanceof Node.Obj given ? given : Json.EMPTY, place);
      return function == null ? null : new Then(field(object.get("field")), function);
    } catch (Malformed malformed) {
      wrong(place, "`" + name + "`: " + malformed.getMessage(), "");
      return null;
    } catch (ProblemsException schema) {
      problems.addAll(schema.problems());
      return null;
    }
  }

  private @Nullable CoreFunction function(String name, Node.Obj options, Place place) {
    List<String> words = OPTIONS.get(name);
    if (words == null) {
      String nearest = Nearest.advice(name, OPTIONS.keySet());
      wrong(
          place,
          "`" + name + "` is no core function; functions written in JavaScript are not run",
          nearest.isEmpty()
              ? "say it with "
                  + String.join(", ", OPTIONS.keySet())
                  + "; or turn the rule off here and go on running it in Spectral"
              : nearest);
      return null;
    }
    known(options, words, "the options of `" + name + "`");
    return switch (name) {
      case "alphabetical" -> new CoreFunction.Alphabetical(Tree.text(options, "keyedBy"));
      case "casing" -> casing(options);
      case "defined" -> new CoreFunction.Defined();
      case "enumeration" -> new CoreFunction.Enumeration(list(options, "values"));
      case "falsy" -> new CoreFunction.Falsy();
      case "length" -> length(options);
      case "or", "xor" -> properties(options, name.equals("xor"));
      case "pattern" -> pattern(options);
      case "schema" -> schema(options);
      case "truthy" -> new CoreFunction.Truthy();
      case "typedEnum" -> new CoreFunction.TypedEnum();
      case "undefined" -> new CoreFunction.Undefined();
      default -> unreferenced(options);
    };
  }

  private static CoreFunction casing(Node.Obj options) {
    String type = needed(options, "type");
    Casing.Kind kind =
        Arrays.stream(Casing.Kind.values())
            .filter(each -> each.word().equals(type))
            .findAny()
            .orElseThrow(
                () ->
                    new Malformed(
                        "`type` is one of flat, camel, pascal, kebab, cobol, snake and macro"));
    Node.Obj separator = Tree.object(options, "separator");
    String joint = separator == null ? "" : needed(separator, "char");
    if (joint.length() > 1) {
      throw new Malformed("`separator.char` is one character");
    }
    return Casing.of(
        kind,
        !Tree.isTrue(options.get("disallowDigits")),
        joint,
        separator != null && Tree.isTrue(separator.get("allowLeading")));
  }

  private static CoreFunction length(Node.Obj options) {
    BigDecimal least = Tree.number(options.get("min"));
    BigDecimal most = Tree.number(options.get("max"));
    if (least == null && most == null) {
      throw new Malformed("`min` or `max` is needed, a number");
    }
    return new CoreFunction.Length(least, most);
  }

  private static CoreFunction properties(Node.Obj options, boolean one) {
    List<String> names = Tree.texts(options.get("properties"));
    if (names.size() < 2) {
      throw new Malformed("`properties` is a list of two names or more");
    }
    return new CoreFunction.Properties(names, one);
  }

  private static CoreFunction pattern(Node.Obj options) {
    String match = Tree.text(options, "match");
    String not = Tree.text(options, "notMatch");
    if (match == null && not == null) {
      throw new Malformed("`match` or `notMatch` is needed, a regular expression");
    }
    return new CoreFunction.Patterned(
        match == null ? null : Regex.of(match), not == null ? null : Regex.of(not));
  }

  private static CoreFunction schema(Node.Obj options) {
    Node schema = options.get("schema");
    String named = Tree.text(options, "dialect");
    Dialect dialect = named == null ? null : DIALECTS.get(named);
    if (schema == null) {
      throw new Malformed("`schema` is needed");
    }
    if (named != null && dialect == null && !named.equals("auto")) {
      throw new Malformed(
          "`dialect` is one of auto, draft4, draft6, draft7, draft2019-09 and draft2020-12");
    }
    return Obeys.of(schema, dialect, Tree.isTrue(options.get("allErrors")));
  }

  private static CoreFunction unreferenced(Node.Obj options) {
    String location = needed(options, "reusableObjectsLocation");
    if (!location.startsWith("#/")) {
      throw new Malformed("`reusableObjectsLocation` is a pointer such as `#/components/schemas`");
    }
    return new CoreFunction.Unreferenced(location.substring(1));
  }

  private static List<Node> list(Node.Obj options, String word) {
    if (!(options.get(word) instanceof Node.Arr array)) {
      throw new Malformed("`" + word + "` is needed, a list");
    }
    return array.items();
  }

  private static String needed(Node.Obj options, String word) {
    String text = Tree.text(options, word);
    if (text == null || text.isEmpty()) {
      throw new Malformed("`" + word + "` is needed, a text");
    }
    return text;
  }

  private static Then.Field field(@Nullable Node node) {
    if (node == null) {
      return new Then.Field.Itself();
    }
    String text = node instanceof Node.Num number ? number.literal() : Tree.text(node);
    if (text == null || text.isEmpty()) {
      throw new Malformed("`field` is a name, `@key` or a path");
    }
    if (text.equals("@key")) {
      return new Then.Field.Keys();
    }
    return text.startsWith("$") && (text.length() == 1 || ".[~^".indexOf(text.charAt(1)) >= 0)
        ? new Then.Field.Found(JsonPath.parse(text))
        : new Then.Field.Below(names(text));
  }

  /// `a.b[0]['c.d']`
  private static List<String> names(String text) {
    List<String> names = new ArrayList<>();
    Cursor cursor = new Cursor(text);
    while (!cursor.ended()) {
      if (cursor.took("[")) {
        char c = cursor.peek();
        StringBuilder name = new StringBuilder();
        if (c == '\'' || c == '"') {
          name.append(cursor.quoted());
        }
        while (cursor.peek() != ']') {
          name.append(cursor.next());
        }
        cursor.take("]");
        names.add(name.toString());
        cursor.took(".");
      } else {
        StringBuilder name = new StringBuilder();
        while (!cursor.ended() && cursor.peek() != '.' && cursor.peek() != '[') {
          name.append(cursor.next());
        }
        names.add(name.toString());
        cursor.took(".");
      }
    }
    return names;
  }

  /// Says what of an object means nothing.
  void known(Node.Obj object, List<String> words, String where) {
    for (Node.Member each : object.entries()) {
      if (!words.contains(each.name()) && !each.name().toLowerCase(Locale.ROOT).startsWith("x-")) {
        problems.add(
            new Problem(
                each.namePlace(),
                "`" + each.name() + "` means nothing in " + where,
                Nearest.advice(each.name(), words)));
      }
    }
  }

  private void wrong(Place place, String message, String advice) {
    problems.add(new Problem(place, message, advice));
  }
}

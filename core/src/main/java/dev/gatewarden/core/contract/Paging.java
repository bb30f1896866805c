package dev.gatewarden.core.contract;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The query parameters by which callers say how many items a page has, and where it begins, known
/// by their names.
public final class Paging {
  private static final Set<String> SIZES =
      Set.of(
          "limit",
          "pagesize",
          "perpage",
          "size",
          "maxresults",
          "count",
          "top",
          "first",
          "take",
          "rows",
          "maxitems",
          "pagelimit",
          "pagelength",
          "numresults",
          "max",
          "n");

  private static final Set<String> OFFSETS =
      Set.of("offset", "skip", "start", "startindex", "pageoffset", "from");

  private static final Set<String> NUMBERS =
      Set.of("page", "pagenumber", "pageno", "pageindex", "p");

  /// Those that mean nothing else, so that they are known where the contract gives no type, and
  /// within an object.
  private static final Set<String> PLAIN =
      Set.of("limit", "pagesize", "perpage", "offset", "skip", "page");

  /// Sizes that are no place in a list, so that a text under that name is one written as text.
  private static final Set<String> PLAIN_SIZES = Set.of("limit", "pagesize", "perpage");

  /// What ends a stretch of time, or of anything else, that begins with `from` or `start`.
  private static final Set<String> ENDS =
      Set.of("to", "until", "till", "end", "through", "thru", "before", "stop");

  /// Sizes beside which `first` is the place where a page begins.
  private static final Set<String> BESIDE_FIRST =
      Set.of("max", "maxresults", "limit", "pagesize", "perpage", "rows", "size", "count");

  private Paging() {}

  /// One of them.
  ///
  /// @param name as callers write it: `page[size]` where the contract has an object `page`
  /// @param typed whether the contract says that it is a number, or a text
  /// @param shape of its values
  public record Asked(String name, Parameter parameter, boolean typed, Shape shape) {}

  /// The parameters that say how many items a page has, as numbers.
  public static List<Parameter> sizes(Operation operation) {
    return asked(operation, Meaning.SIZE).stream()
        .filter(each -> each.name().equals(each.parameter().name()))
        .filter(each -> !each.typed() || number(each.shape().types()))
        .map(Asked::parameter)
        .toList();
  }

  /// The first of them, or null.
  public static @Nullable Parameter size(Operation operation) {
    List<Parameter> sizes = sizes(operation);
    return sizes.isEmpty() ? null : sizes.getFirst();
  }

  /// Whether a name says how many items there are.
  public static boolean isSize(String name) {
    return SIZES.contains(plain(name));
  }

  /// What such a parameter says.
  public enum Meaning {
    /// How many items a page has.
    SIZE,
    /// How many items are left out before it.
    OFFSET,
    /// Which page it is.
    NUMBER
  }

  /// All that say one thing, those within objects too.
  public static List<Asked> asked(Operation operation, Meaning meaning) {
    Set<String> names = new HashSet<>();
    List<Asked> all = new ArrayList<>();
    for (Parameter each : operation.parameters()) {
      if (each.in() == Parameter.In.QUERY) {
        Shape shape = Shape.of(each.schema());
        names.add(plain(each.name()));
        all.add(new Asked(each.name(), each, !shape.types().isEmpty(), shape));
        members(each, shape, names, all);
      }
    }
    all.removeIf(each -> meaning(each, names) != meaning);
    return all;
  }

  /// The members of an object, under the names that callers write.
  private static void members(
      Parameter parameter, Shape object, Set<String> names, List<Asked> all) {
    boolean deep = parameter.style() == Parameter.Style.DEEP_OBJECT;
    if (!deep && !(parameter.style() == Parameter.Style.FORM && parameter.explode())) {
      return;
    }
    object
        .members()
        .forEach(
            (name, shape) -> {
              String written = deep ? parameter.name() + "[" + name + "]" : name;
              names.add(plain(deep && PLAIN.contains(plain(name)) ? name : written));
              all.add(new Asked(written, parameter, !shape.types().isEmpty(), shape));
            });
  }

  private static @Nullable Meaning meaning(Asked asked, Set<String> beside) {
    String name = plain(asked.name());
    int bracket = asked.name().indexOf('[');
    if (bracket > 0
        && !SIZES.contains(name)
        && !OFFSETS.contains(name)
        && !NUMBERS.contains(name)) {
      String member = plain(asked.name().substring(bracket));
      name = PLAIN.contains(member) ? member : name;
    }
    Meaning meaning = meaning(name, beside);
    return meaning != null && counts(name, asked) ? meaning : null;
  }

  private static @Nullable Meaning meaning(String name, Set<String> beside) {
    return switch (name) {
      case "max" -> beside.contains("min") ? null : Meaning.SIZE;
      case "first" -> Collections.disjoint(beside, BESIDE_FIRST) ? Meaning.SIZE : Meaning.OFFSET;
      case "last" ->
          beside.contains("first") && Collections.disjoint(beside, BESIDE_FIRST)
              ? Meaning.SIZE
              : null;
      case "from", "start" -> Collections.disjoint(beside, ENDS) ? Meaning.OFFSET : null;
      default ->
          SIZES.contains(name)
              ? Meaning.SIZE
              : OFFSETS.contains(name)
                  ? Meaning.OFFSET
                  : NUMBERS.contains(name) ? Meaning.NUMBER : null;
    };
  }

  /// Whether its values may be numbers: `size: L` is no page's.
  private static boolean counts(String name, Asked asked) {
    Set<String> types = asked.shape().types();
    if (types.isEmpty()) {
      return PLAIN.contains(name);
    }
    boolean text =
        types.contains("string")
            && PLAIN_SIZES.contains(name)
            && !asked.shape().has("enum")
            && !asked.shape().has("const");
    return number(types) || text;
  }

  private static boolean number(Set<String> types) {
    return types.contains("integer") || types.contains("number");
  }

  private static String plain(String name) {
    StringBuilder plain = new StringBuilder();
    String lower = name.toLowerCase(Locale.ROOT);
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      if (c >= 'a' && c <= 'z') {
        plain.append(c);
      }
    }
    return plain.toString();
  }
}

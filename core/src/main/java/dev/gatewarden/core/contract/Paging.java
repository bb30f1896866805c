package dev.gatewarden.core.contract;

import java.util.ArrayList;
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

  /// Those that mean nothing else, so that they are known where the contract gives no type.
  private static final Set<String> PLAIN =
      Set.of("limit", "pagesize", "perpage", "offset", "skip", "page");

  private Paging() {}

  /// The parameters that say how many items a page has.
  public static List<Parameter> sizes(Operation operation) {
    return named(operation, SIZES);
  }

  /// The first of them, or null.
  public static @Nullable Parameter size(Operation operation) {
    List<Parameter> sizes = sizes(operation);
    return sizes.isEmpty() ? null : sizes.getFirst();
  }

  /// Those that say how many items are left out before it.
  public static List<Parameter> offsets(Operation operation) {
    return named(operation, OFFSETS);
  }

  /// Those that say which page it is.
  public static List<Parameter> numbers(Operation operation) {
    return named(operation, NUMBERS);
  }

  /// Whether a name says how many items there are.
  public static boolean isSize(String name) {
    return SIZES.contains(plain(name));
  }

  private static List<Parameter> named(Operation operation, Set<String> names) {
    List<Parameter> found = new ArrayList<>();
    for (Parameter each : operation.parameters()) {
      if (each.in() == Parameter.In.QUERY && names.contains(plain(each.name())) && counts(each)) {
        found.add(each);
      }
    }
    return found;
  }

  /// Whether its values may be numbers: `size: L` is no page's.
  private static boolean counts(Parameter parameter) {
    Set<String> types = Shape.of(parameter.schema()).types();
    return types.isEmpty()
        ? PLAIN.contains(plain(parameter.name()))
        : types.contains("integer") || types.contains("number");
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

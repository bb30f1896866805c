package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which parameters of an operation look as if they named an object.
///
/// A path parameter does, unless its values are listed or its name is that of a plain property such
/// as a date or a language; a query value or cookie does when its name ends in a word such as `id`,
/// a header when it does and is not one of the usual message ids.
final class IdLike {
  private static final Set<String> IDS = Set.of("id", "ids", "uuid", "guid", "uid", "ulid", "oid");
  private static final Set<String> PLAIN =
      Set.of(
          "version",
          "year",
          "month",
          "day",
          "date",
          "week",
          "hour",
          "lang",
          "language",
          "locale",
          "format",
          "ext",
          "extension",
          "page",
          "size",
          "limit",
          "offset",
          "lat",
          "lon",
          "lng",
          "latitude",
          "longitude",
          "currency",
          "country",
          "region",
          "unit",
          "width",
          "height",
          "from",
          "to",
          "start",
          "end");
  private static final Set<String> MESSAGE_IDS =
      Set.of(
          "request",
          "correlation",
          "trace",
          "span",
          "webhook",
          "event",
          "message",
          "delivery",
          "session",
          "client",
          "app",
          "application",
          "device",
          "idempotency",
          "transaction");

  private final SchemaReach reach;

  IdLike(SchemaReach reach) {
    this.reach = reach;
  }

  /// The first such parameter, or null.
  @Nullable Parameter first(Operation operation) {
    for (Parameter parameter : operation.parameters()) {
      if (idLike(parameter)) {
        return parameter;
      }
    }
    return null;
  }

  private boolean idLike(Parameter parameter) {
    List<String> words = words(parameter.name());
    String last = words.isEmpty() ? "" : words.getLast();
    return switch (parameter.in()) {
      case PATH -> !PLAIN.contains(last) && !enumerated(parameter);
      case QUERY, COOKIE -> IDS.contains(last) && !messageId(words);
      case HEADER -> IDS.contains(last) && !messageId(words);
      case QUERYSTRING -> false;
    };
  }

  private static boolean messageId(List<String> words) {
    return words.size() > 1 && MESSAGE_IDS.contains(words.get(words.size() - 2));
  }

  private boolean enumerated(Parameter parameter) {
    List<Obj> schemas = reach.expanded(List.of(parameter.schema().schema()));
    for (Obj schema : schemas) {
      Node type = schema.get("type");
      String format = Nodes.text(schema.get("format"));
      if (schema.get("enum") != null
          || schema.get("const") != null
          || "boolean".equals(Nodes.text(type))
          || "date".equals(format)
          || "date-time".equals(format)) {
        return true;
      }
    }
    return false;
  }

  /// `orderId`, `order_id` and `X-Order-Id` all end in `id`.
  static List<String> words(String name) {
    List<String> words = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= name.length(); i++) {
      boolean ends =
          i == name.length()
              || !Character.isLetterOrDigit(name.charAt(i))
              || (Character.isUpperCase(name.charAt(i))
                  && Character.isLowerCase(name.charAt(i - 1)));
      if (ends) {
        String word = name.substring(from, i).toLowerCase(Locale.ROOT);
        int start = 0;
        while (start < word.length() && !Character.isLetterOrDigit(word.charAt(start))) {
          start++;
        }
        if (start < word.length()) {
          words.add(word.substring(start));
        }
        from = i;
      }
    }
    return words;
  }
}

package dev.gatewarden.platform.discovery;

import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Responses;
import dev.gatewarden.core.contract.SchemaSource;
import dev.gatewarden.core.contract.Shape;
import dev.gatewarden.core.document.Pointer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an operation answers when all is well.
final class Answers {
  private static final List<String> SUCCESSES =
      List.of("200", "201", "2XX", "203", "202", "default");
  private static final Set<String> COUNTS =
      Set.of("total", "count", "totalcount", "totalitems", "totalresults", "totalelements");

  /// What lists are called where their name says nothing of what is in them.
  private static final Set<String> LISTS =
      Set.of(
          "data", "items", "results", "value", "values", "list", "records", "entries", "content");

  /// Lists that stand beside what was asked for.
  private static final Set<String> BESIDE =
      Set.of("included", "links", "errors", "warnings", "facets", "messages");

  private static final Set<String> ENVELOPES =
      Set.of("data", "embedded", "result", "results", "response", "payload");
  private static final Set<String> PAGES =
      Set.of("meta", "paging", "pagination", "page", "pageinfo");

  private Answers() {}

  static @Nullable Shape of(Operation operation) {
    for (String status : SUCCESSES) {
      Responses.Promised promised = operation.responses().byStatus().get(status);
      if (promised != null) {
        for (Content.MediaType type : promised.content().types().values()) {
          SchemaSource schema = type.schema();
          if (schema != null && json(type.range())) {
            return Shape.of(schema);
          }
        }
      }
    }
    return null;
  }

  static boolean json(String range) {
    String type = range.toLowerCase(Locale.ROOT);
    return type.equals("application/json") || type.endsWith("+json") || type.equals("*/*");
  }

  /// Where a list of objects stands: the whole answer, its one member that is such a list, or the
  /// one of several that is named like what is listed; below an envelope too.
  ///
  /// @param collection what the list is called in the path; empty where it is not known
  static @Nullable String items(Shape answer, String collection) {
    if (objects(answer)) {
      return "";
    }
    String here = among(answer, collection);
    if (here != null) {
      return here;
    }
    for (Map.Entry<String, Shape> member : answer.members().entrySet()) {
      if (ENVELOPES.contains(Words.plain(member.getKey()))) {
        String below = among(member.getValue(), collection);
        if (below != null) {
          return "/" + Guessing.escaped(member.getKey()) + below;
        }
      }
    }
    return null;
  }

  private static @Nullable String among(Shape answer, String collection) {
    List<String> lists = new ArrayList<>();
    for (Map.Entry<String, Shape> member : answer.members().entrySet()) {
      if (!BESIDE.contains(Words.plain(member.getKey())) && objects(member.getValue())) {
        lists.add(member.getKey());
      }
    }
    for (String each : lists) {
      if (lists.size() == 1 || Words.plain(each).equals(Words.plain(collection))) {
        return "/" + Guessing.escaped(each);
      }
    }
    return lists.stream()
        .filter(each -> LISTS.contains(Words.plain(each)))
        .findFirst()
        .map(each -> "/" + Guessing.escaped(each))
        .orElse(null);
  }

  private static boolean objects(Shape shape) {
    Shape items = shape.types().contains("array") ? shape.items() : null;
    return items != null && !items.members().isEmpty();
  }

  /// Where a number tells how many there are, in the answer or in what tells of its pages.
  static @Nullable String count(Shape answer) {
    for (Map.Entry<String, Shape> member : answer.members().entrySet()) {
      String name = Words.plain(member.getKey());
      String at = "/" + Guessing.escaped(member.getKey());
      if (COUNTS.contains(name) && member.getValue().scalar()) {
        return at;
      }
      String below = PAGES.contains(name) ? count(member.getValue()) : null;
      if (below != null) {
        return at + below;
      }
    }
    return null;
  }

  /// What stands at a pointer; a list stands for its items. Null where nothing does.
  static @Nullable Shape at(Shape answer, String pointer) {
    Pointer steps = Pointer.parse(pointer);
    Shape here = answer;
    for (String step : steps == null ? List.<String>of() : steps.tokens()) {
      Shape next = here.members().get(step);
      if (next == null) {
        return null;
      }
      here = next;
    }
    Shape items = here.types().contains("array") ? here.items() : null;
    return items == null ? here : items;
  }
}

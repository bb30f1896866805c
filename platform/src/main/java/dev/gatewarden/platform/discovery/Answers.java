package dev.gatewarden.platform.discovery;

import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Responses;
import dev.gatewarden.core.contract.SchemaSource;
import dev.gatewarden.core.contract.Shape;
import dev.gatewarden.core.document.Pointer;
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

  private static boolean json(String range) {
    String type = range.toLowerCase(Locale.ROOT);
    return type.equals("application/json") || type.endsWith("+json") || type.equals("*/*");
  }

  /// Where a list of objects stands: the whole answer, or its one member that is such a list.
  static @Nullable String items(Shape answer) {
    if (objects(answer)) {
      return "";
    }
    String only = null;
    for (Map.Entry<String, Shape> member : answer.members().entrySet()) {
      if (objects(member.getValue())) {
        if (only != null) {
          return null;
        }
        only = "/" + Guessing.escaped(member.getKey());
      }
    }
    return only;
  }

  private static boolean objects(Shape shape) {
    Shape items = shape.types().contains("array") ? shape.items() : null;
    return items != null && !items.members().isEmpty();
  }

  /// Where a number tells how many there are.
  static @Nullable String count(Shape answer) {
    for (Map.Entry<String, Shape> member : answer.members().entrySet()) {
      if (COUNTS.contains(Words.plain(member.getKey())) && member.getValue().scalar()) {
        return "/" + Guessing.escaped(member.getKey());
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

package dev.gatewarden.platform.probing.fuzz;

import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.contract.SchemaSource;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.probe.Draft;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The parts of a request that works whose values may be varied.
final class Roots {
  private static final Set<String> CREDENTIALS =
      Set.of("authorization", "cookie", "accept", "content-type", "host");

  private Roots() {}

  static List<Root> of(Draft honest, Untouched untouched, long seed) {
    List<Root> roots = new ArrayList<>();
    Operation operation = honest.operation();
    for (Parameter each : operation.parameters()) {
      Root.Kind kind = kind(each, operation);
      boolean plain =
          each.style() != Parameter.Style.LABEL && each.style() != Parameter.Style.MATRIX;
      boolean json = each.mediaType() == null || each.mediaType().contains("json");
      if (kind != null && plain && json && !untouched.parameter(kind, each)) {
        Judge judge = new Judge(each.schema());
        Node base = base(kind, each, judge, honest, seed);
        if (base != null) {
          roots.add(new Root(kind, each, judge, base, each.required()));
        }
      }
    }
    Root body = body(honest, seed);
    if (body != null) {
      roots.add(body);
    }
    return roots;
  }

  /// Where it is varied: paths of what changes something stay as they are.
  private static Root.@Nullable Kind kind(Parameter parameter, Operation operation) {
    String name = parameter.name().toLowerCase(Locale.ROOT);
    return switch (parameter.in()) {
      case PATH -> operation.safe() ? Root.Kind.PATH : null;
      case QUERY -> Root.Kind.QUERY;
      case HEADER -> CREDENTIALS.contains(name) ? null : Root.Kind.HEADER;
      case COOKIE -> Root.Kind.COOKIE;
      case QUERYSTRING -> null;
    };
  }

  private static @Nullable Node base(
      Root.Kind kind, Parameter parameter, Judge judge, Draft honest, long seed) {
    String there = null;
    if (kind == Root.Kind.PATH) {
      there = honest.path().get(parameter.name());
    }
    List<Draft.Pair> pairs = kind == Root.Kind.QUERY ? honest.query() : honest.headers();
    for (Draft.Pair each : pairs) {
      there = each.name().equalsIgnoreCase(parameter.name()) ? each.value() : there;
    }
    Node schema = parameter.schema().schema();
    if (there != null) {
      for (Node each :
          List.of(Json.number("0"), Json.of(there), Json.of(List.of(Json.of(there))))) {
        Node value = each;
        if (each instanceof Node.Num) {
          if (!there.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?")) {
            continue;
          }
          value = Json.number(there);
        }
        if (judge.takes(schema, value)) {
          return value;
        }
      }
    }
    return new Growth(judge, new Random(seed)).right(schema);
  }

  private static @Nullable Root body(Draft honest, long seed) {
    Operation operation = honest.operation();
    if (operation.body() == null || honest.body() == null) {
      return null;
    }
    Content.MediaType type = operation.body().content().of(honest.mediaType());
    SchemaSource source = type == null ? null : type.schema();
    Root.Kind kind = kind(honest.mediaType());
    if (source == null || kind == null) {
      return null;
    }
    Judge judge = new Judge(source);
    Node base = honest.body();
    if (!judge.takes(source.schema(), base)) {
      base = new Growth(judge, new Random(seed)).right(source.schema());
    }
    return base == null ? null : new Root(kind, null, judge, base, operation.body().required());
  }

  static Root.@Nullable Kind kind(String mediaType) {
    if (mediaType.contains("json")) {
      return Root.Kind.JSON;
    }
    if (mediaType.contains("xml")) {
      return Root.Kind.XML;
    }
    return switch (mediaType) {
      case "application/x-www-form-urlencoded" -> Root.Kind.FORM;
      case "multipart/form-data" -> Root.Kind.PARTS;
      default -> null;
    };
  }
}

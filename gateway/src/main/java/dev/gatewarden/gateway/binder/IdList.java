package dev.gatewarden.gateway.binder;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.exchange.Query;
import dev.gatewarden.gateway.binder.shape.Shape;
import dev.gatewarden.gateway.binder.shape.Shapes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A parameter that holds several ids, and how they are parted.
///
/// A text is parted wherever a service may part it, so that each id is judged which it may see.
///
/// @param delimiter between two ids of one value
/// @param repeated whether the name comes once for each id
record IdList(Selector at, char delimiter, boolean repeated) {

  /// The list that a selector reads; null where it reads one value.
  static @Nullable IdList of(Operation operation, Selector selector) {
    Parameter parameter =
        switch (selector) {
          case Selector.PathParameter(String name) -> operation.parameter(Parameter.In.PATH, name);
          case Selector.QueryParameter(String name) ->
              operation.parameter(Parameter.In.QUERY, name);
          case Selector.Header(String name) -> operation.parameter(Parameter.In.HEADER, name);
          default -> null;
        };
    if (parameter == null || parameter.mediaType() != null) {
      return null;
    }
    Shape shape = Shapes.of(parameter.schema());
    if (!shape.mayBeArray() || shape.plain()) {
      return null;
    }
    char delimiter =
        switch (parameter.style()) {
          case SPACE_DELIMITED -> ' ';
          case PIPE_DELIMITED -> '|';
          default -> ',';
        };
    boolean repeated =
        parameter.in() == Parameter.In.QUERY
            && parameter.explode()
            && parameter.style() == Parameter.Style.FORM;
    return new IdList(selector, delimiter, repeated);
  }

  /// The ids; null where there are none, or where they are not written once.
  @Nullable List<String> read(Exchange exchange) {
    return switch (at) {
      case Selector.PathParameter(String name) -> parted(exchange.pathValue(name));
      case Selector.QueryParameter(String name) -> query(name, exchange.request().target().query());
      case Selector.Header(String name) ->
          exchange.request().headers().count(name) == 1
              ? parted(exchange.request().headers().first(name))
              : null;
      default -> null;
    };
  }

  private @Nullable List<String> query(String name, Query query) {
    if (!repeated) {
      return query.count(name) == 1 ? parted(query.first(name)) : null;
    }
    List<String> ids = new ArrayList<>();
    for (Query.Pair pair : query.pairs()) {
      if (pair.name().equals(name)) {
        ids.add(pair.value());
      }
    }
    return ids;
  }

  private @Nullable List<String> parted(@Nullable String text) {
    if (text == null) {
      return null;
    }
    List<String> ids = new ArrayList<>();
    for (String each : text.split(java.util.regex.Pattern.quote(String.valueOf(delimiter)), -1)) {
      ids.add(at instanceof Selector.Header ? each.strip() : each);
    }
    return ids;
  }
}

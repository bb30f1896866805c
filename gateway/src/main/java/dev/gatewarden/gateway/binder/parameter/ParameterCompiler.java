package dev.gatewarden.gateway.binder.parameter;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.contract.Security;
import dev.gatewarden.core.contract.SecurityScheme;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.schema.Direction;
import dev.gatewarden.core.schema.Labels;
import dev.gatewarden.core.schema.Schema;
import dev.gatewarden.gateway.binder.body.Manner;
import dev.gatewarden.gateway.binder.body.MediaTypes;
import dev.gatewarden.gateway.binder.body.Schemas;
import dev.gatewarden.gateway.binder.body.Visits;
import dev.gatewarden.gateway.binder.shape.Shape;
import dev.gatewarden.gateway.binder.shape.Shapes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// Compiles the parameters of operations and the headers of responses to what judges them.
public final class ParameterCompiler {
  private final Schemas schemas;
  private final Manner manner;

  public ParameterCompiler(Schemas schemas, Manner manner) {
    this.schemas = schemas;
    this.manner = manner;
  }

  /// The parameters of requests.
  ///
  /// @param known the security schemes of the contract: what the operation's own look for in query
  ///     and cookies is declared by that
  public ParameterChecks of(Operation operation, Map<String, SecurityScheme> known) {
    List<ParameterCheck> path = new ArrayList<>();
    List<ParameterCheck> query = new ArrayList<>();
    List<ParameterCheck> headers = new ArrayList<>();
    List<ParameterCheck> cookies = new ArrayList<>();
    for (Parameter parameter : operation.parameters()) {
      List<ParameterCheck> to =
          switch (parameter.in()) {
            case PATH -> path;
            case QUERY, QUERYSTRING -> query;
            case HEADER -> headers;
            case COOKIE -> cookies;
          };
      if (!ignored(parameter)) {
        check(parameter, Direction.REQUEST, to);
      }
    }
    return new ParameterChecks(
        new PathParameters(operation.path(), path),
        new QueryParameters(query, keys(operation, known, Parameter.In.QUERY), isJson(operation)),
        new HeaderParameters(headers, false),
        new CookieParameters(
            cookies, keys(operation, known, Parameter.In.COOKIE), manner.undeclaredCookies()));
  }

  /// The headers that a response promises.
  public HeaderParameters headers(List<Parameter> promised) {
    List<ParameterCheck> checks = new ArrayList<>();
    for (Parameter header : promised) {
      check(header, Direction.RESPONSE, checks);
    }
    return new HeaderParameters(checks, true);
  }

  private void check(Parameter parameter, Direction direction, List<ParameterCheck> to) {
    Schema schema = schemas.compile(parameter.schema(), direction, manner, Labels.NONE, List.of());
    if (schema == null) {
      return;
    }
    String type = parameter.mediaType();
    boolean document = type != null && MediaTypes.isJson(type);
    Shape shape = Shapes.of(parameter.schema());
    to.add(new ParameterCheck(parameter, schema, shape, document));
  }

  /// OpenAPI, "Parameter Object": header parameters of these names say nothing.
  private static boolean ignored(Parameter parameter) {
    return parameter.in() == Parameter.In.HEADER
        && (parameter.name().equalsIgnoreCase("accept")
            || parameter.name().equalsIgnoreCase("content-type")
            || parameter.name().equalsIgnoreCase("authorization"));
  }

  private static List<String> keys(
      Operation operation, Map<String, SecurityScheme> known, Parameter.In in) {
    List<String> keys = new ArrayList<>();
    for (Security.Alternative alternative : operation.security().alternatives()) {
      for (Security.Need need : alternative.needs()) {
        SecurityScheme scheme = known.get(need.scheme());
        if (scheme != null
            && scheme.kind() instanceof SecurityScheme.ApiKey(Parameter.In place, String name)
            && place == in
            && !keys.contains(name)) {
          keys.add(name);
        }
      }
    }
    return keys;
  }

  private Predicate<String> isJson(Operation operation) {
    Schema anything = Schemas.anything(operation.place(), manner.bounds(), List.of());
    return text -> {
      Bytes bytes = Bytes.of(text.getBytes(StandardCharsets.UTF_8));
      return anything.judge(bytes.array(), bytes.from(), bytes.to(), Visits.mine()) == Schema.VALID;
    };
  }
}

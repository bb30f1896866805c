package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One callable thing a contract promises.
///
/// @param index dense within the contract, from 0, so that tables by operation are arrays
/// @param method upper case, `GET`
/// @param path the template below the API's base path
/// @param parameters those of the path item and of the operation, merged; the operation's win
/// @param body what a request may carry, or null when it carries none
/// @param responses what may come back
/// @param security who may call
/// @param objects whose objects it touches
/// @param tenant how the tenant is told: the operation's own word or the contract's, null when
///     neither says
/// @param extensions the effective `x-gatewarden-*` words: the operation's, else the path's, else
///     the contract's
/// @param source the operation as written, overlays applied
/// @param place where the operation stands
public record Operation(
    OperationId id,
    int index,
    String method,
    PathTemplate path,
    List<Parameter> parameters,
    @Nullable RequestBody body,
    Responses responses,
    Security security,
    ObjectBindings objects,
    @Nullable TenantRule tenant,
    Extensions extensions,
    Node.Obj source,
    Place place) {

  public Operation {
    parameters = List.copyOf(parameters);
  }

  /// The parameter at that place with that name, or null; header names are compared without case.
  public @Nullable Parameter parameter(Parameter.In in, String name) {
    for (Parameter parameter : parameters) {
      if (parameter.in() == in
          && (in == Parameter.In.HEADER
              ? parameter.name().equalsIgnoreCase(name)
              : parameter.name().equals(name))) {
        return parameter;
      }
    }
    return null;
  }

  /// Whether the method only reads (RFC 9110, section 9.2.1).
  public boolean safe() {
    return switch (method) {
      case "GET", "HEAD", "OPTIONS", "TRACE", "QUERY" -> true;
      default -> false;
    };
  }

  /// The same operation with other words of ours.
  Operation withExtensions(Extensions other) {
    return new Operation(
        id,
        index,
        method,
        path,
        parameters,
        body,
        responses,
        security,
        objects,
        tenant,
        other,
        source,
        place);
  }

  /// The same operation with other bindings; the reader uses it where an exception excuses what is
  /// wrong with them.
  public Operation withObjects(ObjectBindings other) {
    return new Operation(
        id,
        index,
        method,
        path,
        parameters,
        body,
        responses,
        security,
        other,
        tenant,
        extensions,
        source,
        place);
  }

  @Override
  public String toString() {
    return id.toString();
  }
}

package dev.gatewarden.core.exchange;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.identity.Lease;
import dev.gatewarden.core.identity.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One Request with its carrier Operation and Principal, later its Response. Immutable: each room returns a new one.
///
/// @param pathValues the values of the path parameters, decoded, in the order of the template
/// @param principal who calls, `Principal.NOBODY` until IDENTIFY has passed and where an operation is public
/// @param lease how long the principal holds
/// @param response what the upstream said, or null before it has
public record Exchange(
    ExchangeId id,
    Request request,
    Operation operation,
    List<String> pathValues,
    Principal principal,
    Lease lease,
    @Nullable Response response) {

  public Exchange(
      ExchangeId id, Request request, Operation operation, List<String> pathValues) {
    this(id, request, operation, pathValues, Principal.NOBODY, Lease.UNBOUNDED, null);
  }

  public Exchange calledBy(Principal principal, Lease lease) {
    return new Exchange(id, request, operation, pathValues, principal, lease, response);
  }

  public Exchange answered(Response response) {
    return new Exchange(id, request, operation, pathValues, principal, lease, response);
  }

  /// The value of a path parameter, or null when the template has none of that name.
  public @Nullable String pathValue(String name) {
    int at = operation.path().variables().indexOf(name);
    return at < 0 ? null : pathValues.get(at);
  }
}

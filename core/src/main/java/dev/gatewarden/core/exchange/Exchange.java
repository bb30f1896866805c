package dev.gatewarden.core.exchange;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Security;
import dev.gatewarden.core.identity.Lease;
import dev.gatewarden.core.identity.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One Request with its carrier Operation and Principal, later its Response. Immutable: each room
/// returns a new one.
///
/// @param pathValues the values of the path parameters, decoded, in the order of the template
/// @param principal who calls, `Principal.NOBODY` until IDENTIFY has passed and where an operation
///     is public
/// @param proved the alternative of the operation's security that was proved; the empty one until
///     IDENTIFY has passed and for a caller who proved
///     nothing
/// @param lease how long the principal holds
/// @param response what the upstream said, or null before it has
/// @param underWay whether it has begun already and its caller is proved once more, which uses
///     nothing up
/// @param settled what it is judged by to its end, though it changes meanwhile
public record Exchange(
    ExchangeId id,
    Request request,
    Operation operation,
    List<String> pathValues,
    Principal principal,
    Security.Alternative proved,
    Lease lease,
    @Nullable Response response,
    boolean underWay,
    Settled settled) {
  private static final Security.Alternative NOTHING = new Security.Alternative(List.of());

  public Exchange(ExchangeId id, Request request, Operation operation, List<String> pathValues) {
    this(
        id,
        request,
        operation,
        pathValues,
        Principal.NOBODY,
        NOTHING,
        Lease.UNBOUNDED,
        null,
        false,
        new Settled());
  }

  /// The same exchange before anybody was proved, to prove its caller once more while it is under
  /// way.
  public Exchange again() {
    return new Exchange(
        id,
        request,
        operation,
        pathValues,
        Principal.NOBODY,
        NOTHING,
        Lease.UNBOUNDED,
        response,
        true,
        new Settled());
  }

  public Exchange calledBy(Principal principal, Security.Alternative proved, Lease lease) {
    return new Exchange(
        id, request, operation, pathValues, principal, proved, lease, response, underWay, settled);
  }

  public Exchange answered(Response response) {
    return new Exchange(
        id, request, operation, pathValues, principal, proved, lease, response, underWay, settled);
  }

  /// The same exchange with values of its request in another form.
  public Exchange with(Request other, List<String> values) {
    return new Exchange(
        id, other, operation, values, principal, proved, lease, response, underWay, settled);
  }

  /// The value of a path parameter, or null when the template has none of that name.
  public @Nullable String pathValue(String name) {
    int at = operation.path().variables().indexOf(name);
    return at < 0 ? null : pathValues.get(at);
  }
}

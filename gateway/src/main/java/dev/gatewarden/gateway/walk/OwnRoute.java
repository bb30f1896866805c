package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Request;
import java.util.List;
import java.util.Set;

/// An operation of the gate's own beside those that a contract promises: login, callback, metadata.
///
/// It stands at one path of an API's host, exactly, and no operation of a contract may answer
/// there, whatever the method. Methods it does not take are answered 405.
public interface OwnRoute {

  /// What decision lines and metrics call it, `session.callback`.
  String name();

  /// The canonical path, from the root of the host.
  String path();

  /// The methods it takes, upper case.
  Set<String> methods();

  /// The most bytes its body may have; 0 where it takes none.
  default long mostBody() {
    return 0;
  }

  /// Whether a contract that promises the same path is answered for instead; else it does not load.
  default boolean yields() {
    return false;
  }

  /// What challenges of the API tell of it: an `auth-param` of `WWW-Authenticate` (RFC 9110,
  /// section 11.6.1); empty for nothing.
  default String announced(Request request) {
    return "";
  }

  /// What a request consumes before it is answered.
  default List<Claim> claims(Request request) {
    return List.of();
  }

  /// The answer, and the reason under which it is recorded.
  ///
  /// @param body stays as it is only until this call returns
  /// @throws dev.gatewarden.core.decision.WouldWait on an event loop when the answer is not at
  ///     hand; nothing has happened then
  Verdict.Answer answer(Request request, Bytes body);
}

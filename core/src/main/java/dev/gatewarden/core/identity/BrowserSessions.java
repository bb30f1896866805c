package dev.gatewarden.core.identity;

import dev.gatewarden.core.address.Ip;
import org.jspecify.annotations.Nullable;

/// Sessions that the gate itself keeps for browsers: a cookie stands for tokens that never leave
/// it. A port.
public interface BrowserSessions {

  /// The cookie's name; it begins with `__Host-`, so that no other host can set it (RFC 6265bis,
  /// section 4.1.3.2).
  String cookie();

  /// Where a user signs in: a path of the same host.
  String login();

  /// What a cookie stands for now. Tokens that ran out are renewed.
  ///
  /// @param value the cookie's value, as it came
  /// @param source the network address it comes from
  /// @throws dev.gatewarden.core.decision.WouldWait on an event loop when the answer is not at hand
  Standing find(String value, Ip source);

  /// The same for a connection that a cookie opened: the session is not used by it, so its idle
  /// time
  /// goes on and nothing is renewed.
  default Standing look(String value, Ip source) {
    return find(value, source);
  }

  /// The access token of a session, for the gate to exchange; null where there is no such session.
  ///
  /// @param value the cookie's value, which was found to be alive
  /// @throws dev.gatewarden.core.decision.WouldWait on an event loop when the answer is not at hand
  @Nullable String token(String value);

  /// The answer to a cookie.
  sealed interface Standing {
    /// The session is alive.
    record Live(Proof proof) implements Standing {}

    /// It proves nobody.
    record Over(Cause cause) implements Standing {}
  }

  /// Why a cookie proves nobody.
  enum Cause {
    /// There is no such session, or no longer: idle or old for too long, or signed out of.
    UNKNOWN,
    /// The identity provider signed the user out.
    SIGNED_OUT,
    /// The identity provider would not renew the tokens: they ran out, were taken back, or somebody
    /// used the renewal token before.
    NOT_RENEWED,
    /// The access token behind it is not good: expired, revoked, its key withdrawn.
    TOKEN_REFUSED,
    /// Nobody can say: the provider or its keys cannot be reached.
    UNAVAILABLE
  }
}

package dev.gatewarden.app.serving;

import dev.gatewarden.app.configuration.Api;
import dev.gatewarden.app.configuration.BrowserSession;
import dev.gatewarden.app.configuration.Configuration;
import dev.gatewarden.controls.guards.PresentedToken;
import dev.gatewarden.controls.guards.session.SessionCookies;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Security;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.identity.BrowserSessions;
import dev.gatewarden.core.identity.Prover;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The access tokens of one issuer by which callers of an API are proved: those they bring, and
/// those that stand behind the cookies of their sessions.
final class Presented {
  private final Map<String, Prover> byScheme;

  private Presented(Map<String, Prover> byScheme) {
    this.byScheme = Map.copyOf(byScheme);
  }

  /// @param provers the provers of the API by the name of the contract's scheme
  static Presented of(
      Configuration configuration, Api api, String issuer, Map<String, Prover> provers) {
    Map<String, Prover> own = new HashMap<>();
    provers.forEach(
        (scheme, prover) -> {
          String name = api.security().get(scheme);
          BrowserSession session = configuration.sessions().get(name);
          if (issuer.equals(name) || (session != null && issuer.equals(session.issuer()))) {
            own.put(scheme, prover);
          }
        });
    return new Presented(own);
  }

  /// Whether a caller was proved by one of these tokens.
  boolean proved(Exchange exchange) {
    List<Security.Need> needs = exchange.proved().needs();
    for (int i = 0; i < needs.size(); i++) {
      if (byScheme.containsKey(needs.get(i).scheme())) {
        return true;
      }
    }
    return false;
  }

  /// The token that proved a caller, whatever else the request carries; null where it is no longer
  /// to be had.
  ///
  /// @throws dev.gatewarden.core.decision.WouldWait when it is not at hand and the thread must not
  ///     wait
  @Nullable String token(Exchange exchange) {
    List<Security.Need> needs = exchange.proved().needs();
    for (int i = 0; i < needs.size(); i++) {
      String token =
          switch (byScheme.get(needs.get(i).scheme())) {
            case Prover.Tokens _ -> PresentedToken.of(exchange.request());
            case Prover.Browser(BrowserSessions sessions) -> session(sessions, exchange);
            case null, default -> null;
          };
      if (token != null) {
        return token;
      }
    }
    return null;
  }

  private static @Nullable String session(BrowserSessions sessions, Exchange exchange) {
    String cookie = SessionCookies.first(exchange.request().headers(), sessions.cookie());
    return cookie == null ? null : sessions.token(cookie);
  }

  /// An operation that lets callers in without any of these tokens; null where there is none.
  @Nullable Operation without(Contract contract) {
    for (Operation operation : contract.operations()) {
      for (Security.Alternative alternative : operation.security().alternatives()) {
        if (!alternative.needs().isEmpty()
            && alternative.needs().stream()
                .noneMatch(need -> byScheme.containsKey(need.scheme()))) {
          return operation;
        }
      }
    }
    return null;
  }
}

package dev.gatewarden.gateway.session;

import dev.gatewarden.controls.guards.session.SessionCookies;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Request;
import dev.gatewarden.core.identity.BrowserSessions.Cause;
import dev.gatewarden.core.identity.BrowserSessions.Standing;
import dev.gatewarden.core.identity.Facet;
import dev.gatewarden.core.identity.Proof;
import dev.gatewarden.gateway.walk.OwnRoute;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Tells a page who has signed in, until when, and the token that its calls carry in
/// `x-csrf-token`.
final class WhoRoute implements OwnRoute {
  private final Desk desk;

  WhoRoute(Desk desk) {
    this.desk = desk;
  }

  @Override
  public String name() {
    return "session.who";
  }

  @Override
  public String path() {
    return desk.settings().path("session");
  }

  @Override
  public Set<String> methods() {
    return Set.of("GET");
  }

  @Override
  public Verdict.Answer answer(Request request, Bytes body) {
    String cookie = desk.cookie(request);
    if (cookie == null || !Desk.encrypted(request)) {
      return nobody(false);
    }
    return switch (desk.sessions().find(cookie, request.peer().address())) {
      case Standing.Live(Proof proof) -> somebody(cookie, proof);
      case Standing.Over(Cause cause) ->
          cause == Cause.UNAVAILABLE
              ? Pages.document(
                  SessionWhy.PROVIDER_UNAVAILABLE,
                  503,
                  Map.of("detail", SessionWhy.PROVIDER_UNAVAILABLE.summary()),
                  List.of())
              : nobody(true);
    };
  }

  private Verdict.Answer nobody(boolean forget) {
    return Pages.document(
        SessionWhy.TOLD,
        200,
        Map.of("active", false),
        forget ? List.of(desk.noSession()) : List.of());
  }

  private Verdict.Answer somebody(String cookie, Proof proof) {
    SessionStore.Held held = desk.sessions().alive(cookie);
    if (held == null) {
      return nobody(true);
    }
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("active", true);
    told.put("subject", proof.facets().getOrDefault(Facet.SUBJECT, ""));
    told.put("expires", held.session().until().toString());
    told.put("idle", desk.settings().idle().toSeconds());
    told.put("csrf", SessionCookies.csrfToken(cookie));
    return Pages.document(SessionWhy.TOLD, 200, told, List.of());
  }
}

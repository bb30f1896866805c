package dev.gatewarden.gateway.session;

import dev.gatewarden.controls.guards.session.CsrfRule;
import dev.gatewarden.core.decision.Reply;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Request;
import dev.gatewarden.gateway.walk.OwnRoute;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Signs a user out: here at once, and at the identity provider where it has a page for that
/// (OpenID
/// Connect RP-Initiated Logout 1.0). The token that renews is given back.
final class LogoutRoute implements OwnRoute {
  private static final Logger LOG = LoggerFactory.getLogger(LogoutRoute.class);

  private final Desk desk;

  LogoutRoute(Desk desk) {
    this.desk = desk;
  }

  @Override
  public String name() {
    return "session.logout";
  }

  @Override
  public String path() {
    return desk.settings().path("logout");
  }

  /// A mere link or picture signs nobody out.
  @Override
  public Set<String> methods() {
    return Set.of("POST");
  }

  @Override
  public long mostBody() {
    return 4096;
  }

  @Override
  public Verdict.Answer answer(Request request, Bytes body) {
    String cookie = desk.cookie(request);
    if (cookie != null && CsrfRule.judge(request, cookie, List.of()) != null) {
      return Pages.document(
          SessionWhy.FORGED, 403, Map.of("detail", SessionWhy.FORGED.summary()), List.of());
    }
    Desk.mayWait();
    String idToken = "";
    if (cookie != null) {
      SessionStore.Held held = desk.sessions().alive(cookie);
      desk.store().end(cookie);
      if (held != null) {
        idToken = held.session().idToken();
        giveBack(held.session());
      }
    }
    return gone(request, ending(request, cookie != null, idToken));
  }

  /// So that nobody who got hold of it can renew what is over.
  private void giveBack(Session session) {
    if (session.refresh().isEmpty()) {
      return;
    }
    try {
      desk.provider().revoke(session.refresh(), "refresh_token");
    } catch (IOException away) {
      LOG.warn("a token of `{}` is not given back: {}", desk.settings().name(), away.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Where the browser goes: to the provider's page if there was a session, and from there back.
  private String ending(Request request, boolean was, String idToken) {
    String home = desk.settings().afterLogout();
    try {
      URI page = was ? desk.provider().metadata().ending() : null;
      if (page == null) {
        return home;
      }
      Map<String, String> asking = new LinkedHashMap<>();
      asking.put("client_id", desk.settings().client().id());
      asking.put("post_logout_redirect_uri", CsrfRule.own(request) + home);
      if (!idToken.isEmpty()) {
        asking.put("id_token_hint", idToken);
      }
      return Provider.with(page, asking).toString();
    } catch (IOException away) {
      return home;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return home;
    }
  }

  /// A form goes on by a redirect; a script is told where to go, for it could not follow one to
  /// another origin.
  private Verdict.Answer gone(Request request, String there) {
    List<Reply.Line> cookies = List.of(desk.noSession());
    String mode = request.headers().first("sec-fetch-mode");
    String accept = request.headers().first("accept");
    boolean page =
        mode == null ? accept != null && accept.contains("text/html") : mode.equals("navigate");
    return page
        ? Pages.redirect(SessionWhy.LOGGED_OUT, there, cookies)
        : Pages.document(SessionWhy.LOGGED_OUT, 200, Map.of("location", there), cookies);
  }
}

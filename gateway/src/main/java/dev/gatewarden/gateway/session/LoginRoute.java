package dev.gatewarden.gateway.session;

import dev.gatewarden.controls.guards.session.CsrfRule;
import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Query;
import dev.gatewarden.core.exchange.Request;
import dev.gatewarden.gateway.walk.OwnRoute;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends a browser to the identity provider: `login?return=/path`, and `acr` and `max-age` where an
/// operation asked for a step-up.
final class LoginRoute implements OwnRoute {
  private static final Logger LOG = LoggerFactory.getLogger(LoginRoute.class);
  private static final int LONGEST_ACR = 512;

  private final Desk desk;

  LoginRoute(Desk desk) {
    this.desk = desk;
  }

  @Override
  public String name() {
    return "session.login";
  }

  @Override
  public String path() {
    return desk.settings().path("login");
  }

  @Override
  public Set<String> methods() {
    return Set.of("GET");
  }

  @Override
  public List<Claim> claims(Request request) {
    return Desk.claims(request);
  }

  @Override
  public Verdict.Answer answer(Request request, Bytes body) {
    Query query = request.target().query();
    String back = query.count("return") == 0 ? "/" : query.first("return");
    if (!Desk.encrypted(request)) {
      return refused(SessionWhy.NOT_ENCRYPTED);
    }
    String mode = request.headers().first("sec-fetch-mode");
    if (mode != null && !mode.equals("navigate")) {
      return refused(SessionWhy.NOT_A_NAVIGATION);
    }
    if (back == null || query.count("return") > 1 || !ReturnPath.safe(back)) {
      return refused(SessionWhy.RETURN_ELSEWHERE);
    }
    String acr = query.count("acr") == 1 ? query.first("acr") : "";
    long maxAge = query.count("max-age") == 1 ? seconds(query.first("max-age")) : -1;
    if (acr == null
        || query.count("acr") > 1
        || query.count("max-age") > 1
        || maxAge < -1
        || !isWords(acr)) {
      return refused(SessionWhy.MALFORMED);
    }
    Desk.mayWait();
    return begun(request, back, acr, maxAge);
  }

  private Verdict.Answer begun(Request request, String back, String acr, long maxAge) {
    String redirect = CsrfRule.own(request) + desk.settings().path("callback");
    FlowState flow =
        FlowState.begin(redirect, back, acr, maxAge, desk.clock().instant(), desk.random());
    try {
      String there = desk.provider().authorization(asking(flow)).toString();
      return Pages.redirect(
          SessionWhy.LOGIN_BEGUN,
          there,
          List.of(desk.flow(flow.sealed(desk.flows(), desk.random()))));
    } catch (IOException away) {
      LOG.warn("nobody can sign in at `{}`: {}", desk.settings().name(), away.getMessage());
      return refused(SessionWhy.PROVIDER_UNAVAILABLE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return refused(SessionWhy.PROVIDER_UNAVAILABLE);
    }
  }

  /// The authorization request (RFC 6749, section 4.1.1; OpenID Connect Core 1.0, section 3.1.2.1;
  /// RFC 7636, section 4.3).
  private Map<String, String> asking(FlowState flow) {
    SessionSettings settings = desk.settings();
    Map<String, String> asking = new LinkedHashMap<>(settings.parameters());
    asking.put("response_type", "code");
    asking.put("client_id", settings.client().id());
    asking.put("redirect_uri", flow.redirect());
    asking.put("scope", String.join(" ", settings.scopes()));
    asking.put("state", flow.state());
    asking.put("nonce", flow.nonce());
    asking.put("code_challenge", flow.challenge());
    asking.put("code_challenge_method", "S256");
    if (!flow.acr().isEmpty()) {
      asking.put("acr_values", flow.acr());
    }
    if (flow.maxAge() >= 0) {
      asking.put("max_age", Long.toString(flow.maxAge()));
    }
    return asking;
  }

  private Verdict.Answer refused(SessionWhy why) {
    return Pages.refusal(why, path(), List.of());
  }

  private static boolean isWords(String text) {
    return text.length() <= LONGEST_ACR
        && text.chars().allMatch(c -> c >= ' ' && c < 0x7f && c != '"' && c != '\\');
  }

  /// At most nine digits; -2 for anything else.
  private static long seconds(@org.jspecify.annotations.Nullable String text) {
    return text != null
            && !text.isEmpty()
            && text.length() <= 9
            && text.chars().allMatch(c -> c >= '0' && c <= '9')
        ? Long.parseLong(text)
        : -2;
  }
}

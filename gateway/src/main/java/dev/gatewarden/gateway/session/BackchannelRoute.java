package dev.gatewarden.gateway.session;

import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Request;
import dev.gatewarden.core.identity.Blocks;
import dev.gatewarden.gateway.identity.Base64Url;
import dev.gatewarden.gateway.identity.IssuerSignatures;
import dev.gatewarden.gateway.state.Sealing;
import dev.gatewarden.gateway.walk.OwnRoute;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Takes the identity provider's word that a user signed out (OpenID Connect Back-Channel Logout
/// 1.0): every session that it names and that began before is over, on each node, at once.
final class BackchannelRoute implements OwnRoute {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String FIELD = "logout_token";

  private final Desk desk;
  private final LogoutTokenRules rules;

  BackchannelRoute(Desk desk) {
    this.desk = desk;
    SessionSettings settings = desk.settings();
    this.rules = new LogoutTokenRules(settings.issuer(), settings.client().id(), settings.skew());
  }

  @Override
  public String name() {
    return "session.backchannel-logout";
  }

  @Override
  public String path() {
    return desk.settings().path("backchannel-logout");
  }

  @Override
  public Set<String> methods() {
    return Set.of("POST");
  }

  @Override
  public long mostBody() {
    return 16 << 10;
  }

  @Override
  public List<Claim> claims(Request request) {
    return Desk.claims(request);
  }

  @Override
  public Verdict.Answer answer(Request request, Bytes body) {
    String type = request.headers().first("content-type");
    String token =
        type != null && type.toLowerCase(Locale.ROOT).startsWith(FORM) ? field(body.utf8()) : null;
    if (token == null) {
      return refused("invalid_request", SessionWhy.MALFORMED, 400);
    }
    Desk.mayWait();
    try {
      return ended(token);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return refused("temporarily_unavailable", SessionWhy.PROVIDER_UNAVAILABLE, 503);
    }
  }

  private Verdict.Answer ended(String token) throws InterruptedException {
    Instant now = desk.clock().instant();
    LogoutTokenRules.Ended ended =
        switch (desk.signatures().prove(token)) {
          case IssuerSignatures.Proved.Said said -> rules.judge(said, now);
          case IssuerSignatures.Proved.Refused _ -> null;
        };
    if (ended == null || !once(ended)) {
      return refused("invalid_request", SessionWhy.LOGOUT_TOKEN, 400);
    }
    // Times in tokens are whole seconds: what began within the same one is over as well.
    Instant since = ended.issued().plusSeconds(1);
    Instant until = now.plus(desk.settings().absolute());
    String mark =
        ended.sid().isEmpty()
            ? KeptSessions.marked(desk.settings(), "sub", ended.subject())
            : KeptSessions.marked(desk.settings(), "sid", ended.sid());
    desk.blocks().block(Blocks.Kind.TOKEN, mark, since, until);
    return Pages.document(SessionWhy.ENDED_BY_PROVIDER, 200, Map.of(), List.of());
  }

  /// Whether the token is here for the first time; once it is too old, nobody takes it anyway.
  private boolean once(LogoutTokenRules.Ended ended) {
    String name = Base64Url.encode(Sealing.digest("logout", ended.id()));
    return desk.store()
        .first(
            "logout", name, LogoutTokenRules.LONGEST.plus(desk.settings().skew().multipliedBy(2)));
  }

  private static Verdict.Answer refused(String error, SessionWhy why, int status) {
    return Pages.document(why, status, Map.of("error", error), List.of());
  }

  /// The one logout token of a form; null where there is none or more than one.
  private static @Nullable String field(String form) {
    String value = null;
    for (String pair : form.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0 && pair.substring(0, equals).equals(FIELD)) {
        if (value != null) {
          return null;
        }
        value = pair.substring(equals + 1);
      }
    }
    try {
      return value == null ? null : URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException broken) {
      return null;
    }
  }
}

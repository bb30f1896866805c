package dev.gatewarden.gateway.session;

import dev.gatewarden.controls.guards.session.CsrfRule;
import dev.gatewarden.controls.guards.session.SessionCookies;
import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Reply;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Query;
import dev.gatewarden.core.exchange.Request;
import dev.gatewarden.core.identity.Facet;
import dev.gatewarden.core.identity.Proof;
import dev.gatewarden.core.identity.TokenVerifier.Verification;
import dev.gatewarden.gateway.identity.IssuerSignatures;
import dev.gatewarden.gateway.walk.OwnRoute;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes a browser back from the identity provider: the code is exchanged, what comes of it is
/// proved, and a session with a new name begins.
final class CallbackRoute implements OwnRoute {
  private static final Logger LOG = LoggerFactory.getLogger(CallbackRoute.class);
  private static final int LONGEST_CODE = 4096;

  private final Desk desk;
  private final IdTokenRules rules;

  CallbackRoute(Desk desk) {
    this.desk = desk;
    SessionSettings settings = desk.settings();
    this.rules = new IdTokenRules(settings.issuer(), settings.client().id(), settings.skew());
  }

  @Override
  public String name() {
    return "session.callback";
  }

  @Override
  public String path() {
    return desk.settings().path("callback");
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
    if (!Desk.encrypted(request)) {
      return refused(SessionWhy.NOT_ENCRYPTED);
    }
    FlowState flow = flow(request);
    Query query = request.target().query();
    if (flow == null
        || !flow.redirect().equals(CsrfRule.own(request) + path())
        || !flow.holdsAt(desk.clock().instant())) {
      return refused(SessionWhy.NO_LOGIN);
    }
    String state = only(query, "state");
    if (state == null || !same(state, flow.state())) {
      return refused(SessionWhy.WRONG_STATE);
    }
    Desk.mayWait();
    try {
      return from(query, flow, request);
    } catch (ProviderFault fault) {
      LOG.warn("a login at `{}` fails: {}", desk.settings().name(), fault.error());
      return refused(
          fault.error().equals("invalid_grant")
              ? SessionWhy.CODE_REFUSED
              : SessionWhy.PROVIDER_UNAVAILABLE);
    } catch (IOException away) {
      LOG.warn("a login at `{}` fails: {}", desk.settings().name(), away.getMessage());
      return refused(SessionWhy.PROVIDER_UNAVAILABLE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return refused(SessionWhy.PROVIDER_UNAVAILABLE);
    }
  }

  private Verdict.Answer from(Query query, FlowState flow, Request request)
      throws IOException, InterruptedException {
    String issuer = only(query, "iss");
    boolean named = query.count("iss") > 0;
    if (named
        ? !desk.settings().issuer().equals(issuer)
        : desk.provider().metadata().namesItself()) {
      return refused(SessionWhy.WRONG_ISSUER);
    }
    if (query.count("error") > 0) {
      return refused(SessionWhy.DENIED_BY_PROVIDER);
    }
    String code = only(query, "code");
    if (code == null || code.isEmpty() || code.length() > LONGEST_CODE) {
      return refused(SessionWhy.MALFORMED);
    }
    TokenAnswer tokens = desk.provider().tokens(code, flow);
    IdTokenRules.Identity identity = identity(tokens, flow);
    if (identity == null) {
      return refused(SessionWhy.ID_TOKEN);
    }
    return switch (desk.verifier().verify(tokens.access(), request.peer().address())) {
      case Verification.Verified(Proof proof) when isOf(proof, identity) ->
          begun(tokens, identity, flow, request);
      case Verification.Verified _ -> refused(SessionWhy.ACCESS_TOKEN);
      case Verification.Refused(var fault) -> {
        LOG.warn(
            "a login at `{}` fails: the access token is refused for {}",
            desk.settings().name(),
            fault);
        yield refused(SessionWhy.ACCESS_TOKEN);
      }
    };
  }

  private IdTokenRules.@Nullable Identity identity(TokenAnswer tokens, FlowState flow)
      throws InterruptedException {
    String token = tokens.idToken();
    return token != null
            && desk.signatures().prove(token) instanceof IssuerSignatures.Proved.Said said
        ? rules.judge(said, flow, tokens.access(), desk.clock().instant())
        : null;
  }

  /// Whether an access token is the user's own, and good for whoever brings it: one that is bound
  /// to a key would prove nothing here (RFC 7800).
  private static boolean isOf(Proof proof, IdTokenRules.Identity identity) {
    return identity.subject().equals(proof.facets().get(Facet.SUBJECT))
        && !proof.claims().containsKey("cnf");
  }

  /// A new name for a new sign-in, so that nobody can have known it before; the old one ends.
  private Verdict.Answer begun(
      TokenAnswer tokens, IdTokenRules.Identity identity, FlowState flow, Request request) {
    Instant now = desk.clock().instant();
    String refresh = tokens.refresh();
    String idToken = tokens.idToken();
    Session session =
        new Session(
            tokens.access(),
            refresh == null ? "" : refresh,
            desk.settings().hint() && idToken != null ? idToken : "",
            tokens.expires(),
            identity.subject(),
            identity.sid(),
            identity.acr(),
            identity.authTime(),
            now,
            now.plus(desk.settings().absolute()));
    String before = desk.cookie(request);
    if (before != null) {
      desk.store().end(before);
    }
    String cookie = desk.store().create(session, now);
    if (cookie == null) {
      return refused(SessionWhy.NO_ROOM);
    }
    List<Reply.Line> cookies = List.of(desk.session(cookie), desk.noFlow());
    return desk.settings().strict()
        ? Pages.handOver(SessionWhy.LOGGED_IN, flow.back(), cookies)
        : Pages.redirect(SessionWhy.LOGGED_IN, flow.back(), cookies);
  }

  private @Nullable FlowState flow(Request request) {
    String name = desk.settings().flowCookie();
    String sealed = SessionCookies.first(request.headers(), name);
    return sealed == null || SessionCookies.count(request.headers(), name) > 1
        ? null
        : FlowState.open(sealed, desk.flows());
  }

  private static @Nullable String only(Query query, String name) {
    return query.count(name) == 1 ? query.first(name) : null;
  }

  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  /// What failed is over: the login on its way goes too.
  private Verdict.Answer refused(SessionWhy why) {
    return Pages.refusal(why, desk.settings().path("login"), List.of(desk.noFlow()));
  }
}

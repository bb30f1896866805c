package dev.gatewarden.gateway.session;

import dev.gatewarden.core.address.Ip;
import dev.gatewarden.core.decision.OutOfReach;
import dev.gatewarden.core.decision.WouldWait;
import dev.gatewarden.core.identity.Blocks;
import dev.gatewarden.core.identity.BrowserSessions;
import dev.gatewarden.core.identity.Lease;
import dev.gatewarden.core.identity.Proof;
import dev.gatewarden.core.identity.TokenVerifier;
import dev.gatewarden.core.identity.TokenVerifier.Fault;
import dev.gatewarden.core.identity.TokenVerifier.Verification;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// The sessions of one section.
///
/// A session proves what its access token proves, judged anew on each call; when the user signed
/// in,
/// and how, comes from the ID token where the access token does not say it.
final class KeptSessions implements BrowserSessions {
  private static final int SLOTS = 1 << 12;
  private static final long AHEAD_SECONDS = 10;

  /// What one access token and one session prove together.
  private record Merged(Verification token, Session session, Standing.Live standing) {}

  private static final Standing UNKNOWN = new Standing.Over(Cause.UNKNOWN);
  private static final Standing SIGNED_OUT = new Standing.Over(Cause.SIGNED_OUT);
  private static final Standing NOT_RENEWED = new Standing.Over(Cause.NOT_RENEWED);
  private static final Standing TOKEN_REFUSED = new Standing.Over(Cause.TOKEN_REFUSED);
  private static final Standing UNAVAILABLE = new Standing.Over(Cause.UNAVAILABLE);

  private final SessionSettings settings;
  private final SessionStore store;
  private final TokenVerifier verifier;
  private final Renewal renewal;
  private final Blocks blocks;
  private final InstantSource clock;
  private final AtomicReferenceArray<@Nullable Merged> merged = new AtomicReferenceArray<>(SLOTS);

  KeptSessions(
      SessionSettings settings,
      SessionStore store,
      TokenVerifier verifier,
      Renewal renewal,
      Blocks blocks,
      InstantSource clock) {
    this.settings = settings;
    this.store = store;
    this.verifier = verifier;
    this.renewal = renewal;
    this.blocks = blocks;
    this.clock = clock;
  }

  @Override
  public String cookie() {
    return settings.cookie();
  }

  @Override
  public String login() {
    return settings.path("login");
  }

  @Override
  public Standing find(String value, Ip source) {
    try {
      SessionStore.Held held = store.find(value);
      return held == null ? UNKNOWN : standing(held, source);
    } catch (OutOfReach away) {
      return UNAVAILABLE;
    }
  }

  @Override
  public Standing look(String value, Ip source) {
    SessionStore.Held held;
    try {
      held = store.look(value);
    } catch (OutOfReach away) {
      return UNAVAILABLE;
    }
    if (held == null || over(held.session())) {
      return UNKNOWN;
    }
    return switch (verifier.verify(held.session().access(), source)) {
      case Verification.Verified verified -> live(verified, held.session());
      case Verification.Refused(Fault fault) -> refused(fault);
    };
  }

  @Override
  public @Nullable String token(String value) {
    try {
      SessionStore.Held held = alive(value);
      return held == null ? null : held.session().access();
    } catch (OutOfReach away) {
      return null;
    }
  }

  /// The session behind a cookie where it is alive; null else.
  SessionStore.@Nullable Held alive(String value) {
    SessionStore.Held held = store.find(value);
    return held == null || over(held.session()) ? null : held;
  }

  private boolean over(Session session) {
    return !clock.instant().isBefore(session.until()) || signedOut(session);
  }

  private boolean signedOut(Session session) {
    return blocks.blocked(
            Blocks.Kind.TOKEN, marked(settings, "sub", session.subject()), session.begun())
        || (!session.sid().isEmpty()
            && blocks.blocked(
                Blocks.Kind.TOKEN, marked(settings, "sid", session.sid()), session.begun()));
  }

  /// What a provider's word that a session is over is kept under.
  static String marked(SessionSettings settings, String what, String name) {
    return "session:" + settings.name() + "|" + what + "|" + name;
  }

  private Standing standing(SessionStore.Held held, Ip source) {
    if (!clock.instant().isBefore(held.session().until())) {
      store.end(held.cookie());
      return UNKNOWN;
    }
    if (signedOut(held.session())) {
      store.end(held.cookie());
      return SIGNED_OUT;
    }
    if (due(held.session())) {
      return renewed(held, source);
    }
    return proved(held, source);
  }

  private boolean due(Session session) {
    Instant expires = session.expires();
    return !expires.equals(Instant.MAX)
        && !clock.instant().isBefore(expires.minusSeconds(AHEAD_SECONDS));
  }

  private Standing proved(SessionStore.Held held, Ip source) {
    return switch (verifier.verify(held.session().access(), source)) {
      case Verification.Verified verified -> live(verified, held.session());
      case Verification.Refused(Fault fault) ->
          fault == Fault.EXPIRED ? renewed(held, source) : refused(fault);
    };
  }

  /// Nobody is told that a session is over where nobody can say.
  private static Standing refused(Fault fault) {
    return switch (fault) {
      case KEYS_UNAVAILABLE, STATUS_UNAVAILABLE, UNANSWERED, OVERLOADED -> UNAVAILABLE;
      default -> TOKEN_REFUSED;
    };
  }

  private Standing renewed(SessionStore.Held held, Ip source) {
    if (!Thread.currentThread().isVirtual()) {
      throw WouldWait.INSTANCE;
    }
    return switch (renewal.of(held)) {
      case Renewal.Result.Renewed(SessionStore.Held fresh) ->
          switch (verifier.verify(fresh.session().access(), source)) {
            case Verification.Verified verified when same(verified.proof(), fresh.session()) ->
                live(verified, fresh.session());
            case Verification.Verified _ -> {
              store.end(held.cookie());
              yield TOKEN_REFUSED;
            }
            case Verification.Refused(Fault fault) -> refused(fault);
          };
      case Renewal.Result.Refused() -> NOT_RENEWED;
      case Renewal.Result.Away() ->
          // What is still good is used while nobody can say more.
          verifier.verify(held.session().access(), source) instanceof Verification.Verified verified
              ? live(verified, held.session())
              : UNAVAILABLE;
    };
  }

  /// Whether a renewed token names who signed in.
  private static boolean same(Proof proof, Session session) {
    return session.subject().equals(proof.facets().get(dev.gatewarden.core.identity.Facet.SUBJECT));
  }

  private Standing.Live live(Verification.Verified token, Session session) {
    int slot = System.identityHashCode(session) & (SLOTS - 1);
    Merged known = merged.get(slot);
    if (known != null && known.token() == token && known.session() == session) {
      return known.standing();
    }
    Standing.Live standing = new Standing.Live(merged(token.proof(), session));
    merged.set(slot, new Merged(token, session, standing));
    return standing;
  }

  private static Proof merged(Proof proof, Session session) {
    Map<String, Object> claims = new HashMap<>(proof.claims());
    if (!session.acr().isEmpty()) {
      claims.putIfAbsent("acr", session.acr());
    }
    if (session.authTime() >= 0) {
      claims.putIfAbsent("auth_time", session.authTime());
    }
    return new Proof(
        proof.issuer(),
        proof.facets(),
        proof.tenant(),
        proof.scopes(),
        proof.roles(),
        claims,
        proof.actors(),
        proof.crossing(),
        proof.lease().and(new Lease(session.until())));
  }
}

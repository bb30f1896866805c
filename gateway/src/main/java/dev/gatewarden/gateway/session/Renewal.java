package dev.gatewarden.gateway.session;

import dev.gatewarden.gateway.identity.IssuerSignatures;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Renews the tokens of sessions, once for all who ask at the same time, here and on other nodes.
///
/// A provider that rotates its refresh tokens takes each of them once; one that comes twice tells
/// it
/// that somebody stole it. So no two of us may bring the same, and where the provider says
/// `invalid_grant` the session ends: somebody else used the token, or nobody may any more.
final class Renewal {
  private static final Logger LOG = LoggerFactory.getLogger(Renewal.class);
  private static final String TURN = "renewing";
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long LOOK_AGAIN_NANOS = 50_000_000;

  /// What became of it.
  sealed interface Result {
    record Renewed(SessionStore.Held held) implements Result {}

    /// The session is over.
    record Refused() implements Result {}

    /// Nobody can say.
    record Away() implements Result {}
  }

  private static final Result REFUSED = new Result.Refused();
  private static final Result AWAY = new Result.Away();

  private final SessionSettings settings;
  private final SessionStore store;
  private final Provider provider;
  private final SessionSection.Signatures signatures;
  private final IdTokenRules rules;
  private final InstantSource clock;
  private final ConcurrentHashMap<String, CompletableFuture<Result>> flights =
      new ConcurrentHashMap<>();

  Renewal(
      SessionSettings settings,
      SessionStore store,
      Provider provider,
      SessionSection.Signatures signatures,
      InstantSource clock) {
    this.settings = settings;
    this.store = store;
    this.provider = provider;
    this.signatures = signatures;
    this.rules = new IdTokenRules(settings.issuer(), settings.client().id(), settings.skew());
    this.clock = clock;
  }

  /// Renews a session that was read; waits.
  Result of(SessionStore.Held held) {
    CompletableFuture<Result> mine = new CompletableFuture<>();
    CompletableFuture<Result> leader = flights.putIfAbsent(held.key(), mine);
    try {
      if (leader != null) {
        return leader.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
      Result result = AWAY;
      try {
        result = alone(held);
        return result;
      } finally {
        flights.remove(held.key(), mine);
        mine.complete(result);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return AWAY;
    } catch (ExecutionException | TimeoutException e) {
      return AWAY;
    }
  }

  private Result alone(SessionStore.Held held) throws InterruptedException {
    SessionStore.Held now = store.find(held.cookie());
    if (now == null) {
      return REFUSED;
    }
    if (now.version() != held.version()) {
      return new Result.Renewed(now);
    }
    if (now.session().refresh().isEmpty()) {
      store.end(held.cookie());
      return REFUSED;
    }
    String turn = now.key() + "/" + now.version();
    if (!store.first(TURN, turn, PATIENCE)) {
      return elsewhere(now);
    }
    try {
      return asked(now);
    } finally {
      store.release(TURN, turn);
    }
  }

  /// Another node is at it: its word is awaited.
  private Result elsewhere(SessionStore.Held held) {
    long end = System.nanoTime() + PATIENCE.toNanos() / 2;
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
      SessionStore.Held now = store.find(held.cookie());
      if (now == null) {
        return REFUSED;
      }
      if (now.version() != held.version()) {
        return new Result.Renewed(now);
      }
    }
    return AWAY;
  }

  private Result asked(SessionStore.Held held) throws InterruptedException {
    TokenAnswer answer;
    try {
      answer = provider.renewed(held.session().refresh());
    } catch (ProviderFault fault) {
      if (!fault.error().equals("invalid_grant")) {
        LOG.warn("sessions `{}` cannot be renewed: {}", settings.name(), fault.error());
        return AWAY;
      }
      LOG.info("a session of `{}` ends: its tokens are not renewed", settings.name());
      store.end(held.cookie());
      return REFUSED;
    } catch (IOException away) {
      LOG.warn("sessions `{}` cannot be renewed: {}", settings.name(), away.getMessage());
      return AWAY;
    }
    if (!sameUser(answer.idToken(), held.session())) {
      LOG.warn("a session of `{}` ends: its new ID token names somebody else", settings.name());
      store.end(held.cookie());
      return REFUSED;
    }
    boolean kept = store.replace(held, held.session().renewed(answer, settings.hint()));
    SessionStore.Held fresh = kept ? store.find(held.cookie()) : null;
    return fresh == null ? REFUSED : new Result.Renewed(fresh);
  }

  private boolean sameUser(@Nullable String idToken, Session session) throws InterruptedException {
    if (idToken == null) {
      return true;
    }
    if (!(signatures.prove(idToken) instanceof IssuerSignatures.Proved.Said said)) {
      return false;
    }
    IdTokenRules.Identity again = rules.again(said, clock.instant());
    return again != null && again.subject().equals(session.subject());
  }
}

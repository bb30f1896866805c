package dev.gatewarden.gateway.identity.status;

import dev.gatewarden.core.decision.WouldWait;
import dev.gatewarden.core.identity.TokenVerifier.Fault;
import dev.gatewarden.gateway.identity.Statements;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The status lists of one issuer, fetched when a token names one and kept as long as they say.
///
/// One of those who need a list fetches it, the others wait for it. A list is fetched again in
/// time,
/// beside the requests; when that fails, the one at hand counts until its time is over, and not
/// longer: then nobody can say whether a token is good.
final class StatusLists {
  private static final Logger LOG = LoggerFactory.getLogger(StatusLists.class);
  private static final String TYPE = "statuslist+jwt";
  private static final Duration USUAL = Duration.ofMinutes(5);
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);
  private static final long PATIENCE_SECONDS = 20;
  private static final int MOST_LISTS = 16;
  private static final int VALID = 0;

  private final Statements statements;
  private final InstantSource clock;
  private final Map<String, Held> held = new ConcurrentHashMap<>();
  private final Map<String, CompletableFuture<Held>> flights = new ConcurrentHashMap<>();

  StatusLists(Statements statements, InstantSource clock) {
    this.statements = statements;
    this.clock = clock;
  }

  /// A list, or that it could not be had; times in milliseconds.
  ///
  /// @param due from when on it is fetched again beside the requests
  /// @param until how long it counts
  private record Held(@Nullable StatusList list, long due, long until, AtomicBoolean renewing) {}

  /// What a token's `status` claim says against it now, or null.
  ///
  /// @throws WouldWait on an event loop when the list is not at hand
  @Nullable Fault judge(Map<?, ?> status) {
    if (!(status.get("status_list") instanceof Map<?, ?> place)
        || !(place.get("idx") instanceof Long index)
        || !(place.get("uri") instanceof String uri)
        || index < 0) {
      return Fault.MALFORMED;
    }
    StatusList list = list(uri);
    if (list == null) {
      return Fault.STATUS_UNAVAILABLE;
    }
    return list.at(index) == VALID ? null : Fault.REVOKED;
  }

  private @Nullable StatusList list(String uri) {
    long now = clock.millis();
    Held known = held.get(uri);
    if (known != null && now < known.until) {
      if (now >= known.due && known.renewing.compareAndSet(false, true)) {
        Thread.ofVirtual().name("status-list").start(() -> renew(uri));
      }
      return known.list;
    }
    if (!Thread.currentThread().isVirtual()) {
      throw WouldWait.INSTANCE;
    }
    return waited(uri).list;
  }

  private Held waited(String uri) {
    CompletableFuture<Held> mine = new CompletableFuture<>();
    CompletableFuture<Held> leader = flights.putIfAbsent(uri, mine);
    if (leader != null) {
      try {
        return leader.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return failed(clock.millis());
      } catch (ExecutionException | TimeoutException late) {
        return failed(clock.millis());
      }
    }
    Held fetched = failed(clock.millis());
    try {
      fetched = fetched(uri);
      keep(uri, fetched);
    } finally {
      flights.remove(uri, mine);
      mine.complete(fetched);
    }
    return fetched;
  }

  /// Fetches a list whose time is not over yet; where that fails, the one at hand stays.
  private void renew(String uri) {
    Held fetched = fetched(uri);
    Held before = held.get(uri);
    if (fetched.list != null) {
      keep(uri, fetched);
    } else if (before != null) {
      held.replace(
          uri,
          before,
          new Held(
              before.list,
              clock.millis() + AFTER_FAILURE.toMillis(),
              before.until,
              new AtomicBoolean()));
    }
  }

  private void keep(String uri, Held fetched) {
    if (held.size() >= MOST_LISTS && !held.containsKey(uri)) {
      held.entrySet().stream()
          .min(java.util.Comparator.comparingLong(each -> each.getValue().until))
          .ifPresent(first -> held.remove(first.getKey()));
    }
    held.put(uri, fetched);
  }

  private static Held failed(long now) {
    long until = now + AFTER_FAILURE.toMillis();
    return new Held(null, until, until, new AtomicBoolean());
  }

  private Held fetched(String uri) {
    try {
      String text = statements.fetch(URI.create(uri), "application/" + TYPE);
      return read(uri, statements.claims(text, TYPE));
    } catch (IOException | IllegalArgumentException why) {
      LOG.warn("a status list cannot be used: {}", why.getMessage());
      return failed(clock.millis());
    }
  }

  private Held read(String uri, Map<String, Object> claims) throws IOException {
    long now = clock.millis();
    if (!uri.equals(claims.get("sub"))) {
      throw new IOException("`" + uri + "` answers with the list of somebody else");
    }
    Long issued = millis(claims.get("iat"));
    Long expires = millis(claims.get("exp"));
    if (issued == null || issued > now + Duration.ofMinutes(2).toMillis()) {
      throw new IOException("`" + uri + "` does not say when it was issued");
    }
    if (claims.containsKey("exp") && (expires == null || expires <= now)) {
      throw new IOException("`" + uri + "` answers with a list whose time is over");
    }
    Long ttl = millis(claims.get("ttl"));
    long life = Math.min(ttl == null ? USUAL.toMillis() : Math.max(1_000, ttl), LONGEST.toMillis());
    long until = expires == null ? now + life : Math.min(now + life, expires);
    StatusList list;
    try {
      list = StatusList.of(claims);
    } catch (IOException broken) {
      throw new IOException("`" + uri + "` " + broken.getMessage(), broken);
    }
    return new Held(list, now + (until - now) * 3 / 4, until, new AtomicBoolean());
  }

  private static @Nullable Long millis(@Nullable Object seconds) {
    return switch (seconds) {
      case Long whole when whole >= 0 && whole < 253_402_300_800L -> whole * 1000;
      case BigDecimal part
          when part.signum() >= 0 && part.compareTo(BigDecimal.valueOf(253_402_300_800L)) < 0 ->
          part.movePointRight(3).longValue();
      case null, default -> null;
    };
  }
}

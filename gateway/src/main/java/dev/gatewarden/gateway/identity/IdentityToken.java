package dev.gatewarden.gateway.identity;

import dev.gatewarden.core.decision.WouldWait;
import dev.gatewarden.core.identity.Lease;
import dev.gatewarden.core.identity.Principal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The short-lived signed token that tells an upstream who is calling (`identity: signed`).
///
/// `iss` is the gate, `aud` the upstream, `origin` the issuer or sender who vouched; `sub`,
/// `client_id`, `tenant`, `scope`, `roles` and `act` are the Principal's. `typ` is `JWT`, the one
/// type that every library accepts unasked; the gate signs nothing else with this key.
///
/// A token lives a minute and is used for half of it, so a caller's next requests cost a look-up. A
/// new one is signed in place where the fast provider is loaded (some 30 µs); without it signing
/// waits, and a token past its half is renewed beside the request that uses it.
public final class IdentityToken {
  private static final Duration LIFE = Duration.ofMinutes(1);
  private static final int SLOTS = 1 << 12;

  private static final class Minted {
    final Principal principal;
    final String upstream;
    final String token;
    final long renewAt;
    final long until;
    final AtomicBoolean renewing = new AtomicBoolean();

    Minted(Principal principal, String upstream, String token, long now, long until) {
      this.principal = principal;
      this.upstream = upstream;
      this.token = token;
      this.renewAt = now + (until - now) / 2;
      this.until = until;
    }

    boolean isFor(Principal other, String there) {
      return upstream.equals(there) && (principal == other || principal.equals(other));
    }
  }

  private final String issuer;
  private final Supplier<SigningKey> keys;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Signatures signatures;
  private final ExecutorService pool;
  private final AtomicReferenceArray<@Nullable Minted> minted = new AtomicReferenceArray<>(SLOTS);

  /// @param issuer the gate's own name, as upstreams expect it in `iss`
  /// @param keys the key to sign with now
  public IdentityToken(String issuer, Supplier<SigningKey> keys, Workshop workshop) {
    this.issuer = issuer;
    this.keys = keys;
    this.clock = workshop.clock();
    this.random = workshop.random();
    this.signatures = workshop.signatures();
    this.pool = workshop.pool();
  }

  /// The token that says to an upstream who is calling.
  ///
  /// @param lease how long the principal holds: the token does not outlive it
  /// @throws WouldWait on an event loop when a token must be signed and that takes long
  public String of(Principal principal, Lease lease, String upstream) {
    long now = clock.millis();
    int slot = (principal.key().hashCode() * 31 + upstream.hashCode()) & (SLOTS - 1);
    Minted known = minted.get(slot);
    if (known == null || now >= known.until || !known.isFor(principal, upstream)) {
      mayTakeLong();
      return mint(principal, lease, upstream, slot).token;
    }
    if (now >= known.renewAt && known.renewing.compareAndSet(false, true)) {
      return renewed(known, lease, slot).token;
    }
    return known.token;
  }

  private Minted renewed(Minted known, Lease lease, int slot) {
    if (isFast()) {
      return mint(known.principal, lease, known.upstream, slot);
    }
    try {
      pool.execute(
          () -> {
            var unused = mint(known.principal, lease, known.upstream, slot);
          });
    } catch (RejectedExecutionException e) {
      // The next request past its half tries again; this one is served by what is still good.
      known.renewing.set(false);
    }
    return known;
  }

  private void mayTakeLong() {
    if (!isFast() && !Thread.currentThread().isVirtual()) {
      throw WouldWait.INSTANCE;
    }
  }

  private boolean isFast() {
    return signatures.isFast();
  }

  private Minted mint(Principal principal, Lease lease, String upstream, int slot) {
    long now = clock.millis();
    long until = endOf(lease, now);
    SigningKey key = keys.get();
    String input =
        key.header() + "." + encode(JsonWriter.write(claims(principal, upstream, now, until)));
    byte[] signature = signatures.sign(key.key(), input.getBytes(StandardCharsets.US_ASCII));
    Minted fresh =
        new Minted(principal, upstream, input + "." + Base64Url.encode(signature), now, until);
    minted.set(slot, fresh);
    return fresh;
  }

  private static long endOf(Lease lease, long now) {
    long life = now + LIFE.toMillis();
    return lease.holdsAt(Instant.ofEpochMilli(life)) ? life : lease.until().toEpochMilli();
  }

  private Map<String, Object> claims(Principal principal, String upstream, long now, long until) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", issuer);
    claims.put("aud", upstream);
    claims.put("origin", principal.issuer());
    claims.put("sub", principal.subject());
    put(claims, "client_id", principal.client());
    put(claims, "tenant", principal.tenant());
    if (!principal.scopes().isEmpty()) {
      claims.put("scope", String.join(" ", new TreeSet<>(principal.scopes())));
    }
    if (!principal.roles().isEmpty()) {
      claims.put("roles", List.copyOf(new TreeSet<>(principal.roles())));
    }
    if (!principal.crossing().isEmpty()) {
      claims.put("crossing", List.copyOf(new TreeSet<>(principal.crossing())));
    }
    put(claims, "act", actor(principal.actors(), 0));
    byte[] id = new byte[16];
    random.nextBytes(id);
    claims.put("jti", Base64Url.encode(id));
    claims.put("iat", now / 1000);
    // Up to the next second: a fraction is read differently by different libraries.
    claims.put("exp", (until + 999) / 1000);
    return claims;
  }

  private static void put(Map<String, Object> claims, String name, @Nullable Object value) {
    if (value != null) {
      claims.put(name, value);
    }
  }

  private static @Nullable Map<String, Object> actor(List<String> actors, int at) {
    if (at == actors.size()) {
      return null;
    }
    Map<String, Object> actor = new LinkedHashMap<>();
    actor.put("sub", actors.get(at));
    put(actor, "act", actor(actors, at + 1));
    return actor;
  }

  private static String encode(String text) {
    return Base64Url.encode(text.getBytes(StandardCharsets.UTF_8));
  }
}

package dev.gatewarden.gateway.identity;

import dev.gatewarden.core.decision.WouldWait;
import dev.gatewarden.core.identity.Blocks;
import dev.gatewarden.core.identity.TokenVerifier;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Proves the signed tokens of one issuer under one configuration; a new configuration makes a new
/// one, with an empty cache.
///
/// A token that was verified before is answered on the event loop: times, key and revocation are
/// looked at again, the signature is not. Anything else waits: on an event loop `WouldWait` is
/// thrown; on a virtual thread one of those who bring the same token at the same time computes its
/// signature, on the workshop's pool, and no more than a bounded number of tokens wait at once.
public final class IssuerTokenVerifier implements TokenVerifier {
  private static final int PROOFS = 1 << 14;
  private static final int REFUSALS = 1 << 12;
  static final int MOST_MISSES = 512;
  private static final long PATIENCE_SECONDS = 30;
  private static final Map<Fault, Verification.Refused> REFUSED = new EnumMap<>(Fault.class);

  static {
    for (Fault fault : Fault.values()) {
      REFUSED.put(fault, new Verification.Refused(fault));
    }
  }

  private final IssuerSettings settings;
  private final IssuerKeys keys;
  private final ClaimRules rules;
  private final InstantSource clock;
  private final Blocks blocks;
  private final Signatures signatures;
  private final ExecutorService pool;
  private final ProofCache proofs = new ProofCache(PROOFS);
  private final RefusalCache refusals = new RefusalCache(REFUSALS);
  private final ConcurrentHashMap<TokenDigest, CompletableFuture<Verification>> flights =
      new ConcurrentHashMap<>();
  private final Semaphore misses = new Semaphore(MOST_MISSES);
  private final ThreadLocal<TokenDigest.Reader> readers;

  IssuerTokenVerifier(IssuerSettings settings, IssuerKeys keys, Workshop workshop) {
    this.settings = settings;
    this.keys = keys;
    this.rules = new ClaimRules(settings);
    this.clock = workshop.clock();
    this.blocks = workshop.blocks();
    this.signatures = workshop.signatures();
    this.pool = workshop.pool();
    this.readers = ThreadLocal.withInitial(() -> new TokenDigest.Reader(settings.mostBytes()));
  }

  @Override
  public Verification verify(String token) {
    if (token.length() > settings.mostBytes()) {
      return refused(Fault.MALFORMED);
    }
    boolean mayWait = Thread.currentThread().isVirtual();
    TokenDigest.Reader read = read(token, mayWait);
    KeySet set = keys.atHand();
    Verification known = set == null ? null : known(read, set, clock.millis());
    if (known != null) {
      return known;
    }
    if (mayWait) {
      return miss(token, read);
    }
    if (Jws.parse(token) instanceof Jws.Parsed.Whole(Jws jws)
        && settings.algorithms().contains(jws.algorithm())) {
      throw WouldWait.INSTANCE;
    }
    // What cannot be good is refused without leaving the loop.
    return prove(token, read);
  }

  private TokenDigest.Reader read(String token, boolean fleeting) {
    TokenDigest.Reader reader = fleeting ? new TokenDigest.Reader(token.length()) : readers.get();
    reader.read(token);
    return reader;
  }

  private @Nullable Verification known(TokenDigest.Reader read, KeySet set, long now) {
    ProofCache.Entry entry = proofs.find(read, now);
    return entry == null ? refusals.find(read, set, now) : again(entry, set, now);
  }

  /// What a token that was verified before is worth now.
  private Verification again(ProofCache.Entry entry, KeySet set, long now) {
    if (now >= entry.to) {
      return refused(Fault.EXPIRED);
    }
    if (now < entry.from) {
      return refused(Fault.NOT_YET_VALID);
    }
    if (entry.set != set) {
      if (!set.holds(entry.key)) {
        return refused(Fault.UNKNOWN_KEY);
      }
      entry.set = set;
    }
    long epoch = blocks.epoch();
    if (entry.epoch != epoch) {
      if (isBlocked(entry)) {
        return refused(Fault.REVOKED);
      }
      entry.epoch = epoch;
    }
    return entry.verified;
  }

  private boolean isBlocked(ProofCache.Entry entry) {
    return (entry.tokenKey != null
            && blocks.blocked(Blocks.Kind.TOKEN, entry.tokenKey, entry.issuedAt))
        || blocks.blocked(Blocks.Kind.SUBJECT, entry.subjectKey, entry.issuedAt)
        || (entry.clientKey != null
            && blocks.blocked(Blocks.Kind.CLIENT, entry.clientKey, entry.issuedAt));
  }

  private Verification miss(String token, TokenDigest.Reader read) {
    TokenDigest digest = read.digest();
    CompletableFuture<Verification> mine = new CompletableFuture<>();
    CompletableFuture<Verification> leader = flights.putIfAbsent(digest, mine);
    if (leader != null) {
      return await(leader);
    }
    Verification answer = refused(Fault.OVERLOADED);
    try {
      if (misses.tryAcquire()) {
        try {
          answer = prove(token, read);
        } finally {
          misses.release();
        }
      }
      return answer;
    } finally {
      flights.remove(digest, mine);
      mine.complete(answer);
    }
  }

  private static Verification await(CompletableFuture<Verification> leader) {
    try {
      return leader.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return refused(Fault.OVERLOADED);
    } catch (ExecutionException | TimeoutException e) {
      return refused(Fault.OVERLOADED);
    }
  }

  private Verification prove(String token, TokenDigest.Reader read) {
    Jws.Parsed parsed = Jws.parse(token);
    if (parsed instanceof Jws.Parsed.Broken(Fault fault)) {
      return refused(fault);
    }
    Jws jws = ((Jws.Parsed.Whole) parsed).jws();
    if (!settings.algorithms().contains(jws.algorithm())) {
      return refused(Fault.ALGORITHM);
    }
    try {
      return switch (keys.find(jws.kid(), jws.algorithm())) {
        case IssuerKeys.Found.Unknown() -> refused(Fault.UNKNOWN_KEY);
        case IssuerKeys.Found.Unavailable() -> refused(Fault.KEYS_UNAVAILABLE);
        case IssuerKeys.Found.Key(var key, var set) -> prove(jws, read, key, set);
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return refused(Fault.OVERLOADED);
    }
  }

  private Verification prove(Jws jws, TokenDigest.Reader read, VerificationKey key, KeySet set)
      throws InterruptedException {
    // Somebody else may have been faster, or the keys may have been too old to be asked for.
    Verification known = known(read, set, clock.millis());
    if (known != null) {
      return known;
    }
    TokenDigest digest = read.digest();
    long epoch = blocks.epoch();
    Fault fault = signature(jws, key);
    long now = clock.millis();
    Verification answer = fault != null ? refused(fault) : judge(jws, digest, key, set, epoch, now);
    if (answer instanceof Verification.Refused refused) {
      refusals.put(digest, refused, set, now);
    }
    return answer;
  }

  private @Nullable Fault signature(Jws jws, VerificationKey key) throws InterruptedException {
    try {
      boolean good =
          pool.submit(() -> signatures.verify(jws, key)).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return good ? null : Fault.SIGNATURE;
    } catch (RejectedExecutionException | TimeoutException e) {
      return Fault.OVERLOADED;
    } catch (ExecutionException e) {
      throw new dev.gatewarden.core.GatewardenBug("a signature cannot be checked", e);
    }
  }

  private Verification judge(
      Jws jws, TokenDigest digest, VerificationKey key, KeySet set, long epoch, long now) {
    var claims = StrictJson.object(jws.payload());
    if (claims == null) {
      return refused(Fault.MALFORMED);
    }
    return switch (rules.judge(jws.typ(), claims, now)) {
      case ClaimRules.Judged.Bad(Fault fault) -> refused(fault);
      case ClaimRules.Judged.Good good -> {
        ProofCache.Entry entry =
            new ProofCache.Entry(
                digest, new Verification.Verified(good.proof()), key, set, good, epoch);
        if (isBlocked(entry)) {
          yield refused(Fault.REVOKED);
        }
        proofs.put(entry, now);
        yield entry.verified;
      }
    };
  }

  private static Verification refused(Fault fault) {
    Verification.Refused refused = REFUSED.get(fault);
    return refused == null ? new Verification.Refused(fault) : refused;
  }
}

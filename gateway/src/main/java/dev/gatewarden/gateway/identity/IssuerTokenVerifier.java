package dev.gatewarden.gateway.identity;

import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.address.Ip;
import dev.gatewarden.core.decision.WouldWait;
import dev.gatewarden.core.identity.Blocks;
import dev.gatewarden.core.identity.Lease;
import dev.gatewarden.core.identity.Proof;
import dev.gatewarden.core.identity.TokenVerifier;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Proves the signed tokens of one issuer under one configuration; a new configuration makes a new
/// one, with an empty cache.
///
/// A token that was verified before is answered on the event loop: times, key and revocation are
/// looked at again, the signature is not. So is a new one whose key is at hand and whose signature
/// is
/// short to check. Anything else waits: on an event loop `WouldWait` is
/// thrown; on a virtual thread one of those who bring the same token at the same time computes its
/// signature, on the workshop's pool where that takes long, and no more than a bounded number of
/// tokens wait at once. What cannot be good, and what comes from a source that keeps forging, never
/// gets that far.
public final class IssuerTokenVerifier implements TokenVerifier, Statements {
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
  private final Decryption decryption;
  private final FailingSources failing;
  private final ExecutorService pool;
  private final HttpClient http;
  private final ProofCache proofs = new ProofCache(PROOFS);
  private final RefusalCache refusals = new RefusalCache(REFUSALS);
  private final ConcurrentHashMap<TokenDigest, CompletableFuture<Verification>> flights =
      new ConcurrentHashMap<>();
  private final LongAdder excused = new LongAdder();
  private final Semaphore misses = new Semaphore(MOST_MISSES);
  private final ThreadLocal<TokenDigest.Reader> readers;

  IssuerTokenVerifier(IssuerSettings settings, IssuerKeys keys, Workshop workshop) {
    this.settings = settings;
    this.keys = keys;
    this.rules = new ClaimRules(settings);
    this.clock = workshop.clock();
    this.blocks = workshop.blocks();
    this.signatures = workshop.signatures();
    this.decryption = new Decryption(settings.decryption());
    this.failing = new FailingSources(workshop.clock(), workshop.random());
    this.pool = workshop.pool();
    this.http = workshop.http();
    this.readers =
        ThreadLocal.withInitial(() -> new TokenDigest.Reader(settings.bounds().mostBytes()));
  }

  /// What else the issuer signs beside access tokens, by the same keys.
  public IssuerSignatures signatures() {
    return new IssuerSignatures(settings, keys, signatures, pool);
  }

  /// Whether the issuer is accepted, for the time being, although its tokens prove less than they
  /// should.
  public boolean isWeak() {
    return settings.excuse().inForce(clock.millis());
  }

  /// How many tokens were accepted by an exception alone.
  public long excused() {
    return excused.sum();
  }

  @Override
  public Verification verify(String token, Ip source) {
    Verification answer = verification(token, source);
    if (settings.excuse().isAny()
        && answer instanceof Verification.Verified(Proof proof)
        && settings.excuse().isNeeded(proof.claims())) {
      excused.increment();
    }
    return answer;
  }

  private Verification verification(String token, Ip source) {
    if (token.length() > settings.bounds().mostBytes()) {
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
      return miss(token, read, source);
    }
    // What cannot be good is refused without leaving the loop.
    return switch (Unproved.read(token, settings, rules, decryption, clock.millis())) {
      case Unproved.Refused(Fault fault) -> remembered(fault, read.digest(), set);
      case Unproved.Signed signed -> atOnce(signed, read, source, set);
      case Unproved.Encrypted _ -> later(source, "");
    };
  }

  /// Proves a token on the loop where its key is at hand and its signature is short.
  private Verification atOnce(
      Unproved.Signed signed, TokenDigest.Reader read, Ip source, @Nullable KeySet set) {
    Jws jws = signed.jws();
    VerificationKey key = set == null ? null : set.find(jws.kid(), jws.algorithm());
    if (set == null || key == null || !signatures.isShort(key)) {
      return later(source, signed.subject());
    }
    if (!failing.admits(source, signed.subject())) {
      return refused(Fault.FAILING_SOURCE);
    }
    long epoch = blocks.epoch();
    boolean good = signatures.verify(jws, key);
    return judged(good, signed, read.digest(), source, key, set, epoch);
  }

  private Verification later(Ip source, String subject) {
    if (failing.wouldAdmit(source, subject)) {
      throw WouldWait.INSTANCE;
    }
    return refused(Fault.FAILING_SOURCE);
  }

  @Override
  public boolean isProved(String token) {
    KeySet set = keys.atHand();
    if (set == null || token.length() > settings.bounds().mostBytes()) {
      return false;
    }
    TokenDigest.Reader read = read(token, Thread.currentThread().isVirtual());
    // The same token is verified next, as a rule.
    read.keepFor(token);
    long now = clock.millis();
    ProofCache.Entry entry = proofs.find(read, now);
    return entry != null && again(entry, set, now) instanceof Verification.Verified;
  }

  @Override
  public boolean isNamedIn(String token) {
    if (token.length() > settings.bounds().mostBytes()) {
      return false;
    }
    TokenDigest.Reader read = read(token, Thread.currentThread().isVirtual());
    if (proofs.find(read, clock.millis()) != null) {
      return true;
    }
    return switch (Unproved.read(token, settings, rules, decryption, clock.millis())) {
      case Unproved.Signed _, Unproved.Encrypted _ -> true;
      case Unproved.Refused _ -> false;
    };
  }

  @Override
  public String fetch(URI address, String type) throws IOException {
    return Published.text(http, address, type);
  }

  @Override
  public Map<String, Object> claims(String text, String type) throws IOException {
    if (!(Jws.parse(text) instanceof Jws.Parsed.Whole(Jws jws))
        || !settings.algorithms().contains(jws.algorithm())
        || !jws.typ().equals(type)) {
      throw new IOException("`" + settings.issuer() + "` answers with no `" + type + "`");
    }
    try {
      if (!(keys.find(jws.kid(), jws.algorithm()) instanceof IssuerKeys.Found.Key(var key, var _))
          || !Boolean.TRUE.equals(computed(() -> signatures.verify(jws, key)).value())) {
        throw new IOException("a `" + type + "` is not signed by `" + settings.issuer() + "`");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped", stopped);
    }
    Map<String, Object> claims = StrictJson.object(jws.payload());
    if (claims == null) {
      throw new IOException("a `" + type + "` of `" + settings.issuer() + "` is no JSON");
    }
    return claims;
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
      boolean over = now >= settings.excuse().over(entry.verified.proof().claims());
      return refused(over ? Fault.EXCEPTION_OVER : Fault.EXPIRED);
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

  private Verification miss(String token, TokenDigest.Reader read, Ip source) {
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
          answer = prove(token, read, source);
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

  private Verification prove(String token, TokenDigest.Reader read, Ip source) {
    try {
      return switch (Unproved.read(token, settings, rules, decryption, clock.millis())) {
        case Unproved.Refused(Fault fault) -> remembered(fault, read.digest(), keys.atHand());
        case Unproved.Signed signed ->
            failing.admits(source, signed.subject())
                ? prove(signed, read, source)
                : refused(Fault.FAILING_SOURCE);
        case Unproved.Encrypted(Jwe jwe) ->
            failing.admits(source, "") ? open(jwe, read, source) : refused(Fault.FAILING_SOURCE);
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return refused(Fault.OVERLOADED);
    }
  }

  private Verification open(Jwe jwe, TokenDigest.Reader read, Ip source)
      throws InterruptedException {
    Computed<byte[]> opened = computed(() -> decryption.open(jwe));
    if (opened.fault() != null) {
      return refused(opened.fault());
    }
    byte[] inside = opened.value();
    if (inside == null) {
      failing.failed(source);
      return remembered(Fault.DECRYPTION, read.digest(), keys.atHand());
    }
    String token = new String(inside, StandardCharsets.ISO_8859_1);
    return switch (Unproved.signed(token, settings, rules, clock.millis())) {
      case Unproved.Refused(Fault fault) -> remembered(fault, read.digest(), keys.atHand());
      case Unproved.Signed signed -> prove(signed, read, source);
      case Unproved.Encrypted _ -> throw new GatewardenBug("what is signed is not encrypted");
    };
  }

  private Verification prove(Unproved.Signed signed, TokenDigest.Reader read, Ip source)
      throws InterruptedException {
    Jws jws = signed.jws();
    return switch (keys.find(jws.kid(), jws.algorithm())) {
      case IssuerKeys.Found.Unknown() -> {
        failing.failed(source);
        yield refused(Fault.UNKNOWN_KEY);
      }
      case IssuerKeys.Found.NotNow() -> {
        failing.failed(source);
        yield refused(Fault.KEYS_UNAVAILABLE);
      }
      case IssuerKeys.Found.Unavailable() -> refused(Fault.KEYS_UNAVAILABLE);
      case IssuerKeys.Found.Key(var key, var set) -> prove(signed, read, source, key, set);
    };
  }

  private Verification prove(
      Unproved.Signed signed, TokenDigest.Reader read, Ip source, VerificationKey key, KeySet set)
      throws InterruptedException {
    // Somebody else may have been faster, or the keys may have been too old to be asked for.
    Verification known = known(read, set, clock.millis());
    if (known != null) {
      return known;
    }
    long epoch = blocks.epoch();
    Computed<Boolean> good =
        signatures.wasFast() || signatures.isShort(key)
            ? new Computed<>(signatures.verify(signed.jws(), key), null)
            : computed(() -> signatures.verify(signed.jws(), key));
    return good.fault() != null
        ? refused(good.fault())
        : judged(Boolean.TRUE.equals(good.value()), signed, read.digest(), source, key, set, epoch);
  }

  /// What a token is worth whose signature was checked.
  ///
  /// @param epoch the revocations as they stood before that
  private Verification judged(
      boolean good,
      Unproved.Signed signed,
      TokenDigest digest,
      Ip source,
      VerificationKey key,
      KeySet set,
      long epoch) {
    if (!good) {
      failing.failed(source);
      return remembered(Fault.SIGNATURE, digest, set);
    }
    Verification answer = judge(signed, digest, key, set, epoch, clock.millis());
    if (answer instanceof Verification.Refused refused) {
      refusals.put(digest, refused, set, clock.millis());
    } else {
      failing.proved(source, signed.subject());
    }
    return answer;
  }

  private Verification remembered(Fault fault, TokenDigest digest, @Nullable KeySet set) {
    Verification.Refused refused = refused(fault);
    if (set != null) {
      refusals.put(digest, refused, set, clock.millis());
    }
    return refused;
  }

  /// What the pool computed, or why it did not.
  private record Computed<T>(@Nullable T value, @Nullable Fault fault) {}

  private <T> Computed<T> computed(Callable<@Nullable T> work) throws InterruptedException {
    try {
      return new Computed<>(pool.submit(work).get(PATIENCE_SECONDS, TimeUnit.SECONDS), null);
    } catch (RejectedExecutionException | TimeoutException e) {
      return new Computed<>(null, Fault.OVERLOADED);
    } catch (ExecutionException e) {
      throw new GatewardenBug("a token cannot be checked", e);
    }
  }

  private Verification judge(
      Unproved.Signed signed,
      TokenDigest digest,
      VerificationKey key,
      KeySet set,
      long epoch,
      long now) {
    return switch (rules.judge(signed.jws().typ(), signed.claims(), now)) {
      case ClaimRules.Judged.Bad(Fault fault) -> refused(fault);
      case ClaimRules.Judged.Good good -> {
        ProofCache.Entry entry =
            new ProofCache.Entry(
                digest, new Verification.Verified(held(good.proof(), key)), key, set, good, epoch);
        if (isBlocked(entry)) {
          yield refused(Fault.REVOKED);
        }
        proofs.put(entry, now);
        yield entry.verified;
      }
    };
  }

  /// The proof for as long as the issuer has the key.
  private Proof held(Proof proof, VerificationKey key) {
    return proof.lasting(new Lease(proof.lease().until(), () -> keys.has(key)));
  }

  private static Verification.Refused refused(Fault fault) {
    Verification.Refused refused = REFUSED.get(fault);
    return refused == null ? new Verification.Refused(fault) : refused;
  }
}

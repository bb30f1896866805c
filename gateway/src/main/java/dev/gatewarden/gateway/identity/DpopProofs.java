package dev.gatewarden.gateway.identity;

import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.decision.WouldWait;
import dev.gatewarden.core.identity.KeyProofs;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Reads DPoP proofs (RFC 9449, section 4.2), checks their signatures on the workshop's pool, and
/// gives out nonces.
///
/// A client sends the same header with each of its proofs, so the key in it is kept, read, with
/// that
/// text; nothing else of a proof can be kept, for each is good once.
public final class DpopProofs implements KeyProofs {
  private static final int HEADERS = 1 << 12;
  private static final int MOST_WAITING = 512;
  private static final long PATIENCE_SECONDS = 30;
  private static final long NONCE_SECONDS = 150;

  /// What only a private key has (RFC 7518, section 6; RFC 8037).
  private static final Set<String> PRIVATE =
      Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k", "r", "t");

  private final InstantSource clock;
  private final Signatures signatures;
  private final ExecutorService pool;
  private final SecretKeySpec nonceKey;
  private final Semaphore waiting = new Semaphore(MOST_WAITING);
  private final @Nullable Header[] headers = new Header[HEADERS];
  private volatile Nonces nonces = new Nonces(Long.MIN_VALUE, "", "");

  /// @param key the gate's own: gates that share it know one another's nonces
  public DpopProofs(Workshop workshop, SigningKey key) {
    this.clock = workshop.clock();
    this.signatures = workshop.signatures();
    this.pool = workshop.pool();
    this.nonceKey = new SecretKeySpec(derived(key), "HmacSHA256");
  }

  /// What the header of a proof says, by the text that says it.
  private record Header(String text, Algorithm algorithm, VerificationKey key) {}

  /// The nonce of this stretch of time, and of the one before.
  private record Nonces(long slot, String now, String before) {}

  @Override
  public Read read(String proof) {
    int first = proof.indexOf('.');
    int second = proof.indexOf('.', first + 1);
    if (first <= 0 || second < 0 || proof.indexOf('.', second + 1) >= 0) {
      return Read.UNREADABLE;
    }
    Header known = kept(proof, first);
    if (known == null) {
      Object read = header(proof.substring(0, first));
      if (read instanceof Fault fault) {
        return new Read.Unreadable(fault);
      }
      known = (Header) read;
      headers[slot(known.text, known.text.length())] = known;
    }
    return said(proof, first, second, known);
  }

  private @Nullable Header kept(String proof, int length) {
    Header header = headers[slot(proof, length)];
    return header != null
            && header.text.length() == length
            && proof.regionMatches(0, header.text, 0, length)
        ? header
        : null;
  }

  private static int slot(String text, int length) {
    int hash = 0;
    for (int i = 0; i < length; i++) {
      hash = 31 * hash + text.charAt(i);
    }
    return (hash ^ hash >>> 12 ^ hash >>> 24) & (HEADERS - 1);
  }

  /// The Header that a text spells, or the Fault of it.
  private static Object header(String text) {
    byte[] bytes = Base64Url.decode(text);
    Map<String, Object> header = bytes == null ? null : StrictJson.object(bytes);
    if (header == null || !(header.get("alg") instanceof String name)) {
      return Fault.MALFORMED;
    }
    if (!(header.get("typ") instanceof String type) || !Jws.plain(type).equals("dpop+jwt")) {
      return Fault.TYPE;
    }
    Algorithm algorithm = Algorithm.of(name);
    if (algorithm == null || algorithm.isSymmetric()) {
      return Fault.ALGORITHM;
    }
    if (header.containsKey("crit") || header.containsKey("b64") || header.containsKey("zip")) {
      return Fault.MALFORMED;
    }
    if (!(header.get("jwk") instanceof Map<?, ?> jwk)
        || jwk.keySet().stream().anyMatch(PRIVATE::contains)) {
      return Fault.KEY;
    }
    VerificationKey key = JwkReader.key(jwk);
    return key == null || !key.serves(algorithm) ? Fault.KEY : new Header(text, algorithm, key);
  }

  private Read said(String proof, int first, int second, Header header) {
    byte[] payload = Base64Url.decode(proof, first + 1, second);
    byte[] signature = Base64Url.decode(proof, second + 1, proof.length());
    if (payload == null || signature == null || signature.length == 0) {
      return Read.UNREADABLE;
    }
    Map<String, Object> claims = StrictJson.object(payload);
    if (claims == null
        || !(claims.get("htm") instanceof String method)
        || !(claims.get("htu") instanceof String uri)
        || !(claims.get("jti") instanceof String id)
        || id.isEmpty()
        || !(claims.get("iat") instanceof Number issuedAt)
        || !(claims.getOrDefault("ath", "") instanceof String tokenDigest)
        || !(claims.getOrDefault("nonce", "") instanceof String nonce)) {
      return Read.UNREADABLE;
    }
    byte[] input = proof.substring(0, second).getBytes(StandardCharsets.ISO_8859_1);
    Jws jws = new Jws(header.algorithm, "", "dpop+jwt", input, payload, signature);
    return new Read.Said(
        new Statement(
            header.algorithm.jose(),
            header.key.thumbprint(),
            method,
            uri,
            issuedAt.longValue(),
            id,
            tokenDigest,
            nonce),
        () -> check(jws, header.key));
  }

  private Checked check(Jws jws, VerificationKey key) {
    if (!Thread.currentThread().isVirtual()) {
      throw WouldWait.INSTANCE;
    }
    if (!waiting.tryAcquire()) {
      return Checked.OVERLOADED;
    }
    try {
      boolean good =
          pool.submit(() -> signatures.verify(jws, key)).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return good ? Checked.GOOD : Checked.BAD;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Checked.OVERLOADED;
    } catch (RejectedExecutionException | TimeoutException e) {
      return Checked.OVERLOADED;
    } catch (ExecutionException e) {
      throw new GatewardenBug("a signature cannot be checked", e);
    } finally {
      waiting.release();
    }
  }

  @Override
  public String nonce() {
    return nonces().now;
  }

  @Override
  public boolean isFresh(String nonce) {
    Nonces known = nonces();
    byte[] presented = nonce.getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(known.now.getBytes(StandardCharsets.UTF_8), presented)
        || MessageDigest.isEqual(known.before.getBytes(StandardCharsets.UTF_8), presented);
  }

  private Nonces nonces() {
    long slot = clock.instant().getEpochSecond() / NONCE_SECONDS;
    Nonces known = nonces;
    if (known.slot != slot) {
      known = new Nonces(slot, nonce(slot), nonce(slot - 1));
      nonces = known;
    }
    return known;
  }

  private String nonce(long slot) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(nonceKey);
      byte[] digest = mac.doFinal(Long.toString(slot).getBytes(StandardCharsets.US_ASCII));
      return Base64Url.encode(java.util.Arrays.copyOf(digest, 18));
    } catch (GeneralSecurityException e) {
      throw new GatewardenBug("no HmacSHA256", e);
    }
  }

  private static byte[] derived(SigningKey key) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update("gatewarden dpop nonce".getBytes(StandardCharsets.US_ASCII));
      return sha.digest(key.key().getEncoded());
    } catch (GeneralSecurityException e) {
      throw new GatewardenBug("no SHA-256", e);
    }
  }
}

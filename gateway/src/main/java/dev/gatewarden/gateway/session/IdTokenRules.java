package dev.gatewarden.gateway.session;

import dev.gatewarden.gateway.identity.Base64Url;
import dev.gatewarden.gateway.identity.IssuerSignatures;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an ID token must say for a user to be signed in (OpenID Connect Core 1.0, section 3.1.3.7).
final class IdTokenRules {
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final Set<String> TYPES = Set.of("", "jwt");

  private final String issuer;
  private final String client;
  private final long skew;

  IdTokenRules(String issuer, String client, Duration skew) {
    this.issuer = issuer;
    this.client = client;
    this.skew = skew.toSeconds();
  }

  /// Whom it names, or null where it is not good for this login.
  ///
  /// @param access the access token that came with it
  @Nullable Identity judge(
      IssuerSignatures.Proved.Said said, FlowState flow, String access, Instant now) {
    Map<String, Object> claims = said.claims();
    boolean good =
        isFor(said, now)
            && flow.nonce().equals(claims.get("nonce"))
            && belongs(claims.get("at_hash"), said.algorithm(), access)
            && recent(seconds(claims.get("auth_time")), flow.maxAge(), now)
            && (flow.acr().isEmpty()
                || (claims.get("acr") instanceof String acr
                    && List.of(flow.acr().split(" ")).contains(acr)));
    return good ? identity(claims) : null;
  }

  /// Whom a token that came with renewed tokens names (section 12.2), or null.
  @Nullable Identity again(IssuerSignatures.Proved.Said said, Instant now) {
    return isFor(said, now) ? identity(said.claims()) : null;
  }

  private static @Nullable Identity identity(Map<String, Object> claims) {
    return claims.get("sub") instanceof String subject && !subject.isEmpty()
        ? new Identity(
            subject,
            claims.get("sid") instanceof String sid ? sid : "",
            claims.get("acr") instanceof String acr ? acr : "",
            seconds(claims.get("auth_time")))
        : null;
  }

  private boolean isFor(IssuerSignatures.Proved.Said said, Instant now) {
    Map<String, Object> claims = said.claims();
    long expires = seconds(claims.get("exp"));
    long issued = seconds(claims.get("iat"));
    long at = now.getEpochSecond();
    return TYPES.contains(said.type())
        && issuer.equals(claims.get("iss"))
        && !claims.containsKey("events")
        && audience(claims)
        && expires >= 0
        && at < expires + skew
        && issued >= 0
        && issued <= at + skew
        && expires - issued <= LONGEST.toSeconds();
  }

  /// Another audience besides would make another client's token ours.
  private boolean audience(Map<String, Object> claims) {
    Object audience = claims.get("aud");
    boolean alone =
        client.equals(audience)
            || (audience instanceof List<?> list && list.equals(List.of(client)));
    boolean named = audience instanceof List<?> list && list.contains(client);
    Object party = claims.get("azp");
    return party == null ? alone : client.equals(party) && (alone || named);
  }

  /// Section 3.1.3.6: the left half of the digest that the signature's algorithm uses.
  private static boolean belongs(@Nullable Object hash, String algorithm, String access) {
    if (hash == null) {
      return true;
    }
    String digest =
        algorithm.endsWith("384")
            ? "SHA-384"
            : algorithm.endsWith("512") || algorithm.equals("EdDSA") ? "SHA-512" : "SHA-256";
    try {
      byte[] whole =
          MessageDigest.getInstance(digest).digest(access.getBytes(StandardCharsets.US_ASCII));
      return Base64Url.encode(Arrays.copyOf(whole, whole.length / 2)).equals(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new dev.gatewarden.core.GatewardenBug("no " + digest, e);
    }
  }

  private boolean recent(long signedIn, long maxAge, Instant now) {
    return maxAge < 0
        || (signedIn >= 0
            && signedIn <= now.getEpochSecond() + skew
            && now.getEpochSecond() - signedIn <= maxAge + skew);
  }

  /// A NumericDate in whole seconds; -1 where it is none.
  static long seconds(@Nullable Object value) {
    return switch (value) {
      case Long whole when whole >= 0 && whole < 1L << 40 -> whole;
      case BigDecimal part when part.signum() >= 0 && part.precision() - part.scale() < 13 ->
          part.longValue();
      case null, default -> -1;
    };
  }

  /// Who signed in.
  ///
  /// @param sid empty where it is not said
  /// @param acr empty where it is not said
  /// @param authTime in seconds since 1970; -1 where it is not said
  record Identity(String subject, String sid, String acr, long authTime) {}
}

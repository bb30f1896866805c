package dev.gatewarden.demo.shop;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Verifies a token before believing it: what the shop does when it is told to do it right.
public final class VerifyingCallers implements Callers {

  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256);

  private static final Set<String> TYPES = Set.of("at+jwt", "JWT", "identity+jwt");

  private final String issuer;
  private final String audience;
  private final Supplier<JWKSet> keys;
  private final Clock clock;

  /// @param issuer the only `iss` that counts
  /// @param audience the only `aud` that counts
  public VerifyingCallers(String issuer, String audience, Supplier<JWKSet> keys, Clock clock) {
    this.issuer = issuer;
    this.audience = audience;
    this.keys = keys;
    this.clock = clock;
  }

  @Override
  public @Nullable Caller of(String token) {
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      return access(jwt) && signed(jwt) && meant(jwt.getJWTClaimsSet())
          ? CredulousCallers.claims(token)
          : null;
    } catch (ParseException | JOSEException e) {
      return null;
    }
  }

  private static boolean access(SignedJWT jwt) {
    JOSEObjectType type = jwt.getHeader().getType();
    return type != null && TYPES.contains(type.getType());
  }

  private boolean signed(SignedJWT jwt) throws JOSEException {
    JWK key = keys.get().getKeyByKeyId(jwt.getHeader().getKeyID());
    if (!ALGORITHMS.contains(jwt.getHeader().getAlgorithm())
        || !(key instanceof AsymmetricJWK pair)) {
      return false;
    }
    JWSVerifier verifier =
        new DefaultJWSVerifierFactory().createJWSVerifier(jwt.getHeader(), pair.toPublicKey());
    return jwt.verify(verifier);
  }

  private boolean meant(JWTClaimsSet claims) {
    Date expires = claims.getExpirationTime();
    Instant now = clock.instant();
    return issuer.equals(claims.getIssuer())
        && claims.getAudience().contains(audience)
        && expires != null
        && expires.toInstant().isAfter(now);
  }
}

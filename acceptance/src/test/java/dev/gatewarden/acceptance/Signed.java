package dev.gatewarden.acceptance;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// An issuer that no server stands behind: its keys lie in a file, and it signs what a test wants.
///
/// @param issuer what its tokens say in `iss`
/// @param audience whom its tokens are for
/// @param key what signs them
public record Signed(String issuer, String audience, ECKey key) {
  private static final ECKey KEY = newKey();

  /// The issuer `https://NAME.example.com`. All issuers made so sign with the same key, so that one
  /// file of keys will do for them.
  public static Signed of(String name) {
    return new Signed("https://" + name + ".example.com", "https://api.example", KEY);
  }

  /// The same, for an audience.
  public Signed to(String whom) {
    return new Signed(issuer, whom, key);
  }

  /// Somebody who signs in this issuer's name, and whose key it does not publish.
  public Signed forger() {
    return new Signed(issuer, audience, newKey());
  }

  /// A key of the kind that signs.
  public static ECKey newKey() {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// What the section `issuers` says of it, in flow style, where `keys.json` lies beside the
  /// configuration.
  ///
  /// @param more further settings, beginning with a comma; empty for none
  public String section(String more) {
    return "{url: '%s', audience: '%s', algorithms: [ES256], keys: keys.json, tenant: /org, roles: /roles%s}"
        .formatted(issuer, audience, more);
  }

  /// Writes `keys.json` into a folder.
  public void publish(Path folder) throws IOException {
    Files.writeString(folder.resolve("keys.json"), new JWKSet(key.toPublicJWK()).toString());
  }

  /// The claims of an honest token, to be changed.
  public Map<String, Object> claims(String subject) {
    long now = Instant.now().getEpochSecond();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", issuer);
    claims.put("aud", audience);
    claims.put("sub", subject);
    claims.put("client_id", "web");
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("iat", now - 5);
    claims.put("exp", now + 600);
    return claims;
  }

  public String token(String subject) {
    return token(claims(subject));
  }

  /// @param tenant what its claim `org` says; empty where it has none
  public String token(String subject, String tenant, String... roles) {
    return token(subject, tenant, Map.of(), List.of(roles));
  }

  /// @param more further claims
  public String token(String subject, String tenant, Map<String, Object> more, List<String> roles) {
    Map<String, Object> claims = claims(subject);
    claims.putAll(more);
    claims.put("roles", roles);
    if (!tenant.isEmpty()) {
      claims.put("org", tenant);
    }
    return token(claims);
  }

  public String token(Map<String, Object> claims) {
    return signed("at+jwt", claims);
  }

  /// @param type what the header says in `typ`
  public String signed(String type, Map<String, Object> claims) {
    try {
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.ES256)
                  .type(new JOSEObjectType(type))
                  .keyID(key.getKeyID())
                  .build(),
              JWTClaimsSet.parse(claims));
      token.sign(new ECDSASigner(key));
      return token.serialize();
    } catch (JOSEException | ParseException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}

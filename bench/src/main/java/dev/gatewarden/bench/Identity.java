package dev.gatewarden.bench;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Date;
import java.util.UUID;

/// One issuer and one caller, as files and a token.
final class Identity {
  static final String ISSUER = "http://127.0.0.1:9001";
  static final String AUDIENCE = "https://shop.example";
  static final String SUBJECT = "alice";
  private final RSAKey key;

  Identity() throws JOSEException {
    key =
        new RSAKeyGenerator(2048)
            .keyID("bench")
            .keyUse(KeyUse.SIGNATURE)
            .algorithm(JWSAlgorithm.RS256)
            .generate();
  }

  Path keySet(Path folder) throws IOException {
    return Files.writeString(folder.resolve("keys.json"), new JWKSet(key.toPublicJWK()).toString());
  }

  Path publicKey(Path folder) throws IOException, JOSEException {
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(key.toPublicKey().getEncoded())
            + "\n-----END PUBLIC KEY-----\n";
    return Files.writeString(folder.resolve("public.pem"), pem);
  }

  String token() throws JOSEException {
    long now = System.currentTimeMillis();
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(ISSUER)
            .audience(AUDIENCE)
            .subject(SUBJECT)
            .claim("tenant", "north")
            .claim("client_id", "bench")
            .claim("scope", "orders:read orders:write profile:read profile:write")
            .jwtID(UUID.randomUUID().toString())
            .issueTime(new Date(now - 1000))
            .expirationTime(new Date(now + 12 * 3_600_000L))
            .build();
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("bench")
                .type(new JOSEObjectType("at+jwt"))
                .build(),
            claims);
    token.sign(new RSASSASigner(key));
    return token.serialize();
  }
}

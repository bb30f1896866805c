package dev.gatewarden.acceptance;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.demo.http.Loopback;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/// An issuer whose keys change as a test wants, and whose tokens say what a test wants.
final class OwnIssuer implements AutoCloseable {
  private final Loopback server;
  private final AtomicInteger fetches = new AtomicInteger();
  private volatile List<ECKey> published = List.of();
  private volatile boolean down;

  private OwnIssuer(List<ECKey> keys) throws IOException {
    this.published = keys;
    this.server = Loopback.start(0, request -> answer(request.path()));
  }

  static OwnIssuer start(ECKey... keys) throws IOException {
    return new OwnIssuer(List.of(keys));
  }

  static ECKey key(String kid) throws JOSEException {
    return new ECKeyGenerator(Curve.P_256).keyID(kid).generate();
  }

  void publish(ECKey... keys) {
    published = List.of(keys);
  }

  void down(boolean now) {
    down = now;
  }

  URI uri() {
    return server.uri();
  }

  int fetches() {
    return fetches.get();
  }

  /// A good token for an audience.
  String token(ECKey key, String audience, String subject) throws JOSEException {
    return token(key, claims(audience, subject));
  }

  String token(ECKey key, Map<String, Object> claims) throws JOSEException {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("alg", "ES256");
    header.put("kid", key.getKeyID());
    header.put("typ", "at+jwt");
    return Crafted.signed(key, JWSAlgorithm.ES256, Crafted.json(header), Crafted.json(claims));
  }

  /// Claims of a good token.
  Map<String, Object> claims(String audience, String subject) {
    long now = Instant.now().getEpochSecond();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", uri().toString());
    claims.put("aud", audience);
    claims.put("sub", subject);
    claims.put("client_id", "app");
    claims.put("scope", "read");
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("iat", now);
    claims.put("exp", now + 600);
    return claims;
  }

  private Answer answer(String path) {
    if (down) {
      return Answer.problem(503, "down");
    }
    return switch (path) {
      case "/.well-known/openid-configuration" ->
          Answer.json(
              200, Crafted.json(Map.of("issuer", uri().toString(), "jwks_uri", uri() + "/jwks")));
      case "/jwks" -> {
        fetches.incrementAndGet();
        List<Object> keys = new ArrayList<>();
        for (ECKey key : published) {
          keys.add(key.toPublicJWK().toJSONObject());
        }
        yield Answer.json(200, Crafted.json(Map.of("keys", keys)));
      }
      default -> Answer.problem(404, "no such page");
    };
  }

  @Override
  public void close() {
    server.close();
  }
}

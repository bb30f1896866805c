package dev.gatewarden.gateway.identity;

import dev.gatewarden.core.identity.Blocks;
import dev.gatewarden.core.identity.Facet;
import dev.gatewarden.core.identity.Lease;
import dev.gatewarden.core.identity.Proof;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// Proves the gate's own tokens (`IdentityToken`), for services that bring them back.
///
/// What the token says is what the gate proved when it signed it, at most a minute ago: subject,
/// tenant, client, scopes, roles and actors, and no further claims.
public final class OwnTokens {
  private static final int LONGEST = 16 << 10;

  private final String issuer;
  private final SigningKeys keys;
  private final Workshop workshop;

  /// @param issuer the gate's own name, as it stands in `iss`
  public OwnTokens(String issuer, SigningKeys keys, Workshop workshop) {
    this.issuer = issuer;
    this.keys = keys;
    this.workshop = workshop;
  }

  /// Whom a token names to one upstream; null where it is none of this gate's, for another
  /// upstream, over, or of somebody who was shut out since. Waits.
  public @Nullable Proof prove(String token, String upstream) {
    if (token.length() > LONGEST
        || !(Jws.parse(token) instanceof Jws.Parsed.Whole(Jws jws))
        || jws.algorithm() != Algorithm.ES256
        || !jws.typ().equals("jwt")) {
      return null;
    }
    VerificationKey key = keys.published(jws.kid());
    if (key == null || !isSigned(jws, key)) {
      return null;
    }
    Map<String, Object> claims = StrictJson.object(jws.payload());
    if (claims == null
        || !issuer.equals(claims.get("iss"))
        || !upstream.equals(claims.get("aud"))
        || !(claims.get("origin") instanceof String origin)
        || !(claims.get("sub") instanceof String subject)
        || !(claims.get("iat") instanceof Long issued)
        || !(claims.get("exp") instanceof Long until)
        || workshop.clock().millis() >= until * 1000) {
      return null;
    }
    Proof proof = proof(claims, origin, subject, Instant.ofEpochSecond(until));
    return isShutOut(proof, Instant.ofEpochSecond(issued)) ? null : proof;
  }

  /// Signatures are long CPU, and have threads of their own.
  private boolean isSigned(Jws jws, VerificationKey key) {
    try {
      return CompletableFuture.supplyAsync(
              () -> workshop.signatures().verify(jws, key), workshop.pool())
          .join();
    } catch (RejectedExecutionException | CompletionException busy) {
      return false;
    }
  }

  private boolean isShutOut(Proof proof, Instant issued) {
    Blocks blocks = workshop.blocks();
    String client = proof.facets().get(Facet.CLIENT);
    return blocks.blocked(Blocks.Kind.SUBJECT, proof.alone().key(), issued)
        || (client != null
            && blocks.blocked(Blocks.Kind.CLIENT, proof.issuer() + "|" + client, issued));
  }

  private static Proof proof(
      Map<String, Object> claims, String origin, String subject, Instant until) {
    Map<Facet, String> facets = new EnumMap<>(Facet.class);
    facets.put(Facet.SUBJECT, subject);
    if (claims.get("client_id") instanceof String client) {
      facets.put(Facet.CLIENT, client);
    }
    Set<String> scopes = new HashSet<>();
    if (claims.get("scope") instanceof String text) {
      scopes.addAll(List.of(text.split(" ", -1)));
    }
    Set<String> roles = new HashSet<>();
    if (claims.get("roles") instanceof List<?> list) {
      list.forEach(each -> roles.add(String.valueOf(each)));
    }
    List<String> actors = new ArrayList<>();
    Object actor = claims.get("act");
    while (actor instanceof Map<?, ?> map && map.get("sub") instanceof String name) {
      actors.add(name);
      actor = map.get("act");
    }
    return new Proof(
        origin,
        facets,
        claims.get("tenant") instanceof String tenant ? tenant : null,
        scopes,
        roles,
        Map.of(),
        actors,
        new Lease(until));
  }
}

package dev.gatewarden.demo.broken.passport;

import dev.gatewarden.demo.broken.Ask;
import dev.gatewarden.demo.broken.Jwt;
import dev.gatewarden.demo.broken.Who;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Where tokens are made, and remembered when they have ended.
final class Mint {

  static final String ACCESS = "at+jwt";
  static final String REFRESH = "rt+jwt";
  static final String IDENTITY = "JWT";
  static final String AUDIENCE = "passport-api";
  static final String SCOPE = "notes:read notes:write";

  private static final int LIFETIME = 3600;

  /// What a refresh token stands for.
  ///
  /// @param family all that came of one login
  record Refresh(String user, String client, String family) {}

  private final Clock clock;
  private final Map<String, Refresh> refreshes = new HashMap<>();
  private final Set<String> ended = new HashSet<>();
  private String issuer = "http://127.0.0.1";

  Mint(Clock clock) {
    this.clock = clock;
  }

  void reachedAt(URI uri) {
    issuer = uri.toString();
  }

  String issuer() {
    return issuer;
  }

  void clear() {
    refreshes.clear();
    ended.clear();
  }

  /// What the token endpoint answers (RFC 6749, section 5.1).
  ObjectNode tokens(String user, String client, String family) {
    ObjectNode refresh = claims(user, client).put("aud", issuer);
    refreshes.put(Jwt.text(refresh, "jti"), new Refresh(user, client, family));
    return Ask.json()
        .put("access_token", access(user, client))
        .put("token_type", "Bearer")
        .put("expires_in", LIFETIME)
        .put("scope", SCOPE)
        .put("refresh_token", PassportKeys.sign(REFRESH, refresh))
        .put("id_token", PassportKeys.sign(IDENTITY, claims(user, client).put("aud", client)));
  }

  String access(String user, String client) {
    return PassportKeys.sign(ACCESS, forApi(user, client));
  }

  String signed(ObjectNode wishes) {
    String user = wishes.path("sub").asString("alice");
    return PassportKeys.sign(ACCESS, Jwt.wished(forApi(user, "web"), wishes));
  }

  /// The id of a refresh token of this server, or the empty text.
  String refreshId(String token) {
    Jwt jwt = Jwt.read(token);
    if (jwt == null) {
      return "";
    }
    boolean ours =
        Jwt.text(jwt.header(), "typ").equals(REFRESH)
            && Jwt.text(jwt.header(), "alg").equals("RS256")
            && PassportKeys.verifies(jwt, PassportKeys.published());
    return ours ? Jwt.text(jwt.claims(), "jti") : "";
  }

  @Nullable Refresh refresh(String id) {
    return refreshes.get(id);
  }

  /// Ends a token by its id.
  void revoke(String id) {
    ended.add(id);
  }

  /// Ends every refresh token of a family.
  void revokeFamily(String family) {
    refreshes.forEach(
        (id, refresh) -> {
          if (refresh.family().equals(family)) {
            ended.add(id);
          }
        });
  }

  boolean revoked(String id) {
    return ended.contains(id);
  }

  private ObjectNode forApi(String user, String client) {
    return claims(user, client).put("aud", AUDIENCE).put("scope", SCOPE);
  }

  private ObjectNode claims(String user, String client) {
    long now = clock.instant().getEpochSecond();
    return Ask.json()
        .put("iss", issuer)
        .put("sub", user)
        .put("tenant", tenant(user))
        .put("client_id", client)
        .put("jti", UUID.randomUUID().toString())
        .put("iat", now)
        .put("nbf", now)
        .put("exp", now + LIFETIME);
  }

  static String tenant(String user) {
    return Who.ALL.stream()
        .filter(who -> who.name().equals(user))
        .map(Who::tenant)
        .findFirst()
        .orElse("");
  }
}

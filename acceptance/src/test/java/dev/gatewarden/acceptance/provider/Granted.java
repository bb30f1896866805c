package dev.gatewarden.acceptance.provider;

import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.server.authorization.InMemoryOAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;

/// What the authorization server keeps, with a look at what it granted last to each client for each
/// person.
final class Granted implements OAuth2AuthorizationService {
  private final InMemoryOAuth2AuthorizationService kept = new InMemoryOAuth2AuthorizationService();
  private final Map<String, OAuth2Authorization> newest = new ConcurrentHashMap<>();

  @Override
  public void save(OAuth2Authorization authorization) {
    kept.save(authorization);
    newest.put(
        authorization.getRegisteredClientId() + "/" + authorization.getPrincipalName(),
        authorization);
  }

  @Override
  public void remove(OAuth2Authorization authorization) {
    kept.remove(authorization);
  }

  @Override
  public @Nullable OAuth2Authorization findById(String id) {
    return kept.findById(id);
  }

  @Override
  public @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType type) {
    return kept.findByToken(token, type);
  }

  String refreshToken(String clientId, String person) {
    return Objects.requireNonNull(newest(clientId, person).getRefreshToken())
        .getToken()
        .getTokenValue();
  }

  String logoutToken(
      String clientId, String client, String person, URI issuer, LogoutSigner signer) {
    OAuth2Authorization.Token<OidcIdToken> identity =
        Objects.requireNonNull(newest(clientId, person).getToken(OidcIdToken.class));
    Object sid = Objects.requireNonNull(identity.getToken().getClaims().get("sid"));
    return signer.token(issuer, client, sid.toString());
  }

  private OAuth2Authorization newest(String clientId, String person) {
    return Objects.requireNonNull(newest.get(clientId + "/" + person), person);
  }
}

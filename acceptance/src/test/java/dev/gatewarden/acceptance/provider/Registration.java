package dev.gatewarden.acceptance.provider;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.OAuth2TokenFormat;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/// The clients that the authorization server knows from the start, and those that tests add.
final class Registration {
  private static final List<String> SCOPES =
      List.of("openid", "profile", "read", "orders:read", "orders:write", "gatewarden:operate");

  /// Those known from the start.
  static final List<RegisteredClient> CLIENTS =
      List.of(
          machine(AuthorizationServer.MACHINE, OAuth2TokenFormat.SELF_CONTAINED),
          machine(AuthorizationServer.MACHINE_OPAQUE, OAuth2TokenFormat.REFERENCE),
          gate(),
          web(
              AuthorizationServer.WEB,
              OAuth2TokenFormat.SELF_CONTAINED,
              List.of(AuthorizationServer.CALLBACK)),
          web(
              AuthorizationServer.WEB_OPAQUE,
              OAuth2TokenFormat.REFERENCE,
              List.of(AuthorizationServer.CALLBACK)),
          device());

  private Registration() {}

  /// A service that asks for tokens in its own name.
  private static RegisteredClient machine(String id, OAuth2TokenFormat format) {
    return confidential(
        id,
        format,
        client -> client.authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS));
  }

  /// The gate itself: it introspects, exchanges, and asks for tokens in its own name.
  private static RegisteredClient gate() {
    return confidential(
        AuthorizationServer.GATE,
        OAuth2TokenFormat.SELF_CONTAINED,
        client ->
            client
                .authorizationGrantType(AuthorizationGrantType.TOKEN_EXCHANGE)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS));
  }

  /// An application that people log in to; refresh tokens are good for one use.
  static RegisteredClient web(String id, OAuth2TokenFormat format, List<URI> redirects) {
    return confidential(
        id,
        format,
        client ->
            client
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
                .redirectUris(to -> redirects.forEach(each -> to.add(each.toString()))));
  }

  /// A client that proves itself by a key of its own (RFC 7523).
  static RegisteredClient keyed(String id, URI jwks) {
    return plain(id, OAuth2TokenFormat.SELF_CONTAINED)
        .clientAuthenticationMethod(ClientAuthenticationMethod.PRIVATE_KEY_JWT)
        .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
        .authorizationGrantType(AuthorizationGrantType.TOKEN_EXCHANGE)
        .clientSettings(
            ClientSettings.builder()
                .jwkSetUrl(jwks.toString())
                .tokenEndpointAuthenticationSigningAlgorithm(SignatureAlgorithm.ES256)
                .build())
        .build();
  }

  /// An application that people log in to, and that proves itself by a key of its own (RFC 7523).
  static RegisteredClient keyedWeb(String id, URI jwks, URI redirect) {
    return plain(id, OAuth2TokenFormat.SELF_CONTAINED)
        .clientAuthenticationMethod(ClientAuthenticationMethod.PRIVATE_KEY_JWT)
        .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
        .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
        .redirectUri(redirect.toString())
        .clientSettings(
            ClientSettings.builder()
                .requireProofKey(true)
                .requireAuthorizationConsent(false)
                .jwkSetUrl(jwks.toString())
                .tokenEndpointAuthenticationSigningAlgorithm(SignatureAlgorithm.ES256)
                .build())
        .build();
  }

  /// An application that people log in to, and that hears of it when they have signed out.
  static RegisteredClient ending(String id, URI redirect, URI ended) {
    return RegisteredClient.from(web(id, OAuth2TokenFormat.SELF_CONTAINED, List.of(redirect)))
        .postLogoutRedirectUri(ended.toString())
        .build();
  }

  /// A program on a machine without browser; it cannot keep a secret.
  private static RegisteredClient device() {
    return plain(AuthorizationServer.DEVICE, OAuth2TokenFormat.SELF_CONTAINED)
        .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
        .authorizationGrantType(AuthorizationGrantType.DEVICE_CODE)
        .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
        .build();
  }

  private static RegisteredClient confidential(
      String id, OAuth2TokenFormat format, Consumer<RegisteredClient.Builder> grants) {
    RegisteredClient.Builder client =
        plain(id, format)
            .clientSecret(AuthorizationServer.secret(id))
            .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
            .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST);
    grants.accept(client);
    return client.build();
  }

  private static RegisteredClient.Builder plain(String id, OAuth2TokenFormat format) {
    return RegisteredClient.withId(UUID.randomUUID().toString())
        .clientId(id)
        .scopes(scopes -> scopes.addAll(SCOPES))
        .clientSettings(
            ClientSettings.builder()
                .requireProofKey(true)
                .requireAuthorizationConsent(false)
                .build())
        .tokenSettings(
            TokenSettings.builder()
                .accessTokenFormat(format)
                .accessTokenTimeToLive(Duration.ofMinutes(10))
                .refreshTokenTimeToLive(Duration.ofHours(1))
                .reuseRefreshTokens(false)
                .build());
  }
}

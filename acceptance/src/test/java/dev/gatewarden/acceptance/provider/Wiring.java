package dev.gatewarden.acceptance.provider;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2TokenExchangeAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenClaimsContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.util.matcher.MediaTypeRequestMatcher;

/// How the authorization server is put together: everything it offers is on, nothing of it is ours.
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class Wiring {

  @Bean
  @Order(1)
  SecurityFilterChain protocol(HttpSecurity http) {
    OAuth2AuthorizationServerConfigurer server = new OAuth2AuthorizationServerConfigurer();
    return http.securityMatcher(server.getEndpointsMatcher())
        .with(
            server,
            offers ->
                offers
                    .oidc(Customizer.withDefaults())
                    .pushedAuthorizationRequestEndpoint(Customizer.withDefaults())
                    .deviceAuthorizationEndpoint(device -> device.verificationUri("/activate"))
                    .deviceVerificationEndpoint(Customizer.withDefaults())
                    .clientAuthentication(
                        client ->
                            client
                                .authenticationConverter(DeviceClient::read)
                                .authenticationProvider(new DeviceClient.Provider())))
        .authorizeHttpRequests(all -> all.anyRequest().authenticated())
        .exceptionHandling(
            faults ->
                faults.defaultAuthenticationEntryPointFor(
                    new LoginUrlAuthenticationEntryPoint("/login"),
                    new MediaTypeRequestMatcher(MediaType.TEXT_HTML)))
        .build();
  }

  @Bean
  @Order(2)
  SecurityFilterChain people(HttpSecurity http) {
    return http.authorizeHttpRequests(all -> all.anyRequest().authenticated())
        .csrf(forgery -> forgery.disable())
        .formLogin(Customizer.withDefaults())
        .build();
  }

  @Bean
  UserDetailsService users() {
    return new InMemoryUserDetailsManager(
        AuthorizationServer.PEOPLE.stream()
            .map(
                name ->
                    User.withUsername(name)
                        .password(AuthorizationServer.PASSWORD)
                        .roles(name.equals("carol") ? "SUPPORT" : "CUSTOMER")
                        .build())
            .toList());
  }

  /// Secrets stay as they are: by its own choice the server would digest each anew at its first
  /// use,
  /// slowly on purpose, and every question after that.
  @Bean
  PasswordEncoder secrets() {
    return new PasswordEncoder() {
      @Override
      public String encode(@Nullable CharSequence secret) {
        return String.valueOf(secret);
      }

      @Override
      public boolean matches(@Nullable CharSequence secret, @Nullable String kept) {
        return String.valueOf(secret).equals(kept);
      }
    };
  }

  @Bean
  InMemoryRegisteredClientRepository clients() {
    return new InMemoryRegisteredClientRepository(Registration.CLIENTS);
  }

  @Bean
  Granted authorizations() {
    return new Granted();
  }

  @Bean
  RSAKey key() throws JOSEException {
    return new RSAKeyGenerator(2048).keyID("first").generate();
  }

  @Bean
  JWKSource<SecurityContext> keys(RSAKey key) {
    return new ImmutableJWKSet<>(new JWKSet(key));
  }

  @Bean
  LogoutSigner logoutSigner(RSAKey key) {
    return new LogoutSigner(key);
  }

  @Bean
  JwtDecoder decoder(JWKSource<SecurityContext> keys) {
    return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
  }

  @Bean
  AuthorizationServerSettings settings() {
    return AuthorizationServerSettings.builder().build();
  }

  @Bean
  OAuth2TokenCustomizer<JwtEncodingContext> signed() {
    return context -> {
      if (OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) {
        context.getJwsHeader().type("at+jwt");
        context.getClaims().claims(claims -> complete(claims, context));
      }
    };
  }

  @Bean
  OAuth2TokenCustomizer<OAuth2TokenClaimsContext> opaque() {
    return context -> context.getClaims().claims(claims -> complete(claims, context));
  }

  /// What access tokens say beside what the protocol asks for: who they are for, and whose.
  private static void complete(Map<String, Object> claims, OAuth2TokenContext context) {
    claims.put("aud", audience(context));
    claims.put("client_id", context.getRegisteredClient().getClientId());
    String subject = String.valueOf(context.getPrincipal().getName());
    if (AuthorizationServer.PEOPLE.contains(subject)) {
      claims.put("org", subject.equals("carol") ? "globex" : "acme");
      claims.put("roles", List.of(subject.equals("carol") ? "support" : "customer"));
    }
  }

  /// What an exchange, or a client in its own name, asks for; else the API.
  private static List<String> audience(OAuth2TokenContext context) {
    if (context.getAuthorizationGrant() instanceof OAuth2TokenExchangeAuthenticationToken asked) {
      Set<String> named =
          asked.getAudiences().isEmpty() ? asked.getResources() : asked.getAudiences();
      if (!named.isEmpty()) {
        return List.copyOf(named);
      }
    }
    if (context.getAuthorizationGrant() instanceof OAuth2ClientCredentialsAuthenticationToken own
        && own.getAdditionalParameters().get("audience") instanceof String audience) {
      return List.of(audience);
    }
    return List.of(AuthorizationServer.AUDIENCE);
  }
}

package dev.gatewarden.acceptance.provider;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;

/// Lets public clients ask for device codes and refresh what they got, which the server leaves to
/// its operator.
final class DeviceClient {
  private DeviceClient() {}

  /// The public client that a request names, or null where it is not of this kind.
  static @Nullable Authentication read(HttpServletRequest request) {
    String grant = request.getParameter("grant_type");
    boolean device =
        request.getRequestURI().endsWith("/device_authorization")
            || request.getRequestURI().endsWith("/revoke")
            || "urn:ietf:params:oauth:grant-type:device_code".equals(grant)
            || "refresh_token".equals(grant);
    String id = request.getParameter("client_id");
    boolean bare =
        request.getHeader("Authorization") == null
            && request.getParameter("client_secret") == null
            && request.getParameter("client_assertion") == null;
    return device && bare && AuthorizationServer.DEVICE.equals(id)
        ? new OAuth2ClientAuthenticationToken(
            id, ClientAuthenticationMethod.NONE, null, Map.of("device", true))
        : null;
  }

  /// Accepts them by their name alone.
  static final class Provider implements AuthenticationProvider {
    @Override
    public @Nullable Authentication authenticate(Authentication asked) {
      OAuth2ClientAuthenticationToken client = (OAuth2ClientAuthenticationToken) asked;
      if (!client.getAdditionalParameters().containsKey("device")) {
        return null;
      }
      RegisteredClient device =
          Registration.CLIENTS.stream()
              .filter(each -> each.getClientId().equals(client.getPrincipal()))
              .findFirst()
              .orElseThrow(
                  () -> new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT));
      return new OAuth2ClientAuthenticationToken(device, ClientAuthenticationMethod.NONE, null);
    }

    @Override
    public boolean supports(Class<?> authentication) {
      return OAuth2ClientAuthenticationToken.class.isAssignableFrom(authentication);
    }
  }
}

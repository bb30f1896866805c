package dev.gatewarden.gateway.session;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an identity provider publishes of itself (OpenID Connect Discovery 1.0, section 3; RFC
/// 8414,
/// section 2).
///
/// @param pushed where authorization requests can be pushed to (RFC 9126), or null
/// @param ending where browsers are sent to sign out, or null
/// @param revocation where tokens are given back (RFC 7009), or null
/// @param namesItself whether its answers carry `iss` (RFC 9207)
/// @param secretInForm whether it wants a client's secret in the form
record ProviderMetadata(
    URI authorization,
    URI token,
    @Nullable URI pushed,
    @Nullable URI ending,
    @Nullable URI revocation,
    boolean namesItself,
    boolean secretInForm) {

  /// Reads a document.
  ///
  /// @throws IOException when it describes another issuer, or lacks or misplaces an endpoint
  static ProviderMetadata read(Map<String, Object> document, String issuer) throws IOException {
    if (!issuer.equals(document.get("issuer"))) {
      throw new IOException("the metadata describe another issuer");
    }
    URI authorization = endpoint(document, "authorization_endpoint", issuer);
    URI token = endpoint(document, "token_endpoint", issuer);
    if (authorization == null || token == null) {
      throw new IOException("the metadata name no endpoint for logins");
    }
    if (document.get("code_challenge_methods_supported") instanceof List<?> methods
        && !methods.contains("S256")) {
      throw new IOException("the provider takes no code challenge by S256");
    }
    List<?> ways =
        document.get("token_endpoint_auth_methods_supported") instanceof List<?> list
            ? list
            : List.of("client_secret_basic");
    return new ProviderMetadata(
        authorization,
        token,
        endpoint(document, "pushed_authorization_request_endpoint", issuer),
        endpoint(document, "end_session_endpoint", issuer),
        endpoint(document, "revocation_endpoint", issuer),
        Boolean.TRUE.equals(document.get("authorization_response_iss_parameter_supported")),
        !ways.contains("client_secret_basic") && ways.contains("client_secret_post"));
  }

  /// An address beyond this machine; http where the issuer itself is reached so, on loopback.
  private static @Nullable URI endpoint(Map<String, Object> document, String name, String issuer)
      throws IOException {
    if (!(document.get(name) instanceof String text)) {
      return null;
    }
    try {
      URI address = URI.create(text);
      boolean plain = "http".equals(address.getScheme()) && issuer.startsWith("http:");
      if (address.getHost() != null
          && address.getRawUserInfo() == null
          && address.getRawFragment() == null
          && (plain || "https".equals(address.getScheme()))) {
        return address;
      }
    } catch (IllegalArgumentException noAddress) {
      throw new IOException("`" + name + "` is no address", noAddress);
    }
    throw new IOException("`" + name + "` leads where nobody may go");
  }
}

package dev.gatewarden.gateway.identity.client;

import dev.gatewarden.core.identity.Secret;
import dev.gatewarden.gateway.identity.Base64Url;
import dev.gatewarden.gateway.identity.JsonWriter;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/// How the gate proves to an authorization server which of its clients it is.
public sealed interface ClientCredential {

  /// The client's name at the server.
  String id();

  /// A secret in the `Authorization` line (RFC 6749, section 2.3.1).
  record Basic(String id, Secret secret) implements ClientCredential {}

  /// A secret in the form (RFC 6749, section 2.3.1).
  record Post(String id, Secret secret) implements ClientCredential {}

  /// An assertion signed with a key of the client's own (RFC 7523, section 2.2).
  ///
  /// @param audience whom the assertions are for: the issuer
  record SignedAssertion(String id, ClientKey key, String audience) implements ClientCredential {}

  /// Its name alone: a client that cannot keep a secret.
  record Open(String id) implements ClientCredential {}

  /// Adds the proof to a request.
  ///
  /// @param form what is sent, to which parameters are added
  /// @param seconds now, in seconds since 1970
  /// @param nonce what no other assertion has
  default void prove(
      HttpRequest.Builder request, Map<String, String> form, long seconds, byte[] nonce) {
    switch (this) {
      case Basic(String id, Secret secret) ->
          request.header(
              "authorization",
              "Basic "
                  + Base64.getEncoder()
                      .encodeToString(
                          (encoded(id) + ":" + encoded(text(secret)))
                              .getBytes(StandardCharsets.UTF_8)));
      case Post(String id, Secret secret) -> {
        form.put("client_id", id);
        form.put("client_secret", text(secret));
      }
      case SignedAssertion(String id, ClientKey key, String audience) -> {
        form.put("client_id", id);
        form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        form.put("client_assertion", assertion(id, key, audience, seconds, nonce));
      }
      case Open(String id) -> form.put("client_id", id);
    }
  }

  private static String assertion(
      String id, ClientKey key, String audience, long seconds, byte[] nonce) {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("alg", key.algorithm());
    header.put("typ", "JWT");
    if (!key.kid().isEmpty()) {
      header.put("kid", key.kid());
    }
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", id);
    claims.put("sub", id);
    claims.put("aud", audience);
    claims.put("jti", Base64Url.encode(nonce));
    claims.put("iat", seconds);
    claims.put("exp", seconds + 60);
    String input = part(header) + "." + part(claims);
    return input + "." + Base64Url.encode(key.sign(input.getBytes(StandardCharsets.US_ASCII)));
  }

  private static String part(Map<String, Object> members) {
    return Base64Url.encode(JsonWriter.write(members).getBytes(StandardCharsets.UTF_8));
  }

  private static String text(Secret secret) {
    return new String(secret.revealed(), StandardCharsets.UTF_8);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}

package dev.gatewarden.core.probe;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How people get tokens: they log in, a client asks for a code and redeems it (RFC 6749, section
/// 4.1).
///
/// @param authorize the path of the authorization endpoint, below the API's base
/// @param token the path of the token endpoint
/// @param revoke the path of the revocation endpoint (RFC 7009), or null where there is none
/// @param clients public ones, the registered redirect address by the client's id; the tester's
///     own
public record OAuth(
    String authorize, String token, @Nullable String revoke, Map<String, String> clients) {
  public OAuth {
    clients = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(clients));
  }
}

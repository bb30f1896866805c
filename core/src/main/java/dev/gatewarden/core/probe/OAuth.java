package dev.gatewarden.core.probe;

import java.security.PrivateKey;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How people get tokens: they log in, a client asks for a code and redeems it (RFC 6749, section
/// 4.1).
///
/// @param authorize the authorization endpoint
/// @param token the token endpoint
/// @param revoke the revocation endpoint (RFC 7009), or null where there is none
/// @param clients the tester's own, by their ids
public record OAuth(
    Endpoint authorize, Endpoint token, @Nullable Endpoint revoke, Map<String, Client> clients) {

  /// Where something of the authorization server stands.
  ///
  /// @param path below the API's base, or empty where it stands elsewhere
  /// @param address the same in full
  public record Endpoint(String path, String address) {}

  /// A client that is registered there.
  ///
  /// @param redirectUri its registered redirect address
  public record Client(String redirectUri, Authentication authentication) {
    public boolean isPublic() {
      return authentication instanceof Authentication.None;
    }
  }

  /// How a client proves who it is at the token endpoint (OpenID Connect Core, section 9).
  public sealed interface Authentication {
    /// By nothing: a public client.
    record None() implements Authentication {}

    /// `client_secret_basic`.
    record Basic(String secret) implements Authentication {
      @Override
      public String toString() {
        return "client_secret_basic";
      }
    }

    /// `client_secret_post`.
    record Post(String secret) implements Authentication {
      @Override
      public String toString() {
        return "client_secret_post";
      }
    }

    /// `private_key_jwt` (RFC 7523).
    ///
    /// @param id of the key, as the server knows it; or null
    record Key(PrivateKey key, @Nullable String id) implements Authentication {
      @Override
      public String toString() {
        return "private_key_jwt";
      }
    }
  }

  public OAuth {
    clients = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(clients));
  }
}
